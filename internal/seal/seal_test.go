package seal_test

import (
	"bytes"
	"fmt"
	"testing"

	"heygen-mcp/internal/seal"
)

func derive(t *testing.T, secret, purpose string) seal.Key {
	t.Helper()
	k, err := seal.Derive(secret, purpose)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestOnlyTheKeyAndTheBelongingsOpen(t *testing.T) {
	t.Parallel()
	k := derive(t, "token", "wrap")
	sealed, err := k.Seal([]byte("a secret"), "grant", "1")
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(sealed, []byte("secret")) {
		t.Fatalf("it is not encrypted: %q", sealed)
	}
	if plain, err := k.Open(sealed, "grant", "1"); err != nil || string(plain) != "a secret" {
		t.Fatalf("opened %q, %v", plain, err)
	}
	if again, err := k.Seal([]byte("a secret"), "grant", "1"); err != nil || bytes.Equal(again, sealed) {
		t.Fatalf("two seals are equal, %v", err)
	}
	wrong := func(name string, k seal.Key, sealed []byte, belongs ...string) {
		if plain, err := k.Open(sealed, belongs...); err == nil {
			t.Errorf("%s opens it: %q", name, plain)
		}
	}
	wrong("another secret", derive(t, "token2", "wrap"), sealed, "grant", "1")
	wrong("another purpose", derive(t, "token", "lookup"), sealed, "grant", "1")
	wrong("the hash", seal.Key(seal.Hash("token", "wrap")), sealed, "grant", "1")
	wrong("another record", k, sealed, "grant", "2")
	wrong("parts cut elsewhere", k, sealed, "grant1", "")
	wrong("no belongings", k, sealed)
	wrong("an empty key", seal.Key{}, sealed, "grant", "1")
	for i := range sealed {
		changed := bytes.Clone(sealed)
		changed[i] ^= 1
		wrong(fmt.Sprintf("a change at %d", i), k, changed, "grant", "1")
	}
	for i := range sealed {
		wrong("a part", k, sealed[:i], "grant", "1")
	}
}

func TestABoxOpensForItsSecretAlone(t *testing.T) {
	t.Parallel()
	public, err := seal.PublicOf("device code")
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := seal.To(public, []byte("a secret"), "device")
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := seal.OpenWith("device code", sealed, "device"); err != nil || string(plain) != "a secret" {
		t.Fatalf("opened %q, %v", plain, err)
	}
	for i := range sealed {
		changed := bytes.Clone(sealed)
		changed[i] ^= 1
		// The highest bit of an X25519 key is ignored by everybody, but it is part of what the key is made of.
		if _, err := seal.OpenWith("device code", changed, "device"); err == nil {
			t.Errorf("a change at %d opens it", i)
		}
	}
	if _, err := seal.OpenWith("another", sealed, "device"); err == nil {
		t.Error("another secret opens it")
	}
	if _, err := seal.OpenWith("device code", sealed[:20], "device"); err == nil {
		t.Error("a part opens it")
	}
	if _, err := seal.OpenWith("device code", sealed, "other"); err == nil {
		t.Error("another record opens it")
	}
	if _, err := seal.To([]byte("short"), nil); err == nil {
		t.Error("a public key of five bytes is taken")
	}
	if _, err := seal.To(make([]byte, 32), nil); err == nil {
		t.Error("the public key whose secrets everybody knows is taken")
	}
}

func TestKeysAreNotPrinted(t *testing.T) {
	t.Parallel()
	k := seal.NewKey()
	raw := string(k[:])
	for _, verb := range []string{"%v", "%s", "%+v", "%#v", "%q"} {
		if s := fmt.Sprintf(verb, k); bytes.Contains([]byte(s), []byte(raw)) || len(s) > 8 {
			t.Errorf("%s prints %q", verb, s)
		}
	}
	if _, err := seal.Derive("", "wrap"); err == nil {
		t.Error("an empty secret gives a key")
	}
	if _, err := seal.Derive("token", ""); err == nil {
		t.Error("an empty purpose gives a key")
	}
	if seal.NewKey() == k {
		t.Error("two keys are equal")
	}
}
