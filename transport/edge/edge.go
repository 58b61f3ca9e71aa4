// Package edge stands directly in front of mcp-go and does what a stateless
// endpoint needs and mcp-go v1.2.1 leaves out: it answers the methods and
// bodies that are no MCP, keeps callers apart, keeps silent responses alive and
// ends open listen streams when the server drains. The one method that matters
// most, tools/call, it answers itself.
//
// It does not know who is calling, which tools there are, or how the server is
// reached: those are the business of the packages around it.
package edge

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
)

// DefaultKeepAlive is how long a response may be silent before a comment is
// sent. The shortest body timers seen in front of clients are 15 s.
const DefaultKeepAlive = 10 * time.Second

// Config holds the settings of an Edge. Call is needed.
type Config struct {
	// Call runs a tool.
	Call CallFunc
	// Forbids gives the challenge for a caller who may not make a call, "" for one
	// who may; nil forbids nothing. It is asked before anything is answered, since
	// only a status sends a client to ask its person for more.
	Forbids func(ctx context.Context, name string, args json.RawMessage) (challenge string)
	// List gives the tools that a caller sees; nil leaves tools/list to mcp-go.
	List ListFunc
	// Server is who answers, which every modern result says.
	Server mcp.Implementation
	// Tasks tells of the tasks that calls became; nil leaves MCP's Tasks extension out.
	Tasks *Tasks
	// HeaderTools are the tools whose schemas put arguments into headers too, by name.
	HeaderTools map[string]mcp.Tool
	// KeepAlive is the silence after which a comment is sent; 0 means DefaultKeepAlive.
	KeepAlive time.Duration
	// MaxBody bounds, in bytes, the messages that carry what people wrote; 0 means DefaultMaxBody. All
	// others may have 16 KB.
	MaxBody int64
	// Hold takes what a request needs until it ends, or says why there is none; nil gives all of it.
	Hold func(ctx context.Context, n Need) *Busy
	// Detach takes the answer to a call of a tool that Waits names off its request while the call waits; nil leaves it there.
	Detach DetachFunc
	Waits  func(tool string) bool
	// Watch is told of every message when it comes and when it has been answered; nil is told nothing.
	Watch WatchFunc
	// IsTool says whether there is a tool of a name, whoever may call it. It is for Watch.
	IsTool func(name string) bool
}

// Edge is the http.Handler in front of mcp-go.
type Edge struct {
	cfg        Config
	next       http.Handler
	serverMeta []byte
	buffers    bufferPool
	serial     atomic.Uint64
	draining   chan struct{}
	hands      hands
	drainOnce  sync.Once
}

// New puts an Edge in front of next, which is mcp-go's handler.
func New(cfg Config, next http.Handler) (*Edge, error) {
	if next == nil {
		return nil, errors.New("edge: a handler to stand in front of is missing")
	}
	if cfg.KeepAlive < 0 {
		return nil, errors.New("edge: KeepAlive must not be negative")
	}
	if cfg.KeepAlive == 0 {
		cfg.KeepAlive = DefaultKeepAlive
	}
	if cfg.MaxBody < 0 {
		return nil, errors.New("edge: MaxBody must not be negative")
	}
	if cfg.MaxBody == 0 {
		cfg.MaxBody = DefaultMaxBody
	}
	if cfg.Call == nil {
		return nil, errors.New("edge: a function that calls tools is missing")
	}
	about, err := json.Marshal(withServer(&mcp.Meta{}, cfg.Server))
	if err != nil {
		return nil, fmt.Errorf("edge: describing the server: %w", err)
	}
	return &Edge{cfg: cfg, next: next, serverMeta: about, buffers: newBufferPool(), draining: make(chan struct{}), hands: newHands()}, nil
}

// Drain ends every open listen stream, and each later one as soon as it opens.
// Calls that are running go on.
func (e *Edge) Drain() { e.drainOnce.Do(func() { close(e.draining) }) }

