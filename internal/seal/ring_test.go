package seal_test

import (
	"encoding/hex"
	"strings"
	"testing"

	"heygen-mcp/internal/seal"
)

func ring(t *testing.T, keys ...seal.Key) *seal.Ring {
	t.Helper()
	r, err := seal.NewRing(keys...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestARingTurns(t *testing.T) {
	t.Parallel()
	first, second, third := seal.NewKey(), seal.NewKey(), seal.NewKey()
	sealed, err := ring(t, first).Seal([]byte("a job"), "caller")
	if err != nil {
		t.Fatal(err)
	}
	turned := ring(t, second, first)
	if plain, err := turned.Open(sealed, "caller"); err != nil || string(plain) != "a job" {
		t.Errorf("an old key of the ring opens %q, %v", plain, err)
	}
	if _, err := turned.Open(sealed, "another"); err == nil {
		t.Error("it opens for another caller")
	}
	fresh, err := turned.Seal([]byte("a job"), "caller")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ring(t, first).Open(fresh, "caller"); err == nil {
		t.Error("the old key sealed, not the new one in front")
	}
	if _, err := ring(t, third, second).Open(sealed, "caller"); err == nil {
		t.Error("a key that has left the ring opens")
	}
}

func TestRingsAreRead(t *testing.T) {
	t.Parallel()
	one, two := hex.EncodeToString([]byte(strings.Repeat("1", seal.Size))), hex.EncodeToString([]byte(strings.Repeat("2", seal.Size)))
	for _, text := range []string{one, one + "\n", one + "," + two, one + "\n" + two + "\n", " " + one + ", " + two} {
		if _, err := seal.ParseRing(text); err != nil {
			t.Errorf("%q: got %v, want no error", text, err)
		}
	}
	for _, text := range []string{"", "\n", one[2:], one + "00", "secret", one + ";" + two, strings.Repeat("0", 2*seal.Size)} {
		if _, err := seal.ParseRing(text); err == nil {
			t.Errorf("%q is read", text)
		} else if text == "secret" && strings.Contains(err.Error(), text) {
			t.Errorf("the error repeats a key: %v", err)
		}
	}
}

// An operator finds the wrong key by its number, which is counted from one.
func TestWrongKeysAreNamedByNumber(t *testing.T) {
	t.Parallel()
	good := hex.EncodeToString([]byte(strings.Repeat("1", seal.Size)))
	_, err := seal.ParseRing(good + "," + good[2:])
	if want := "seal: key 2 is not the hexadecimal of 32 bytes"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
