package edge

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/internal/jsonrpc"
	"heygen-mcp/transport/edge/message"
)

// Progress tells a client how far its call is.
type Progress = func(done, total float64, message string)

// CallFunc runs a tool and says whether there is one of that name for this
// caller. The RawStructuredContent of a result, if any, is one JSON value. progress is nil
// where the client did not ask for it. What goes wrong is a result too.
type CallFunc = func(ctx context.Context, name string, args json.RawMessage, progress Progress) (out exchange.Outcome, known bool)

// call answers a tools/call. It does not go through mcp-go, which decodes such a
// request five times and writes its result twice, and v1.2.1 of which loses the
// last progress, files the call under an id that others share, and shows Go
// errors to clients.
func (e *Edge) call(w http.ResponseWriter, r *http.Request, m incoming) {
	modern := m.Modern(r.Header)
	bad := (*message.Fault)(nil)
	if modern {
		bad = m.ModernFault(r.Header)
	} else if bad = m.LegacyFault(r.Header); bad != nil {
		// The one refusal of the older era that has always had this status.
		e.refuse(w, http.StatusBadRequest, m, bad)
		return
	}
	var x *exchange.Exchange
	if bad == nil {
		bad = m.CallFault()
	}
	if bad == nil {
		x, bad = m.Exchange(r.Header)
	}
	if bad == nil && modern {
		if tool, ok := e.cfg.HeaderTools()[m.Params.Name]; ok {
			bad = m.ParamFault(&tool, r.Header)
		}
	}
	if bad != nil {
		e.refuse(w, statusOf(modern, bad.Code), m, bad)
		return
	}
	if e.cfg.Forbids != nil {
		if challenge := e.cfg.Forbids(r.Context(), m.Params.Name, m.Params.Arguments); challenge != "" {
			m.end.fail(codeForbidden)
			w.Header().Set("WWW-Authenticate", challenge)
			e.refuse(w, http.StatusForbidden, m, &message.Fault{Code: mcp.INVALID_REQUEST,
				Text: "this sign-in does not allow " + message.Clip(m.Params.Name) + "; connect again and allow what the " +
					"tool needs"})
			return
		}
	}
	e.run(w, r, m, x)
}

// run calls the tool. Its response is JSON, or a stream from the first
// notification or keep-alive on.
func (e *Edge) run(w http.ResponseWriter, r *http.Request, m incoming, x *exchange.Exchange) {
	c := &running{edge: e, id: m.ID, name: m.Params.Name, end: m.end, x: x}
	ctx := c.begin(r)
	streams := acceptsEvents(r.Header)
	c.out = newReplyStream(w, e.keepAlive(streams), c.leave)
	out := c.out
	detached := false
	defer func() {
		if !detached {
			c.close() // after a panic nothing half done may be finished
		}
	}()

	x.Pauses = true
	x.Notify = func(string, any) {}
	var progress Progress
	if streams {
		x.Notify = out.notify
		if token := bytes.Clone(m.Params.Meta.ProgressToken); len(token) > 0 && !message.IsNull(token) {
			progress = func(done, total float64, text string) {
				e.progress(out, token, done, total, text)
			}
		}
	}
	args := m.Params.Arguments
	m.Params.Arguments = nil // whoever has read them lets them go, however long the call takes
	if message.IsNull(args) {
		args = nil
	}
	got, known := e.cfg.Call(exchange.With(ctx, x), m.Params.Name, args, progress)
	if got.Pause != nil {
		if detached = c.continueDetached(w, r, got.Pause); detached {
			return
		}
		got = got.Pause.Finish()
	}
	c.finish(got, known)
}

// refuse answers before anything was run.
func (e *Edge) refuse(w http.ResponseWriter, status int, m incoming, bad *message.Fault) {
	m.end.failed(bad.Code)
	jsonrpc.WriteError(w, status, m.ID, jsonrpc.Error{Code: bad.Code, Message: bad.Text, Data: bad.Data})
}

// statusOf is the HTTP status of a JSON-RPC error: the older era sent them all
// with 200, and the newer one says which have another.
func statusOf(modern bool, code int) int {
	if !modern {
		return http.StatusOK
	}
	switch code {
	case mcp.METHOD_NOT_FOUND:
		return http.StatusNotFound
	case mcp.HEADER_MISMATCH, mcp.MISSING_REQUIRED_CLIENT_CAPABILITY, mcp.UNSUPPORTED_PROTOCOL_VERSION,
		mcp.INVALID_REQUEST, mcp.INVALID_PARAMS, mcp.PARSE_ERROR:
		return http.StatusBadRequest
	}
	return http.StatusOK
}
