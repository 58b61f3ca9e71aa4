package auth_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"

	"heygen-mcp/auth"
)

// TestHasKey holds what the rest of the program may know of a credential: whether it is an API key.
func TestHasKey(t *testing.T) {
	t.Parallel()
	if auth.HasKey(t.Context()) {
		t.Error("nobody: got a key, want none")
	}
	single := func(c *auth.Config) {
		c.Mode, c.APIKey, c.Token = auth.Single, "sk_operator", "let-me-in"
	}
	for name, c := range map[string]struct {
		change       func(*auth.Config)
		header, sent string
		good         string
		want         bool
	}{
		"a key in its header":   {nil, "X-Api-Key", "sk_mine", "X-Api-Key: sk_mine", true},
		"a key as a bearer":     {nil, "Authorization", "Bearer sk_mine", "X-Api-Key: sk_mine", true},
		"a token":               {nil, "Authorization", "Bearer an-access-token", "Authorization: Bearer an-access-token", false},
		"the operator's, by us": {single, "Authorization", "Bearer let-me-in", "", true},
	} {
		w := newWorld(t, c.change)
		w.upstream.set(c.good, true)
		h := w.auth.Middleware(
			false,
			nil,
		)(
			http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
				_, _ = io.WriteString(rw, strconv.FormatBool(auth.HasKey(r.Context())))
			}),
		)
		req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/mcp", nil)
		req.Header.Set(c.header, c.sent)
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, req)
		if got := rec.Body.String(); got != strconv.FormatBool(c.want) {
			t.Errorf("%s: got %s, want %v", name, got, c.want)
		}
	}
}
