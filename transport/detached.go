package transport

import (
	"context"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"heygen-mcp/internal/panics"
	"heygen-mcp/transport/connections"
)

// lingers is how long a client may take to close a connection on which it has its answer.
const lingers = 500 * time.Millisecond

// detached is the rest of a request whose handlers have returned. net/http has let go of its connection: the goroutine
// with the stack of all that a request passes through, and its buffers, are some 40 KB for each, and a wait needs none
// of them.
type detached struct {
	server *Server
	about  *request
	out    *connections.Writer
	work   func()
	left   func()
	gone   atomic.Bool // the client has left
	later  []func()    // what the handlers have to do when it has ended
}

// detach takes the connection of a request and has its answer given by work when the handlers have returned, where that
// can be.
func (s *Server) detach(w http.ResponseWriter, r *http.Request, left, work func()) bool {
	about := aboutOf(r.Context())
	rec, ours := w.(*recorder)
	if !ours || rec.status != 0 || about.detached != nil || about.ticket == nil || r.ProtoMajor != 1 || r.ProtoMinor == 0 {
		return false
	}
	if !s.inflight.Rest(about.ticket) {
		return false
	}
	conn, _, err := rec.ctl.Hijack()
	if err != nil {
		return false // it is a wait in name, and a request in what it takes
	}
	out := &connections.Writer{Conn: conn, Head: w.Header()}
	rec.ResponseWriter, rec.ctl = out, http.NewResponseController(out)
	about.detached = &detached{server: s, about: about, out: out, work: work, left: left}
	s.detached.add(conn)
	return true
}

// atEnd does something when the request has ended: now, or if it goes on then.
func (r *request) atEnd(do func()) {
	if r.detached == nil {
		do()
		return
	}
	r.detached.later = append(r.detached.later, do)
}

// hasLeft says whether the client of a request that goes on has left.
func (r *request) hasLeft() bool { return r.detached != nil && r.detached.gone.Load() }

// begin goes on with the request, if it is to. All handlers have returned.
func (d *detached) begin() {
	if d == nil {
		return
	}
	read := make(chan struct{})
	go d.watch(read)
	go d.run(read)
}

// watch sees the client leave. What it may still send on this connection is not answered, as the answer says, and no
// more than a little of it is read.
func (d *detached) watch(read chan<- struct{}) {
	defer close(read)
	some := make([]byte, 1)
	for range 1 << 10 {
		if _, err := d.out.Conn.Read(some); err != nil {
			d.gone.Store(true)
			d.left()
			return
		}
	}
}

// run answers, and ends the request.
func (d *detached) run(read <-chan struct{}) {
	if p := panics.Catch(d.work); p != nil {
		d.panicked(p)
	} else {
		d.out.End()
	}
	for _, do := range d.later {
		do()
	}
	// A connection that is closed while the client still sends takes the answer with it.
	_ = d.out.Conn.SetReadDeadline(time.Now().Add(lingers)) // a failure shows as the end of the reading
	<-read
	_ = d.out.Conn.Close() // nobody reads from it any more
	d.server.detached.remove(d.out.Conn)
}

func (d *detached) panicked(p *panics.Panic) {
	line := d.server.cfg.Log.Error().Str("request_id", d.about.id).Str("panic", p.Text()).Bytes("stack", p.Stack)
	line.Msg("a wait panicked")
}

// detachedConns are the connections of what is detached. Its zero value has none.
type detachedConns struct {
	mu    sync.Mutex
	conns map[net.Conn]struct{}
	empty chan struct{} // closed when the last has gone; nil where nobody waits for that
}

func (a *detachedConns) add(conn net.Conn) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.conns == nil {
		a.conns = map[net.Conn]struct{}{}
	}
	a.conns[conn] = struct{}{}
}

func (a *detachedConns) remove(conn net.Conn) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.conns, conn)
	if a.empty != nil && len(a.conns) == 0 {
		close(a.empty)
		a.empty = nil
	}
}

// wait waits until all have ended, and cuts them off with ctx, whose error it then gives. No more may come.
func (a *detachedConns) wait(ctx context.Context) error {
	a.mu.Lock()
	empty := make(chan struct{})
	if len(a.conns) == 0 {
		close(empty)
	} else {
		a.empty = empty
	}
	a.mu.Unlock()
	select {
	case <-empty:
		return nil
	case <-ctx.Done():
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	for conn := range a.conns {
		_ = conn.Close() // its client may be anywhere
	}
	return ctx.Err()
}
