package auth_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"heygen-mcp/auth"
	"heygen-mcp/auth/broker/brokertest"
)

// asked serves one request of the holder of a token, in the middleware of a deployment.
func asked(t *testing.T, d *brokertest.Deployment, token string, h http.HandlerFunc) *httptest.ResponseRecorder {
	t.Helper()
	req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/mcp", nil)
	req.Header.Set("Authorization", "Bearer "+token)
	rec := httptest.NewRecorder()
	d.Auth.Middleware(true, nil)(h).ServeHTTP(rec, req)
	return rec
}

// TestClientOf holds that the context names the client of a token, and none for a caller with a key
// of their own.
func TestClientOf(t *testing.T) {
	t.Parallel()
	d := brokertest.OnSQLite(t)
	got := d.SignIn("mia")
	for token, want := range map[string]string{got.Access: got.Client, "sk_sandbox_mia": ""} {
		rec := asked(t, d, token, func(_ http.ResponseWriter, r *http.Request) {
			if client := auth.ClientOf(r.Context()); client != want {
				t.Errorf("the client is %q, want %q", client, want)
			}
			grant, name := auth.Connection(r.Context())
			if (grant != "") != (want != "") || (name != "") != (want != "") {
				t.Errorf("the connection of %q is %q of %q", want, grant, name)
			}
		})
		if rec.Code != http.StatusOK {
			t.Errorf("got %d %s", rec.Code, rec.Body)
		}
	}
	if client := auth.ClientOf(t.Context()); client != "" {
		t.Errorf("without a caller the client is %q", client)
	}
}

// TestLacks holds that a token without a scope is answered with a challenge for it and for what it
// has, and that a key has all scopes.
func TestLacks(t *testing.T) {
	t.Parallel()
	d := brokertest.OnSQLite(t)
	reader := d.SignIn("mia", "scope", "heygen:read")
	asked(t, d, reader.Access, func(_ http.ResponseWriter, r *http.Request) {
		if challenge, lacks := d.Auth.Lacks(r.Context(), auth.ScopeRead); lacks {
			t.Errorf("it lacks what it has: %s", challenge)
		}
		challenge, lacks := d.Auth.Lacks(r.Context(), auth.ScopeDelete)
		for _, want := range []string{`scope="heygen:read heygen:delete"`, `error="insufficient_scope"`, "/.well-known/oauth-protected-resource/mcp"} {
			if !lacks || !strings.Contains(challenge, want) {
				t.Errorf("the challenge %q lacks %s", challenge, want)
			}
		}
	})
	asked(t, d, "sk_sandbox_mia", func(_ http.ResponseWriter, r *http.Request) {
		if challenge, lacks := d.Auth.Lacks(r.Context(), auth.ScopeDelete); lacks {
			t.Errorf("a key lacks a scope: %s", challenge)
		}
	})
}

// TestARefusedCallIsRepeated holds that a read which HeyGen refuses is made again with the renewed
// token, and that what could be done twice is not.
func TestARefusedCallIsRepeated(t *testing.T) {
	t.Parallel()
	const path = "/v3/users/me"
	d := brokertest.OnSQLite(t)
	got := d.SignInAtHeyGen()
	var refuse atomic.Bool
	d.HeyGen.Answers(func(w http.ResponseWriter, what string, _ func()) bool {
		if what != path || !refuse.Swap(false) {
			return false
		}
		w.WriteHeader(http.StatusUnauthorized)
		return true
	})
	for method, c := range map[string]struct{ calls, status int }{
		http.MethodGet: {2, http.StatusOK}, http.MethodPost: {1, http.StatusUnauthorized},
	} {
		refuse.Store(true)
		calls, renewals := d.HeyGen.Count(path), d.HeyGen.Count(brokertest.RenewalGrant)
		if res := d.MCP(got.Access, "?call="+method); res.Status != c.status {
			t.Errorf("%s: %d %s, want %d", method, res.Status, res.Body, c.status)
		}
		if n := d.HeyGen.Count(path) - calls; n != c.calls {
			t.Errorf("%s: HeyGen was called %d times, want %d", method, n, c.calls)
		}
		if n := d.HeyGen.Count(brokertest.RenewalGrant) - renewals; n != 1 {
			t.Errorf("%s: the token was renewed %d times, want once", method, n)
		}
	}
}

// TestReady holds that a deployment is ready as long as its store is there.
func TestReady(t *testing.T) {
	t.Parallel()
	d := brokertest.OnSQLite(t)
	if err := d.Auth.Ready(t.Context()); err != nil {
		t.Error(err)
	}
	if err := d.Store.Close(); err != nil {
		t.Fatal(err)
	}
	if err := d.Auth.Ready(t.Context()); err == nil {
		t.Error("ready without a store")
	}
}