// ServeHTTP answers one request.
func (e *Edge) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		notAllowed(w, r) // a HEAD, which Methods lets by
		return
	}
	body, ok := e.read(w, r)
	switch {
	case !ok:
	case isBatch(body):
		e.batch(w, r, body)
	default:
		e.handle(w, r, body)
	}
}

// handle answers one message.
func (e *Edge) handle(w http.ResponseWriter, r *http.Request, body []byte) {
	msg, bad := parse(body)
	if e.cfg.Watch != nil {
		var end func()
		r, end = e.watch(&msg, r)
		defer end()
	}
	e.dispatch(w, r, msg, bad, body)
}

// dispatch answers a message by its method. bad is what parse found wrong with it.
func (e *Edge) dispatch(w http.ResponseWriter, r *http.Request, msg message, bad *fault, body []byte) {
	if bad == nil {
		bad = e.overlongHeader(r.Header)
	}
	if bad == nil {
		bad = conflictingHeader(r.Header)
	}
	if bad != nil {
		e.refuse(w, http.StatusBadRequest, msg, bad)
		return
	}
	if limit := e.maxBody(msg.Method); int64(len(body)) > limit {
		msg.end.failed(mcp.INVALID_REQUEST)
		tooLarge(w, msg.ID, limit)
		return
	}
	if bad = msg.halfPair; bad != nil {
		e.refuse(w, statusOf(msg.modern(r.Header), bad.code), msg, bad)
		return
	}
	msg.detach(body)
	if msg.Method == methodCall && msg.request() {
		e.call(w, r, msg)
		return
	}
	if bad = overlong(msg.Method, body); bad != nil {
		e.refuse(w, statusOf(msg.modern(r.Header), bad.code), msg, bad)
		return
	}
	// There is one page, so a cursor is none of ours; mcp-go says so.
	if msg.Method == methodList && msg.request() && e.cfg.List != nil && (len(msg.Params.Cursor) == 0 || isNull(msg.Params.Cursor)) {
		e.list(w, r, msg)
		return
	}
	if e.cfg.Tasks != nil && msg.ofTasks() && msg.request() && msg.modern(r.Header) {
		e.task(w, r, msg)
		return
	}
	if msg.Method == methodCancelled {
		// mcp-go v1.2.1 finds the request to cancel by its id alone where there
		// are no sessions, and ids such as 1 are everyone's: passed on, this
		// would end a stranger's. A caller cancels by closing its response.
		w.WriteHeader(http.StatusAccepted)
		return
	}
	if body, bad = textual(msg.Method, body); bad != nil {
		e.refuse(w, statusOf(msg.modern(r.Header), bad.code), msg, bad)
		return
	}
	e.serve(w, r, msg, body)
}

