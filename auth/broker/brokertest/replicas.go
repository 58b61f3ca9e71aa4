package brokertest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"heygen-mcp/auth"
	"heygen-mcp/internal/rrproxy"
)

// Shared is a store that a deployment opens twice, for two replicas behind a proxy that asks them
// in turn.
type Shared struct{ auth.Store }

// behindProxy starts two replicas, and gives the proxy in front of them.
//
// What one replica ends the other refuses a moment later, when it has heard. How long that takes
// has tests of its own; here a request with a token waits until both have heard of all that was
// done before, so that every other test can say what must be the case rather than what will be.
func (d *Deployment) behindProxy(change ...func(*auth.Config)) http.Handler {
	d.T.Helper()
	stores := []auth.Store{d.Store, d.Open()}
	d.Replicas = len(stores)
	var servers []*url.URL
	for _, s := range stores {
		server := httptest.NewServer(d.Start(s, change...))
		d.T.Cleanup(server.Close)
		u, err := url.Parse(server.URL)
		if err != nil {
			d.T.Fatal(err)
		}
		servers = append(servers, u)
	}
	over := &http.Transport{MaxIdleConnsPerHost: 600} // every test's callers at once
	d.T.Cleanup(over.CloseIdleConnections)
	proxy := rrproxy.New(over, nil, servers...)
	hears := newBarrier(d.T, stores)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/mcp") {
			if err := hears.wait(r); err != nil {
				d.T.Error(err)
			}
		}
		proxy.ServeHTTP(w, r)
	})
}

// barrier tells when all handles of a database have heard of what was changed until now. It ends a
// grant that is not there, of which everybody hears like of any other, and after those before it.
type barrier struct {
	stores []auth.Store
	mu     sync.Mutex
	next   int
	open   map[string]*wait
}

type wait struct {
	left int
	done chan struct{}
}

func newBarrier(t testing.TB, stores []auth.Store) *barrier {
	t.Helper()
	b := &barrier{stores: stores, open: map[string]*wait{}}
	for _, s := range stores {
		t.Cleanup(s.Watch(b.heard))
		for !s.Hears() { // it does so a moment after it was opened
			if err := s.Ping(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
	return b
}

func (b *barrier) heard(grant string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	w, ok := b.open[grant]
	if !ok {
		return
	}
	if w.left--; w.left == 0 {
		delete(b.open, grant)
		close(w.done)
	}
}

// wait waits for every handle's ear. The handle that does the change tells its watchers itself,
// too, and before the ear may have heard what others did earlier.
func (b *barrier) wait(r *http.Request) error {
	b.mu.Lock()
	b.next++
	name := fmt.Sprint("barrier ", b.next)
	w := &wait{left: len(b.stores) + 1, done: make(chan struct{})}
	b.open[name] = w
	b.mu.Unlock()
	if err := b.stores[0].EndGrant(r.Context(), name); err != nil {
		return err
	}
	select {
	case <-w.done:
		return nil
	case <-r.Context().Done():
		return fmt.Errorf("a replica never heard of %s: %w", name, r.Context().Err())
	}
}
