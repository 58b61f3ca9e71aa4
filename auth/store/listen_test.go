package store_test

import (
	"context"
	"crypto/rand"
	"database/sql"
	"net"
	"net/url"
	"sync"
	"testing"
	"time"

	"heygen-mcp/auth/store"
	"heygen-mcp/internal/pgtest"
)

// reach is within what time a change reaches every replica, as docs/store.md says, whatever becomes of the listener.
const reach = 10 * time.Second

// listening opens a store and waits until it hears. It gives what its watcher is told.
func listening(t *testing.T, address string) (store.Store, chan string) {
	t.Helper()
	s := opened(t, address, "")
	told := make(chan string, 64)
	t.Cleanup(s.Watch(func(grant string) { told <- grant }))
	within(t, "it never heard", s.Hears)
	return s, told
}

// within waits for a condition.
func within(t *testing.T, otherwise string, is func() bool) {
	t.Helper()
	again := time.NewTicker(10 * time.Millisecond)
	defer again.Stop()
	end := time.After(reach)
	for !is() {
		select {
		case <-again.C:
		case <-end:
			t.Fatal(otherwise)
		}
	}
}

// hearsOf waits until a watcher is told of a grant, or of everything, which has the grant in it.
func hearsOf(t *testing.T, told chan string, grant string) (everything bool) {
	t.Helper()
	end := time.After(reach)
	for {
		select {
		case got := <-told:
			if got == grant || got == "" {
				return got == ""
			}
		case <-end:
			t.Fatalf("it never heard of %s", grant)
		}
	}
}

// TestAListenerThatIsKilled ends the connection on which a replica listens, as an administrator, a failover or a proxy
// does. What was changed meanwhile it does not know, so that it must forget everything, and then it hears again.
func TestAListenerThatIsKilled(t *testing.T) {
	t.Parallel()
	address := pgtest.Schema(t, postgresAddress(t))
	name := "test-" + rand.Text()
	one, _ := listening(t, address)
	_, told := listening(t, address+"&application_name="+name)
	for len(told) > 0 {
		<-told // that it began to hear
	}
	db, err := sql.Open("pgx", postgresAddress(t))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	var killed int
	err = db.QueryRowContext(t.Context(), `SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = $1`, name+" listener").Scan(&killed)
	if err != nil || killed != 1 {
		t.Fatalf("%d listeners were killed, %v", killed, err)
	}
	if err := one.EndGrant(t.Context(), "while it is deaf"); err != nil {
		t.Fatal(err)
	}
	if !hearsOf(t, told, "while it is deaf") {
		t.Error("it heard with nobody listening")
	}
	if err := one.EndGrant(t.Context(), "afterwards"); err != nil {
		t.Fatal(err)
	}
	if hearsOf(t, told, "afterwards") {
		t.Error("it missed what came after it listened again")
	}
}

// TestANetworkThatFallsSilent holds that a replica notices when nothing comes any more, though no connection has ended.
func TestANetworkThatFallsSilent(t *testing.T) {
	t.Parallel()
	direct := pgtest.Schema(t, postgresAddress(t))
	u, err := url.Parse(direct)
	if err != nil || u.Host == "" {
		t.Skip("the database's address is no URL, so nothing was put in front of it")
	}
	wire := newWire(t, u.Host)
	u.Host = wire.address
	s, _ := listening(t, u.String())
	wire.cut()
	within(t, "it believes that it hears", func() bool { return !s.Hears() })
	wire.mend()
	within(t, "it never heard again", s.Hears)
}

// wire passes bytes on between a program and its database, until it is cut: then it swallows them.
type wire struct {
	address string
	mu      sync.Mutex
	whole   chan struct{} // closed while it is not cut
}

func newWire(t *testing.T, to string) *wire {
	t.Helper()
	ln, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{address: ln.Addr().String(), whole: make(chan struct{})}
	close(w.whole)
	ctx, end := context.WithCancel(context.WithoutCancel(t.Context()))
	var all sync.WaitGroup
	t.Cleanup(func() {
		end()
		_ = ln.Close()
		all.Wait()
	})
	all.Go(func() {
		for {
			near, err := ln.Accept()
			if err != nil {
				return
			}
			far, err := new(net.Dialer).DialContext(ctx, "tcp", to)
			if err != nil {
				_ = near.Close()
				continue
			}
			stop := context.AfterFunc(ctx, func() { _, _ = near.Close(), far.Close() })
			for from, into := range map[net.Conn]net.Conn{near: far, far: near} {
				all.Go(func() {
					defer stop()
					w.pass(ctx, from, into)
				})
			}
		}
	})
	return w
}

// pass copies until an end closes.
func (w *wire) pass(ctx context.Context, from, into net.Conn) {
	defer func() { _, _ = from.Close(), into.Close() }()
	buf := make([]byte, 32<<10)
	for {
		n, err := from.Read(buf)
		w.mu.Lock()
		whole := w.whole
		w.mu.Unlock()
		select {
		case <-whole:
		case <-ctx.Done():
			return
		}
		if n > 0 {
			if _, err := into.Write(buf[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

func (w *wire) cut() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.whole = make(chan struct{})
}

func (w *wire) mend() {
	w.mu.Lock()
	defer w.mu.Unlock()
	close(w.whole)
}
