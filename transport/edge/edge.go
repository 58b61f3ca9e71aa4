// Package edge stands directly in front of mcp-go and does what a stateless
// endpoint needs and mcp-go v1.2.1 leaves out: it answers the methods and
// bodies that are no MCP, keeps callers apart, keeps silent responses alive and
// ends open listen streams when the server drains. The one method that matters
// most, tools/call, it answers itself.
//
// It does not know who is calling, which tools there are, or how the server is
// reached: those are the business of the packages around it.
//
// Reading order: message (one message, and what is wrong with it), edge.go (which message goes where),
// call.go (tools/call), mcpgo.go (what goes on to mcp-go), reply.go (the response stream).
package edge

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/transport/edge/message"
)

// DefaultKeepAlive is how long a response may be silent before a comment is
// sent. The shortest body timers seen in front of clients are 15 s; a wait tells
// of its progress every 10 s, and needs no comments beside that.
const DefaultKeepAlive = 12 * time.Second

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
	// HeaderTools gives the tools whose schemas put arguments into headers too, by name; nil is of none.
	HeaderTools func() map[string]mcp.Tool
	// KeepAlive is the silence after which a comment is sent; 0 means DefaultKeepAlive.
	KeepAlive time.Duration
	// MaxBody bounds, in bytes, the messages that carry what people wrote; 0 means DefaultMaxBody. All
	// others may have 16 KB.
	MaxBody int64
	// Hold takes what a request needs until it ends, or says why there is none; nil gives all of it.
	Hold func(ctx context.Context, n Need) *Busy
	// Detach takes the answer to a call of a tool that Waits names off its request while the call waits; nil leaves it
	// there.
	Detach DetachFunc
	Waits  func(tool string) bool
	// Watch is told of every message when it comes and when it has been answered; nil is told nothing.
	Watch WatchFunc
	// IsTool says whether there is a tool of a name, whoever may call it. It is for Watch.
	IsTool func(name string) bool
}

// incoming is a message that is being answered, and how it was.
type incoming struct {
	message.Message
	end *ending
}

// Edge is the http.Handler in front of mcp-go.
type Edge struct {
	cfg        Config
	next       http.Handler
	serverMeta []byte
	buffers    bufferPool
	serial     atomic.Uint64
	draining   chan struct{}
	workers    workerPool
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
	if cfg.HeaderTools == nil {
		cfg.HeaderTools = func() map[string]mcp.Tool { return nil }
	}
	about, err := json.Marshal(withServer(&mcp.Meta{}, cfg.Server))
	if err != nil {
		return nil, fmt.Errorf("edge: describing the server: %w", err)
	}
	return &Edge{cfg: cfg, next: next, serverMeta: about, buffers: newBufferPool(), draining: make(chan struct{}), workers: newWorkerPool()}, nil
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
	case message.IsBatch(body):
		e.batch(w, r, body)
	default:
		e.handle(w, r, body)
	}
}

// handle answers one message.
func (e *Edge) handle(w http.ResponseWriter, r *http.Request, body []byte) {
	parsed, bad := message.Parse(body)
	msg := incoming{Message: parsed}
	if e.cfg.Watch != nil {
		var end func()
		r, end = e.watch(&msg, r)
		defer end()
	}
	e.dispatch(w, r, msg, bad, body)
}

// dispatch answers a message by its method. bad is what message.Parse found wrong with it.
func (e *Edge) dispatch(w http.ResponseWriter, r *http.Request, msg incoming, bad *message.Fault, body []byte) {
	if bad == nil {
		bad = message.HeaderFault(r.Header, len(e.cfg.HeaderTools()) > 0)
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
	if bad = msg.HalfPair(); bad != nil {
		e.refuse(w, statusOf(msg.Modern(r.Header), bad.Code), msg, bad)
		return
	}
	msg.Detach(body)
	if msg.Method == message.MethodCall && msg.IsRequest() {
		e.call(w, r, msg)
		return
	}
	if bad = message.Overlong(msg.Method, body); bad != nil {
		e.refuse(w, statusOf(msg.Modern(r.Header), bad.Code), msg, bad)
		return
	}
	// There is one page, so a cursor is none of ours; mcp-go says so.
	if msg.Method == message.MethodList && msg.IsRequest() && e.cfg.List != nil && (len(msg.Params.Cursor) == 0 || message.IsNull(msg.Params.Cursor)) {
		e.list(w, r, msg)
		return
	}
	if e.cfg.Tasks != nil && msg.OfTasks() && msg.IsRequest() && msg.Modern(r.Header) {
		e.task(w, r, msg)
		return
	}
	if msg.Method == message.MethodCancelled {
		// mcp-go v1.2.1 finds the request to cancel by its id alone where there
		// are no sessions, and ids such as 1 are everyone's: passed on, this
		// would end a stranger's. A caller cancels by closing its response.
		w.WriteHeader(http.StatusAccepted)
		return
	}
	if body, bad = message.TextArguments(msg.Method, body); bad != nil {
		e.refuse(w, statusOf(msg.Modern(r.Header), bad.Code), msg, bad)
		return
	}
	e.serve(w, r, msg, body)
}
