package database

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

const (
	// probeAfter is the silence after which the listener asks whether its connection lives, and how long it waits for
	// the answer. Their sum bounds how long Hears can be wrong.
	probeAfter = 2 * time.Second
	// applicationName is how PostgreSQL's list of connections tells the listener from the others.
	applicationName = "application_name"
	// reconnectAfter is the wait before a connection that failed is made anew.
	reconnectAfter = time.Second
)

// pgListener listens for what other replicas change.
type pgListener struct {
	hears atomic.Bool
	end   context.CancelFunc
	done  chan struct{}
}

// listen starts a listener. It calls changed with each grant, and with "" each time it begins to hear: what was said
// before that, it has missed.
func listen(cfg *pgx.ConnConfig, channel string, changed func(grant string)) *pgListener {
	ctx, cancel := context.WithCancel(context.Background())
	e := &pgListener{end: cancel, done: make(chan struct{})}
	go func() {
		defer close(e.done)
		for ctx.Err() == nil {
			e.hear(ctx, cfg, channel, changed)
			t := time.NewTimer(reconnectAfter)
			select {
			case <-t.C:
			case <-ctx.Done():
				t.Stop()
			}
		}
	}()
	return e
}

// hear listens on one connection until it fails.
func (e *pgListener) hear(ctx context.Context, cfg *pgx.ConnConfig, channel string, changed func(string)) {
	dialing, cancel := context.WithTimeout(ctx, 2*probeAfter)
	defer cancel()
	cfg = cfg.Copy()
	cfg.RuntimeParams[applicationName] += " listener"
	conn, err := pgx.ConnectConfig(dialing, cfg)
	if err != nil {
		return
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }() // its end is not our concern
	if _, err := conn.Exec(dialing, "LISTEN "+pgx.Identifier{channel}.Sanitize()); err != nil {
		return
	}
	changed("") // before anybody relies on what is heard
	e.hears.Store(true)
	defer e.hears.Store(false)
	for {
		waiting, cancel := context.WithTimeout(ctx, probeAfter)
		n, err := conn.WaitForNotification(waiting)
		cancel()
		switch {
		case err == nil:
			changed(n.Payload)
		case ctx.Err() != nil || !pgconn.Timeout(err) || !alive(ctx, conn):
			return
		}
	}
}

// alive asks whether the other end is still there; a cable that was pulled says nothing by itself.
func alive(ctx context.Context, conn *pgx.Conn) bool {
	ctx, cancel := context.WithTimeout(ctx, probeAfter)
	defer cancel()
	return conn.Ping(ctx) == nil
}

// stop ends the listener and waits for it.
func (e *pgListener) stop() {
	e.end()
	<-e.done
}
