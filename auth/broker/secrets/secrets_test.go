package secrets_test

import (
	"strings"
	"testing"

	"heygen-mcp/auth/broker/secrets"
	"heygen-mcp/internal/seal"
)

// TestNew holds that secrets differ, begin as they should and have 256 bits.
func TestNew(t *testing.T) {
	t.Parallel()
	a, b := secrets.New(secrets.AccessPrefix), secrets.New(secrets.AccessPrefix)
	if a == b || !strings.HasPrefix(a, "hgm_at_") || len(a) != len("hgm_at_")+43 {
		t.Errorf("got %q and %q", a, b)
	}
}

// TestHash holds that the purpose and the secret both make the hash.
func TestHash(t *testing.T) {
	t.Parallel()
	h := secrets.Hash("a", secrets.TokenPurpose)
	if h != secrets.Hash("a", secrets.TokenPurpose) {
		t.Error("one secret has two hashes")
	}
	if h == secrets.Hash("b", secrets.TokenPurpose) || h == secrets.Hash("a", secrets.FlowPurpose) {
		t.Error("two secrets or purposes have one hash")
	}
}

// TestWrap holds that a key opens with its token and for its grant alone.
func TestWrap(t *testing.T) {
	t.Parallel()
	key := seal.NewKey()
	wrap, err := secrets.Wrap("token", key, "grant")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := secrets.Unwrap("token", wrap, "grant"); err != nil || got != key {
		t.Errorf("the key does not open: %v", err)
	}
	for what, c := range map[string]struct{ token, grant string }{"another token": {"other", "grant"}, "another grant": {"token", "other"}} {
		if _, err := secrets.Unwrap(c.token, wrap, c.grant); err == nil {
			t.Errorf("%s opens it", what)
		}
	}
	if _, err := secrets.OpenKey("token", secrets.SealPurpose, wrap, "grant"); err == nil {
		t.Error("another purpose opens it")
	}
	if _, err := secrets.Unwrap("token", wrap[:len(wrap)-1], "grant"); err == nil {
		t.Error("a part of it opens")
	}
}
