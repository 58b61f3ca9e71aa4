package auth_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"heygen-mcp/auth"
)

// TestDirect sends each request twice: what is remembered must read as what was
// found out.
func TestDirect(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 8<<10)
	tests := []struct {
		name, path string
		headers    []string
		status     int
		challenge  string
		checks     int    // by HeyGen, for both requests together
		sent       string // to HeyGen
	}{
		{"none", "/mcp", nil, 401, oauthChallenge, 0, ""},
		{"none, headers only", "/mcp/key", nil, 401, "Bearer", 0, ""},
		{"token", "/mcp", []string{"Authorization", "Bearer good-token"}, 200, "", 1, "Authorization: Bearer good-token"},
		{"token, headers only", "/mcp/key", []string{"Authorization", "Bearer good-token"}, 200, "", 1, "Authorization: Bearer good-token"},
		{"scheme in small letters", "/mcp", []string{"Authorization", "bearer  good-token"}, 200, "", 1, "Authorization: Bearer good-token"},
		{"key", "/mcp", []string{"X-Api-Key", "sk_good"}, 200, "", 1, "X-Api-Key: sk_good"},
		{"key of another shape", "/mcp", []string{"X-Api-Key", "good"}, 200, "", 1, "X-Api-Key: good"},
		{"key as bearer", "/mcp", []string{"Authorization", "Bearer sk_good"}, 200, "", 1, "X-Api-Key: sk_good"},
		{"blank key beside a token", "/mcp", []string{"X-Api-Key", "", "Authorization", "Bearer good-token"}, 200, "", 1, "Authorization: Bearer good-token"},
		{"both", "/mcp", []string{"X-Api-Key", "sk_good", "Authorization", "Bearer good-token"}, 400, "", 0, ""},
		{"both alike", "/mcp/key", []string{"X-Api-Key", "sk_good", "Authorization", "Bearer sk_good"}, 200, "", 1, "X-Api-Key: sk_good"},
		{"two bearers", "/mcp", []string{"Authorization", "Bearer good-token", "Authorization", "Bearer other"}, 400, "", 0, ""},
		{"two keys", "/mcp", []string{"X-Api-Key", "sk_good", "X-Api-Key", "sk_other"}, 400, "", 0, ""},
		{"wrong token", "/mcp", []string{"Authorization", "Bearer bad-token"}, 401, invalidChallenge, 1, "Authorization: Bearer bad-token"},
		{"wrong key", "/mcp", []string{"X-Api-Key", "sk_bad"}, 401, invalidChallenge, 1, "X-Api-Key: sk_bad"},
		{"wrong key, headers only", "/mcp/key", []string{"X-Api-Key", "sk_bad"}, 401, "Bearer", 1, "X-Api-Key: sk_bad"},
		{"another scheme", "/mcp", []string{"Authorization", "Basic Z29vZA=="}, 401, oauthChallenge, 0, ""},
		{"nothing after the scheme", "/mcp", []string{"Authorization", "Bearer "}, 401, oauthChallenge, 0, ""},
		{"in the query", "/mcp?access_token=good-token", nil, 401, oauthChallenge, 0, ""},
		{"longest", "/mcp", []string{"Authorization", "Bearer " + long}, 401, invalidChallenge, 1, "Authorization: Bearer " + long},
		{"too long", "/mcp", []string{"Authorization", "Bearer " + long + "a"}, 401, malformed("The credential is longer than 8192 bytes, which no key is."), 0, ""},
		{"tab", "/mcp", []string{"Authorization", "Bearer good\ttoken"}, 401, malformed(blankWords), 0, ""},
		{"two words", "/mcp", []string{"Authorization", "Bearer good token"}, 401, malformed(blankWords), 0, ""},
		{"not ASCII", "/mcp", []string{"X-Api-Key", "sk_gööd"}, 401, malformed(strangeWords), 0, ""},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, nil)
			for _, good := range []string{"Authorization: Bearer good-token", "X-Api-Key: sk_good", "X-Api-Key: good"} {
				w.upstream.set(good, true)
			}
			for range 2 {
				res := w.post(t, c.status, c.path, c.headers...)
				if got := res.header.Get("WWW-Authenticate"); got != c.challenge {
					t.Errorf("WWW-Authenticate is %q, want %q", got, c.challenge)
				}
				if res.status == http.StatusOK {
					if len(res.body) != 64 {
						t.Errorf("caller is %q, want a hash", res.body)
					}
					continue
				}
				isRPCError(t, res)
				keepsSecrets(t, w, res, c.headers)
			}
			w.checked(t, c.checks)
			if checks, _ := w.upstream.seen(); c.checks > 0 && checks[0] != c.sent {
				t.Errorf("HeyGen was sent %q, want %q", checks[0], c.sent)
			}
		})
	}
}

// isRPCError holds that an error can be read by an MCP client and is kept by nobody.
func isRPCError(t *testing.T, res reply) {
	t.Helper()
	var body struct {
		Version string `json:"jsonrpc"`
		Error   struct {
			Code    int    `json:"code"`
			Message string `json:"message"`
		} `json:"error"`
	}
	if err := json.Unmarshal([]byte(res.body), &body); err != nil || body.Version != "2.0" || body.Error.Code >= 0 || body.Error.Message == "" {
		t.Errorf("body %q is not a JSON-RPC error (%v)", res.body, err)
	}
	if got := res.header.Get("Content-Type"); got != "application/json" {
		t.Errorf("Content-Type is %q", got)
	}
	if got := res.header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("Cache-Control is %q", got)
	}
}

