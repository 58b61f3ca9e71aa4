package broker_test

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"heygen-mcp/auth/broker/brokertest"
	"heygen-mcp/auth/store"
)

// fill gives a store connections of others, each with a pair of tokens, until it has n.
func fill(b *testing.B, d *brokertest.Deployment, client string, n int) {
	b.Helper()
	now := d.Clock.Now()
	token := func(kind store.Kind, grant string) store.Token {
		id := sha256.Sum256([]byte(string(kind) + grant))
		return store.Token{ID: id, Kind: kind, Grant: grant, Wrap: id[:], Created: now, Expires: now.AddDate(1, 0, 0)}
	}
	for i := range n {
		grant := fmt.Sprint("filled ", i)
		flow := sha256.Sum256([]byte(grant))
		code, refresh, access := token(store.Code, grant), token(store.Refresh, grant), token(store.Access, grant)
		refresh.Parent, access.Parent, access.Pair = code.ID, code.ID, refresh.ID
		err := d.Store.PutFlow(b.Context(), store.Flow{ID: flow, Expires: now.Add(time.Hour)})
		if err == nil {
			err = d.Store.Connect(b.Context(), flow, store.Grant{ID: grant, Client: client, Account: flow, Created: now, Sealed: flow[:], Details: []byte("{}")}, code, nil, now)
		}
		if err == nil {
			err = d.Store.Redeem(b.Context(), code.ID, []store.Token{refresh, access}, now)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAmong is the first check of a token and a refresh where there are ever more connections of others.
func BenchmarkAmong(b *testing.B) {
	for name, open := range brokertest.Stores(b) {
		for _, n := range []int{1, 100, 10_000} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				d := brokertest.Deploy(b, open(b))
				client := d.Public()
				fill(b, d, client, n-1)
				got := d.SignIn("mia")
				h := d.Auth.Middleware(true, nil)(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
				req := httptest.NewRequestWithContext(b.Context(), http.MethodPost, "/mcp", nil)
				for b.Loop() {
					d.Clock.Advance(10 * time.Second) // as often as a grant may
					got = d.Redeem(brokertest.Renewal(got))
					req.Header.Set("Authorization", "Bearer "+got.Access)
					rec := httptest.NewRecorder()
					if h.ServeHTTP(rec, req); rec.Code != http.StatusOK {
						b.Fatal(rec.Code)
					}
				}
			})
		}
	}
}
