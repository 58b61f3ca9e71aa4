package auth_test

import (
	"net/http"
	"testing"

	"heygen-mcp/auth"
)

func single(token string) func(*auth.Config) {
	return func(cfg *auth.Config) {
		cfg.Mode, cfg.APIKey, cfg.Token, cfg.Check = auth.Single, "sk_operator", token, nil
	}
}

func TestSingle(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, token string
		headers     []string
		status      int
	}{
		{"no token, nothing sent", "", nil, 200},
		{"no token, a stray one sent", "", []string{"Authorization", "Bearer whatever"}, 200},
		{"nothing sent", "s3cret", nil, 401},
		{"right", "s3cret", []string{"Authorization", "Bearer s3cret"}, 200},
		{"right, in the other header", "s3cret", []string{"X-Api-Key", "s3cret"}, 200},
		{"wrong", "s3cret", []string{"Authorization", "Bearer s3cre"}, 401},
		{"longer", "s3cret", []string{"Authorization", "Bearer s3cret1"}, 401},
		{"empty", "s3cret", []string{"Authorization", "Bearer "}, 401},
		{"the operator's key", "s3cret", []string{"X-Api-Key", "sk_operator"}, 401},
		{"both", "s3cret", []string{"X-Api-Key", "s3cret", "Authorization", "Bearer s3cret"}, 200},
		{"two", "s3cret", []string{"X-Api-Key", "s3cret", "Authorization", "Bearer other"}, 400},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, single(c.token))
			w.upstream.set("X-Api-Key: sk_operator", true)
			for _, path := range []string{"/mcp", "/mcp/key"} {
				res := w.post(t, c.status, path+"?call", c.headers...)
				if c.status == http.StatusOK {
					continue
				}
				isRPCError(t, res)
				keepsSecrets(t, w, res, c.headers)
				want := ""
				if c.status == http.StatusUnauthorized {
					want = "Bearer"
				}
				if got := res.header.Get("WWW-Authenticate"); got != want {
					t.Errorf("WWW-Authenticate is %q, want %q", got, want)
				}
			}
			_, calls := w.upstream.seen()
			if (len(calls) == 2) != (c.status == http.StatusOK) {
				t.Errorf("HeyGen saw %d calls", len(calls))
			}
			for _, call := range calls {
				if call != "X-Api-Key: sk_operator" {
					t.Errorf("HeyGen was sent %q", call)
				}
			}
			w.checked(t, 0)
		})
	}
}

func TestSingleHasNothingToSignInTo(t *testing.T) {
	t.Parallel()
	w := newWorld(t, single(""))
	if res := w.send(t, http.MethodGet, "/.well-known/oauth-protected-resource"); res.status != http.StatusNotFound {
		t.Errorf("status %d", res.status)
	}
}
