package app

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"heygen-mcp/auth"
	"heygen-mcp/heygen"
)

// TestFetchAccount holds whom HeyGen's answers make of a caller: a credential that may not read the account is known
// all the same, and one that HeyGen does not know is told apart from a HeyGen that does not answer.
func TestFetchAccount(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		status   int
		body     string
		want     auth.Account
		rejected bool
		failed   bool
	}{
		"all of it": {200, `{"data":{"username":"ana","email":"ana@example.com","wallet":{"remaining_balance":12.5,"currency":"usd"},
			"subscription":{"plan":"pro","credits":{"premium_credits":{"remaining":7}}}}}`,
			auth.Account{ID: "ana\x00ana@example.com", Name: "ana@example.com", Balance: "12.50 USD", Credits: "7", Plan: "pro"}, false, false},
		"a name alone":          {200, `{"data":{"username":"ana"}}`, auth.Account{ID: "ana\x00", Name: "ana"}, false, false},
		"nothing told of money": {200, `{"data":{"email":"e","wallet":{},"subscription":{"credits":{"premium_credits":{}}}}}`, auth.Account{ID: "\x00e", Name: "e"}, false, false},
		"nobody":                {200, `{"data":{}}`, auth.Account{}, false, false},
		"another form":          {200, `{"data":[]}`, auth.Account{}, false, false},
		"unknown":               {401, `{"error":{"code":"unauthorized","message":"no"}}`, auth.Account{}, true, true},
		"may not read":          {403, `{"error":{"code":"forbidden","message":"no"}}`, auth.Account{}, false, false},
		"has not paid":          {402, `{"error":{"code":"payment_required","message":"no"}}`, auth.Account{}, false, false},
		"is not there":          {404, `{"error":{"code":"not_found","message":"no"}}`, auth.Account{}, false, true},
	} {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/v3/users/me" {
				t.Errorf("%s: asked for %s", name, r.URL.Path)
			}
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(c.status)
			_, _ = w.Write([]byte(c.body))
		}))
		client, err := heygen.New(heygen.Config{BaseURL: srv.URL, HTTP: srv.Client()})
		if err != nil {
			t.Fatal(err)
		}
		got, err := fetchAccount(t.Context(), client)
		srv.Close()
		if got != c.want || (err != nil) != c.failed {
			t.Errorf("%s: got %+v, %v, want %+v", name, got, err, c.want)
		}
		if is := errors.Is(err, auth.RejectedError{}); is != c.rejected {
			t.Errorf("%s: rejected is %t, want %t: %v", name, is, c.rejected, err)
		}
	}
}
