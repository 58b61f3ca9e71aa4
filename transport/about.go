package transport

import (
	"cmp"
	"context"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/rs/zerolog"

	"heygen-mcp/internal/tracecontext"
	"heygen-mcp/transport/edge"
	"heygen-mcp/transport/inflight"
)

// statusLeft is written to the log for a client that left before an answer.
const statusLeft = 499

type requestKey struct{}

// request is what the context says of the request that it belongs to.
type request struct {
	id     string
	ticket *inflight.Ticket // what it has in flight; nil where it is not counted
	slash  bool             // its path has a slash at its end
	caller string           // opaque; "" where it is not known
	remote string           // the address of the client; "" where it is not known
	// refused is the header that the request was refused for, host or origin, and its value.
	refused struct{ header, value string }
	// operation is the first message that the request brought, code how it ended, and messages how many there were.
	operation edge.Operation
	code      string
	messages  int
	traceID   string       // of the trace that begins here, "" for none
	upstream  atomic.Int64 // nanoseconds that calls to HeyGen have taken
	detached  *detached    // what goes on of it after it was served; nil for nothing
}

// aboutOf is what is known of the request of ctx. Outside of a request it is nothing, so nobody needs to ask whether
// there is one.
func aboutOf(ctx context.Context) *request {
	if about, ok := ctx.Value(requestKey{}).(*request); ok {
		return about
	}
	return &request{}
}

// RequestID is the id of the request that ctx belongs to, as the answer and the log line name it.
func RequestID(ctx context.Context) string { return aboutOf(ctx).id }

// Remote is the address of the client whose request ctx belongs to, "" where it is not known.
func Remote(ctx context.Context) string { return aboutOf(ctx).remote }

// SetTraceID has the line of ctx's request name a trace, where the client sent none that it could be part of.
func SetTraceID(ctx context.Context, id string) { aboutOf(ctx).traceID = id }

// AddUpstream adds to what the line of ctx's request says of the time that calls to HeyGen took. Calls that ran at once
// add up.
func AddUpstream(ctx context.Context, took time.Duration) { aboutOf(ctx).upstream.Add(int64(took)) }

// noteRefused has the line of ctx's request say the Host or the Origin that it is refused for.
func noteRefused(ctx context.Context, header, value string) {
	about := aboutOf(ctx)
	about.refused.header, about.refused.value = header, value
}

// tellRefused adds the header that the request was refused for, if it was for one.
func (r *request) tellRefused(line *zerolog.Event) {
	if r.refused.header != "" {
		line.Str("refused_"+r.refused.header, clipForLog(r.refused.value))
	}
}

// tellOperation adds what the request was about, if it was a message of MCP's.
func (r *request) tellOperation(line *zerolog.Event) {
	if r.messages == 0 {
		return
	}
	o := &r.operation
	line.Str("rpc", o.Method)
	for _, text := range [...]struct{ name, value string }{
		{"tool", o.Tool}, {"error_code", r.code}, {"protocol", o.Version}, {"client", o.Client}, {"client_version", o.ClientVersion},
		{"trace_id", cmp.Or(tracecontext.TraceID(o.TraceParent), r.traceID)},
	} {
		if text.value != "" {
			line.Str(text.name, text.value)
		}
	}
	if r.messages > 1 {
		line.Int("messages", r.messages)
	}
}

// outcome says in a word how a request ended: what a tool refused has an HTTP status of success.
func (r *request) outcome(status int) string {
	switch {
	case status == statusLeft:
		return "left"
	case status >= http.StatusInternalServerError:
		return "failed"
	case status >= http.StatusBadRequest || r.code != "":
		return "refused"
	}
	return "ok"
}
