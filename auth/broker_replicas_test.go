package auth_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"heygen-mcp/auth"
	"heygen-mcp/internal/rrproxy"
)

// shared is a store that a deployment opens twice, for two replicas behind a proxy that asks them in turn.
type shared struct{ auth.Store }

// behindProxy starts two replicas, and gives the proxy in front of them.
//
// What one replica ends the other refuses a moment later, when it has heard. How long that takes has tests of its own;
// here a request with a token waits until both have heard of all that was done before, so that every other test can say
// what must be the case rather than what will be.
func (d *deployment) behindProxy(change ...func(*auth.Config)) http.Handler {
	d.t.Helper()
	stores := []auth.Store{d.store, d.open()}
	d.replicas = len(stores)
	var servers []*url.URL
	for _, s := range stores {
		server := httptest.NewServer(d.start(s, change...))
		d.t.Cleanup(server.Close)
		u, err := url.Parse(server.URL)
		if err != nil {
			d.t.Fatal(err)
		}
		servers = append(servers, u)
	}
	over := &http.Transport{MaxIdleConnsPerHost: 600} // every test's callers at once
	d.t.Cleanup(over.CloseIdleConnections)
	proxy := rrproxy.New(over, nil, servers...)
	hears := newBarrier(d.t, stores)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/mcp") {
			if err := hears.wait(r); err != nil {
				d.t.Error(err)
			}
		}
		proxy.ServeHTTP(w, r)
	})
}

// barrier tells when all handles of a database have heard of what was changed until now. It ends a grant that is not
// there, of which everybody hears like of any other, and after those before it.
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

// wait waits for every handle's ear. The handle that does the change tells its watchers itself, too, and before the ear
// may have heard what others did earlier.
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

// deaf is the store of a replica that hears nothing of the others, and knows that.
type deaf struct{ auth.Store }

func (deaf) Hears() bool               { return false }
func (deaf) Watch(func(string)) func() { return func() {} }

// TestARevocationReachesWhoDoesNotHear holds that a replica whose listener is down asks the database again after five
// seconds. That its listener is down it notices within four; the store has tests of that.
func TestARevocationReachesWhoDoesNotHear(t *testing.T) {
	t.Parallel()
	d := deploy(t, func() auth.Store { return opened(t, "", "") })
	second := httptest.NewServer(d.start(deaf{d.store}))
	t.Cleanup(second.Close)
	got := d.signIn("mia")
	there := func() int {
		return d.send(d.client, http.MethodPost, second.URL+"/mcp", "", "Authorization", "Bearer "+got.access).status
	}
	if there() != 200 {
		t.Fatal("the token is not good there")
	}
	d.form("/oauth/revoke", url.Values{"client_id": {got.client}, "token": {got.access}})
	if there() != 200 {
		t.Fatal("it asks the database each time, so that nothing is tried here")
	}
	d.clock.advance(5 * time.Second)
	if there() != 401 {
		t.Error("a revoked token is good where nothing is heard")
	}
}
