package edge

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
)

// keepAliveEvent is the event that is none: every reader of events skips it.
const keepAliveEvent = ": keep-alive\n\n"

type kind int

const (
	nothing  kind = iota // mcp-go has not begun to answer
	events               // it streams events itself
	buffered             // its answer is kept until it is whole, then respelt, bounded or replaced
)

// writer is the response as mcp-go sees it, whose v1.2.1 is silent until it has
// an answer. A timer may turn a response that has not begun into a stream of
// events, so everything is under one lock, and the headers mcp-go sets are its
// own until they are sent.
type writer struct {
	mu         sync.Mutex
	out        http.ResponseWriter
	ctl        *http.ResponseController
	gone       context.CancelFunc
	id         json.RawMessage
	head       http.Header
	kind       kind
	upgraded   bool // the status and type of a stream are sent
	midEvent   bool // a comment here would break an event in two
	closed     bool
	firstEvent chan struct{} // closed after the first event of mcp-go's
	firstSent  bool          // firstEvent is closed
	status     int
	body       bytes.Buffer
	every      time.Duration
	timer      *time.Timer
}

// newWriter begins to count the silence; every 0 means that it may last.
func newWriter(out http.ResponseWriter, id json.RawMessage, every time.Duration, gone context.CancelFunc) *writer {
	w := &writer{
		out: out, ctl: http.NewResponseController(out), gone: gone,
		id: id, head: http.Header{}, every: every, firstEvent: make(chan struct{}),
	}
	if every > 0 {
		w.mu.Lock()
		w.timer = time.AfterFunc(every, w.sendKeepAlive)
		w.mu.Unlock()
	}
	return w
}

// Header is mcp-go's own set of headers.
func (w *writer) Header() http.Header { return w.head }

// WriteHeader decides what becomes of mcp-go's answer.
func (w *writer) WriteHeader(status int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.begin(status)
}

// Write takes a part of mcp-go's answer.
func (w *writer) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.begin(http.StatusOK)
	switch {
	case w.closed:
		return 0, http.ErrHandlerTimeout
	case w.kind == buffered:
		return w.body.Write(p)
	case w.kind == events:
		w.midEvent = !bytes.HasSuffix(p, []byte("\n\n"))
		w.resetTimer()
		n, err := w.send(p)
		if !w.midEvent && !w.firstSent {
			w.firstSent = true
			close(w.firstEvent)
		}
		return n, err
	}
	return 0, http.ErrHandlerTimeout
}

// Flush sends what has been written so far.
func (w *writer) Flush() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed || w.kind != events {
		return
	}
	w.flush()
}

func (w *writer) begin(status int) {
	if w.closed || w.kind != nothing || status < http.StatusOK {
		return
	}
	w.status = status
	typ := w.head.Get("Content-Type")
	if !strings.HasPrefix(typ, eventStream) {
		w.kind = buffered // it may be plain text, or repeat the client's words at length
		return
	}
	w.kind = events
	if !w.upgraded {
		w.copyHead()
	}
	w.upgrade()
}

// copyHead hands mcp-go's headers to the client, save what v1.2.1 says of the
// connection, which is net/http's.
func (w *writer) copyHead() {
	h := w.out.Header()
	maps.Copy(h, w.head)
	h.Del("Connection")
}

// upgrade begins a stream of events. It leaves mcp-go's headers alone, because
// mcp-go may be setting them while the timer is here.
func (w *writer) upgrade() {
	if w.upgraded {
		return
	}
	w.upgraded = true
	h := w.out.Header()
	h.Del("Content-Length")
	h.Set("Content-Type", eventStream)
	h.Set("Cache-Control", "no-cache")
	h.Set("X-Accel-Buffering", "no") // nginx would otherwise keep the events to itself; mcp-go v1.2.1 does not say so
	w.out.WriteHeader(http.StatusOK)
}

// sendKeepAlive is called when the response has been silent for as long as is allowed.
func (w *writer) sendKeepAlive() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed || w.kind == buffered {
		return
	}
	w.upgrade()
	if !w.midEvent {
		if _, err := w.send([]byte(keepAliveEvent)); err != nil {
			return
		}
		w.flush()
	}
	w.resetTimer()
}

// resetTimer starts the count of silence anew.
func (w *writer) resetTimer() {
	if w.timer != nil {
		w.timer.Reset(w.every)
	}
}

// send writes to the stream; a client that has stopped reading ends the request.
func (w *writer) send(p []byte) (int, error) {
	n, err := w.out.Write(p) //nolint:gosec // G705: events of JSON, which no browser renders
	if err != nil {
		w.gone()
	}
	return n, err
}

func (w *writer) flush() {
	if err := w.ctl.Flush(); err != nil {
		w.gone()
	}
}

func (w *writer) event(data []byte) {
	if _, err := w.send([]byte("event: message\ndata: " + string(data) + "\n\n")); err == nil {
		w.flush()
	}
}

// finish completes the answer after mcp-go has returned.
func (w *writer) finish() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return
	}
	w.close()
	if w.kind == buffered {
		w.rewriteBuffered()
	}
}

// closeListen ends a listen stream with the result that mcp-go v1.2.1 gives when
// a stream ends by itself, and leaves out when its context does.
func (w *writer) closeListen() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed || w.kind == buffered || w.midEvent {
		return
	}
	w.upgrade()
	w.event([]byte(`{"jsonrpc":"2.0","id":` + string(w.id) + `,"result":{"resultType":"complete","_meta":{"` +
		mcp.MetaKeySubscriptionID + `":` + string(w.id) + `}}}`))
}

// abandon lets go of the response; what is not sent stays unsent.
func (w *writer) abandon() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.close()
}

func (w *writer) close() {
	w.closed = true
	if w.timer != nil {
		w.timer.Stop()
	}
}
