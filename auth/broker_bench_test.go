package auth_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"heygen-mcp/auth"
)

// benched is a deployment for a benchmark, on each kind of store.
func benched(b *testing.B, run func(b *testing.B, d *deployment)) {
	b.Helper()
	for name, open := range stores(b) {
		b.Run(name, func(b *testing.B) { run(b, deploy(b, open(b))) })
	}
}

// BenchmarkCheck is what a known token costs each request: no query, one hash, one look into memory.
func BenchmarkCheck(b *testing.B) {
	benched(b, func(b *testing.B, d *deployment) {
		b.Helper()
		token := d.signIn("mia").access
		h := d.auth.Middleware(true, nil)(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			if auth.Caller(r.Context()) == "" {
				b.Error("nobody")
			}
		}))
		req := httptest.NewRequestWithContext(b.Context(), http.MethodPost, "/mcp", nil)
		req.Header.Set("Authorization", "Bearer "+token)
		b.ReportAllocs()
		for b.Loop() {
			rec := httptest.NewRecorder()
			if h.ServeHTTP(rec, req); rec.Code != http.StatusOK {
				b.Fatal(rec.Code)
			}
		}
	})
}

// BenchmarkRefresh is one of a client's refreshes, over HTTP: two reads, a rotation, two tokens.
func BenchmarkRefresh(b *testing.B) {
	benched(b, func(b *testing.B, d *deployment) {
		b.Helper()
		got := d.signIn("mia")
		for b.Loop() {
			d.clock.advance(10 * time.Second) // as often as a grant may
			got = d.redeem(renewal(got))
		}
	})
}

// BenchmarkIssue is a whole sign-in, from the authorization request to the tokens, with its pages.
func BenchmarkIssue(b *testing.B) {
	benched(b, func(b *testing.B, d *deployment) {
		b.Helper()
		client := d.public()
		for b.Loop() {
			p := d.person()
			d.redeem(d.redemption(client, d.codeOf(p.withKey(d.ask(client), "mia"))))
			d.clock.advance(5e9) // so that the bounds on strangers are not what is measured
		}
	})
}
