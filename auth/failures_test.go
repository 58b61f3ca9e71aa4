package auth_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"heygen-mcp/auth"
)

// TestFailedCredentials holds that whoever shows invented credentials is refused unseen after a while, and that nobody
// else is: neither at other addresses, nor at the same one with a credential that was good before.
func TestFailedCredentials(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	for _, key := range []string{"sk_known", "sk_neighbor"} {
		w.upstream.set("X-Api-Key: "+key, true)
	}
	h := w.auth.Middleware(true, nil)(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	ask := func(address, key string) *httptest.ResponseRecorder {
		req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/mcp", nil)
		req.RemoteAddr = address + ":1"
		req.Header.Set("X-Api-Key", key)
		res := httptest.NewRecorder()
		h.ServeHTTP(res, req)
		return res
	}
	if got := ask("127.0.0.1", "sk_known").Code; got != http.StatusOK {
		t.Fatalf("status %d", got)
	}
	statuses := map[int]int{}
	flood := func() {
		for i := range 3000 { // fifty a second
			if i%50 == 0 {
				w.clock.Advance(time.Second)
			}
			res := ask("127.0.0.1", fmt.Sprint("sk_invented_", i))
			if statuses[res.Code]++; res.Code == http.StatusTooManyRequests && (res.Header().Get("Retry-After") != "1" || !strings.Contains(res.Body.String(), `"jsonrpc":"2.0"`)) {
				t.Fatalf("%v %s", res.Header(), res.Body)
			}
			if i%100 == 0 && (ask("127.0.0.1", "sk_known").Code != http.StatusOK || ask("127.0.0.2", "sk_neighbor").Code != http.StatusOK) {
				t.Fatalf("after %d a good key is refused", i)
			}
		}
	}
	flood()
	checks, _ := w.upstream.seen()
	if n := len(checks); statuses[http.StatusUnauthorized] > 60+2*60 || statuses[http.StatusUnauthorized]+statuses[http.StatusTooManyRequests] != 3000 || n > 60+2*60+8 {
		t.Errorf("answered %v, HeyGen was asked %d times", statuses, n)
	}
	// One bad key again and again is no other thing.
	for range 100 {
		statuses[ask("127.0.0.1", "sk_invented_0").Code]++
	}
	if got := ask("127.0.0.1", "sk_invented_0").Code; got != http.StatusTooManyRequests {
		t.Errorf("a key that is known as bad: %d", got)
	}
	w.clock.Advance(time.Minute)
	if got := ask("127.0.0.1", "sk_invented_0").Code; got != http.StatusUnauthorized {
		t.Errorf("a minute later: %d", got)
	}
}

// TestFailedOperatorTokens is the same where there is one token.
func TestFailedOperatorTokens(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(cfg *auth.Config) {
		*cfg = auth.Config{Mode: auth.Single, HeyGenURL: cfg.HeyGenURL, APIKey: "sk_operator", Token: "operator-token-of-some-length", Clock: cfg.Clock}
	})
	statuses := map[int]int{}
	h := w.auth.Middleware(true, nil)(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	ask := func(token string) int {
		req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/mcp", nil)
		req.Header.Set("Authorization", "Bearer "+token)
		res := httptest.NewRecorder()
		h.ServeHTTP(res, req)
		return res.Code
	}
	for i := range 100 {
		statuses[ask(fmt.Sprint("guess-", i))]++
	}
	if statuses[http.StatusUnauthorized] != 60 || statuses[http.StatusTooManyRequests] != 40 {
		t.Errorf("answered %v", statuses)
	}
}
