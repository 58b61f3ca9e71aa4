package broker_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"heygen-mcp/auth"
	"heygen-mcp/auth/broker/brokertest"
)

// benched is a deployment for a benchmark, on each kind of store.
func benched(b *testing.B, run func(b *testing.B, d *brokertest.Deployment)) {
	b.Helper()
	for name, open := range brokertest.Stores(b) {
		b.Run(name, func(b *testing.B) { run(b, brokertest.Deploy(b, open(b))) })
	}
}

// BenchmarkCheck is what a known token costs each request: no query, one hash, one look into
// memory.
func BenchmarkCheck(b *testing.B) {
	benched(b, func(b *testing.B, d *brokertest.Deployment) {
		b.Helper()
		token := d.SignIn("mia").Access
		h := d.Auth.Middleware(true, nil)(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
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
	benched(b, func(b *testing.B, d *brokertest.Deployment) {
		b.Helper()
		got := d.SignIn("mia")
		for b.Loop() {
			d.Clock.Advance(10 * time.Second) // as often as a grant may
			got = d.Redeem(brokertest.Renewal(got))
		}
	})
}

// BenchmarkIssue is a whole sign-in, from the authorization request to the tokens, with its pages.
func BenchmarkIssue(b *testing.B) {
	benched(b, func(b *testing.B, d *brokertest.Deployment) {
		b.Helper()
		client := d.Public()
		for b.Loop() {
			p := d.Person()
			d.Redeem(d.Redemption(client, d.CodeOf(p.WithKey(d.Ask(client), "mia"))))
			d.Clock.Advance(5e9) // so that the bounds on strangers are not what is measured
		}
	})
}