// serve passes a checked message on to mcp-go.
func (e *Edge) serve(w http.ResponseWriter, r *http.Request, msg message, body []byte) {
	if lossyID(msg.ID) {
		e.refuse(w, http.StatusBadRequest, msg, &fault{code: mcp.INVALID_REQUEST, text: "the id is too large a number to be kept: send a smaller one or a string"})
		return
	}
	streams := acceptsEvents(r.Header)
	listen := msg.Method == methodListen && msg.request()
	if listen && !streams {
		msg.end.failed(mcp.INVALID_REQUEST)
		WriteError(w, http.StatusNotAcceptable, msg.ID, mcp.INVALID_REQUEST,
			"subscriptions/listen answers with a stream: send Accept: application/json, text/event-stream")
		return
	}
	if listen {
		if busy := e.hold(r.Context(), Stream); busy != nil {
			msg.end.fail(codeBusy)
			WriteBusy(w, msg.ID, busy)
			return
		}
	}
	x, bad := msg.exchange(msg.modern(r.Header))
	if bad != nil {
		x = &exchange.Exchange{Modern: true} // mcp-go says what is missing
	} else if listen && e.cfg.Tasks != nil && msg.listensToTasks() && !x.TakesTasks() {
		e.refuse(w, http.StatusBadRequest, msg, needsTasks())
		return
	}
	x.Notify = func(string, any) {}
	ctx, cancel := context.WithCancel(exchange.With(r.Context(), x))
	defer cancel()
	if listen {
		defer e.endOnDrain(ctx, cancel)()
	}
	every := e.cfg.KeepAlive
	if !streams || !msg.request() {
		every = 0
	}
	reply := newReplyStream(w, every, cancel)
	defer reply.close() // after a panic nothing half done may be finished
	out := newAdapter(reply, msg.ID)
	var seen http.ResponseWriter = out
	if !streams {
		// mcp-go v1.2.1 does not look at Accept; without a Flush method it answers with one JSON body.
		seen = struct{ http.ResponseWriter }{out}
	}
	if listen {
		ctx = context.WithValue(ctx, firstEventKey{}, out.firstEvent)
	}
	e.next.ServeHTTP(seen, e.inner(ctx, r, body))
	if listen && ctx.Err() != nil && r.Context().Err() == nil {
		out.endListen()
	}
	msg.end.failed(x.Failure())
	if refusal := x.Refusal(); refusal != nil && r.Context().Err() == nil {
		// mcp-go v1.2.1 gives every error of a handler the code -32603 and the words of the Go error.
		reply.answer(statusOf(x.Modern, refusal.Code), faultBody(msg.ID, &fault{refusal.Code, refusal.Message, refusal.Data}))
	}
	out.finish()
	if out.status >= http.StatusBadRequest {
		msg.end.failed(mcp.INVALID_REQUEST) // where nothing better is known
	}
}

type firstEventKey struct{}

// Acknowledged waits until the first event of a listen stream is sent, which is
// its acknowledgement, or until the stream has ended.
//
// mcp-go v1.2.1 drops the last notification of a handler that returns right
// after sending it: its forwarder has taken the notification from the channel
// but finds the request already marked done. A listen stream for nothing that
// there is ends so.
func Acknowledged(ctx context.Context) {
	firstEvent, ok := ctx.Value(firstEventKey{}).(chan struct{})
	if !ok {
		return
	}
	// The forwarder only waits for its turn; whatever else could hold it up must not hold the request.
	const longest = 5 * time.Second
	timer := time.NewTimer(longest)
	defer timer.Stop()
	select {
	case <-firstEvent:
	case <-ctx.Done():
	case <-timer.C:
	}
}

// inner is the request as mcp-go sees it. The client's session id is replaced
// by one that no other request has: what mcp-go v1.2.1 files under the session,
// as it does log levels, whether there is one or not, belongs to this request
// alone. It never leaves the process.
func (e *Edge) inner(ctx context.Context, r *http.Request, body []byte) *http.Request {
	in := r.WithContext(ctx)
	in.Header = r.Header.Clone()
	in.Header.Set(mcp.HeaderSessionID, strconv.FormatUint(e.serial.Add(1), 10))
	in.Body = &once{bytes.NewReader(body)}
	in.ContentLength = int64(len(body))
	return in
}

// endOnDrain cancels a listen stream when the server drains; an open one would
// keep the server from ever ending. The returned function waits for the watcher.
func (e *Edge) endOnDrain(ctx context.Context, cancel context.CancelFunc) func() {
	done := make(chan struct{})
	go func() {
		defer close(done)
		select {
		case <-e.draining:
			cancel()
		case <-ctx.Done():
		}
	}()
	return func() {
		cancel()
		<-done
	}
}

// acceptsEvents says whether the client can read server-sent events.
func acceptsEvents(h http.Header) bool {
	for _, value := range h.Values("Accept") {
		if strings.Contains(strings.ToLower(value), eventStream) {
			return true
		}
	}
	return false
}
