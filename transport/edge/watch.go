package edge

import (
	"context"
	"net/http"
	"strconv"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/transport/edge/message"
)

// MethodListen is the method whose answer is a stream that stays open.
const MethodListen = message.MethodListen

// OtherMethod stands for every method that MCP does not have.
const OtherMethod = "_other"

// The codes of failures that are neither a tool's nor JSON-RPC's.
const (
	codeBusy      = "busy"
	codeForbidden = "insufficient_scope"
	codeCanceled  = "canceled" // the client left before it was answered
)

// Operation is a message as an operator may know it. Its texts are the protocol's and ours, but for what the client
// calls itself.
type Operation struct {
	// Method is the message's, or OtherMethod.
	Method string
	// Tool is the tool that is called, "" where none is or there is none of that name.
	Tool string
	// Version is the protocol version that the message states, "" where it states none that there is.
	Version string
	// Client and ClientVersion are what the client's program calls itself, as far as they are written as names and
	// versions are; "" where it says nothing.
	Client, ClientVersion string
	// TraceParent is the client's place in a trace (W3C Trace Context), "" for none. Nobody has checked it.
	TraceParent string
}

// WatchFunc is told of a message that has come. The context is the one in which it is answered, and end is called when
// it has been, with "" for a success and otherwise the error code of a tool or of JSON-RPC.
type WatchFunc = func(ctx context.Context, o Operation) (answering context.Context, end func(code string))

// ending is how a message was answered. A nil one notes nothing.
type ending struct {
	code string
	told func(code string)
	// on says that the message is answered after its request was served.
	on bool
}

// goOn says that over will be called later.
func (e *ending) goOn() {
	if e != nil {
		e.on = true
	}
}

// over tells how the message was answered.
func (e *ending) over() {
	if e != nil {
		e.told(e.code)
	}
}

// fail notes a code. The first one counts.
func (e *ending) fail(code string) {
	if e != nil && e.code == "" {
		e.code = code
	}
}

// failed notes a code of JSON-RPC; 0 is none.
func (e *ending) failed(code int) {
	if e != nil && code != 0 {
		e.fail(strconv.Itoa(code))
	}
}

// watch tells Watch of a message, and gives the request to answer and what ends it.
func (e *Edge) watch(m *incoming, r *http.Request) (*http.Request, func()) {
	ctx, end := e.cfg.Watch(r.Context(), e.operation(m, r.Header))
	if ctx != r.Context() {
		r = r.WithContext(ctx)
	}
	m.end = &ending{told: end}
	noted, method := m.end, m.Method
	return r, func() {
		switch {
		case noted.on:
			return
		case noted.code != "":
		case r.Context().Err() != nil && method != message.MethodListen:
			noted.code = codeCanceled
		case !message.KnownMethod(method):
			noted.failed(mcp.METHOD_NOT_FOUND)
		}
		noted.over()
	}
}

// operation is what may be known of a message.
func (e *Edge) operation(m *incoming, h http.Header) Operation {
	o := Operation{Method: OtherMethod, Version: m.Version(h), TraceParent: m.TraceParent(h)}
	o.Client, o.ClientVersion = m.Program(h)
	if message.KnownMethod(m.Method) {
		o.Method = m.Method
	}
	if m.Method == message.MethodCall && e.cfg.IsTool != nil && e.cfg.IsTool(m.Params.Name) {
		o.Tool = m.Params.Name
	}
	return o
}
