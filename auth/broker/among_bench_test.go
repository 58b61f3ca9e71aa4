package broker_test

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"heygen-mcp/auth"
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

// among is a broker with so many connections, of which one is used.
type among struct {
	connections int
	refresh     func()
	took        []time.Duration
}

// newAmong makes one, whose others are old.
func newAmong(b *testing.B, records func() auth.Store, connections int) *among {
	b.Helper()
	d := brokertest.Deploy(b, records)
	fill(b, d, d.Public(), connections-1)
	got := d.SignIn("mia")
	h := d.Auth.Middleware(true, nil)(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	req := httptest.NewRequestWithContext(b.Context(), http.MethodPost, "/mcp", nil)
	return &among{connections: connections, refresh: func() {
		d.Clock.Advance(10 * time.Second) // as often as a grant may
		got = d.Redeem(brokertest.Renewal(got))
		req.Header.Set("Authorization", "Bearer "+got.Access)
		rec := httptest.NewRecorder()
		if h.ServeHTTP(rec, req); rec.Code != http.StatusOK {
			b.Fatal(rec.Code)
		}
	}}
}

// middle is the middle one of the times, in ms.
func (a *among) middle() float64 {
	slices.Sort(a.took)
	return a.took[len(a.took)/2].Seconds() * 1000
}

// BenchmarkAmong is the first check of a token and a refresh among ever more connections of others. They take turns, so
// that what else the machine does falls on all alike.
func BenchmarkAmong(b *testing.B) {
	for name, open := range brokertest.Stores(b) {
		b.Run(name, func(b *testing.B) {
			var all []*among
			for _, n := range []int{1, 100, 10_000} {
				all = append(all, newAmong(b, open(b), n))
			}
			for b.Loop() {
				for _, a := range all {
					begun := time.Now()
					a.refresh()
					a.took = append(a.took, time.Since(begun))
				}
			}
			for _, a := range all {
				b.ReportMetric(a.middle(), fmt.Sprintf("ms-among-%d", a.connections))
				b.ReportMetric(a.middle()/all[0].middle(), fmt.Sprintf("of-the-first-among-%d", a.connections))
			}
		})
	}
}