// keepsSecrets holds that nothing that was presented comes out again.
func keepsSecrets(t *testing.T, w *world, res reply, headers []string) {
	t.Helper()
	for i := 1; i < len(headers); i += 2 {
		secret := strings.TrimSpace(strings.TrimPrefix(headers[i], "Bearer "))
		if len(secret) < 4 || secret == "Bearer" {
			continue
		}
		if strings.Contains(res.body, secret) || strings.Contains(strings.Join(res.header.Values("WWW-Authenticate"), " "), secret) {
			t.Errorf("the answer repeats the credential: %s", res.body)
		}
		if strings.Contains(w.log.String(), secret) {
			t.Errorf("the log has the credential: %s", w.log)
		}
	}
}

func TestHeyGenCannotTell(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.upstream.set("Authorization: Bearer good-token", true)
	w.upstream.setDown(true)
	bearer := []string{"Authorization", "Bearer good-token"}

	res := w.post(t, http.StatusServiceUnavailable, "/mcp", bearer...)
	isRPCError(t, res)
	keepsSecrets(t, w, res, bearer)
	if res.header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	if res.header.Get("WWW-Authenticate") != "" {
		t.Error("a challenge would send the client to sign in again for nothing")
	}
	if !strings.Contains(w.log.String(), "could not be checked") {
		t.Errorf("the log does not say why: %s", w.log)
	}

	w.upstream.setDown(false)
	w.post(t, http.StatusOK, "/mcp", bearer...) // not remembered
	w.checked(t, 2)
	w.upstream.setDown(true)
	w.post(t, http.StatusOK, "/mcp", bearer...) // remembered
	w.checked(t, 2)
}

// TestTwoCallers holds that nobody is taken for somebody else, however their
// requests meet.
func TestTwoCallers(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(cfg *auth.Config) { cfg.MaxRemembered = 1 })
	// The same characters as a key and as a token are two credentials.
	w.upstream.set("X-Api-Key: same", true)
	w.upstream.set("Authorization: Bearer same", true)
	callers := [][]string{{"X-Api-Key", "same"}, {"Authorization", "Bearer same"}}

	ids := make([]string, len(callers))
	for i, headers := range callers {
		ids[i] = w.post(t, http.StatusOK, "/mcp", headers...).body
	}
	if ids[0] == ids[1] || strings.Contains(ids[0]+ids[1], "same") {
		t.Fatalf("ids are %q", ids)
	}
	t.Run("at once", func(t *testing.T) {
		t.Parallel()
		for n := range 16 {
			t.Run("", func(t *testing.T) {
				t.Parallel()
				for range 10 {
					res := w.post(t, http.StatusOK, "/mcp?call", callers[n%2]...)
					if res.body != ids[n%2] {
						t.Errorf("caller %d is %q, want %q", n%2, res.body, ids[n%2])
					}
				}
			})
		}
	})
	t.Cleanup(func() {
		_, calls := w.upstream.seen()
		count := map[string]int{}
		for _, call := range calls {
			count[call]++
		}
		if count["X-Api-Key: same"] != 80 || count["Authorization: Bearer same"] != 80 {
			t.Errorf("HeyGen was called with %v", count)
		}
	})
}

// TestCallerIsTheAccount holds that a create that is repeated right across a token's renewal is the
// same caller's, and that nobody else's becomes so.
func TestCallerIsTheAccount(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.upstream.setOwner("Authorization: Bearer token-1", "ana")
	w.upstream.setOwner("Authorization: Bearer token-2", "ana")
	w.upstream.setOwner("X-Api-Key: sk_1", "ana")
	w.upstream.setOwner("X-Api-Key: sk_2", "ana")
	w.upstream.setOwner("Authorization: Bearer other", "bo")
	// HeyGen does not say whose these are, and one is called like an account.
	for _, unnamed := range []string{"ana", "bo", "none-1", "none-2"} {
		w.upstream.setOwner("Authorization: Bearer "+unnamed, "")
	}
	call := func(header, value string) string {
		first := w.post(t, http.StatusOK, "/mcp", header, value).body
		if again := w.post(t, http.StatusOK, "/mcp", header, value).body; again != first || len(first) != 64 {
			t.Errorf("%s is %q, then, from memory, %q", value, first, again)
		}
		return first
	}
	token, key := call("Authorization", "Bearer token-1"), call("X-Api-Key", "sk_1")
	if renewed := call("Authorization", "Bearer token-2"); renewed != token {
		t.Errorf("a renewed token is another caller: %s, %s", token, renewed)
	}
	if second := call("X-Api-Key", "sk_2"); second != key {
		t.Errorf("a second key is another caller: %s, %s", key, second)
	}
	ids := map[string]string{token: "token", key: "key"}
	for _, name := range []string{"other", "ana", "bo", "none-1", "none-2"} {
		id := call("Authorization", "Bearer "+name)
		if same, taken := ids[id]; taken {
			t.Errorf("%s is taken for %s", name, same)
		}
		ids[id] = name
	}
	w.checked(t, 9)
}
