package edge

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/internal/jsonrpc"
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
func (e *Edge) call(w http.ResponseWriter, r *http.Request, m message) {
	modern := m.modern(r.Header)
	bad := (*fault)(nil)
	if modern {
		bad = m.modernFault(r.Header)
	} else if bad = m.legacyFault(r.Header); bad != nil {
		// The one refusal of the older era that has always had this status.
		e.refuse(w, http.StatusBadRequest, m, bad)
		return
	}
	var x *exchange.Exchange
	if bad == nil {
		bad = m.shape()
	}
	if bad == nil {
		x, bad = m.exchange(r.Header)
	}
	if bad == nil && modern {
		bad = e.paramFault(m, r.Header)
	}
	if bad != nil {
		e.refuse(w, statusOf(modern, bad.code), m, bad)
		return
	}
	if e.cfg.Forbids != nil {
		if challenge := e.cfg.Forbids(r.Context(), m.Params.Name, m.Params.Arguments); challenge != "" {
			m.end.fail(codeForbidden)
			w.Header().Set("WWW-Authenticate", challenge)
			e.refuse(w, http.StatusForbidden, m, &fault{code: mcp.INVALID_REQUEST,
				text: "this sign-in does not allow " + clip(m.Params.Name) + "; connect again and allow what the tool needs"})
			return
		}
	}
	e.run(w, r, m, x)
}

// version2 refuses what is another version of JSON-RPC.
func (m message) version2() *fault {
	if m.JSONRPC != mcp.JSONRPC_VERSION {
		return &fault{code: mcp.INVALID_REQUEST, text: `the message must say "jsonrpc": "2.0"`}
	}
	return nil
}

// shape refuses what is no tools/call in either era.
func (m message) shape() *fault {
	if bad := m.version2(); bad != nil {
		return bad
	}
	if bad := m.overlongCall(); bad != nil {
		return bad
	}
	switch {
	case m.badParams:
		return &fault{code: mcp.INVALID_PARAMS, text: "the params are not those of a tools/call: name is a string, _meta an object"}
	case m.Params.Name == "":
		return &fault{code: mcp.INVALID_PARAMS, text: "params.name is missing"}
	case !isNull(m.Params.Meta.ProgressToken) && !scalarID(m.Params.Meta.ProgressToken):
		return &fault{code: mcp.INVALID_PARAMS, text: "params._meta.progressToken must be a string or a number of at most 256 bytes"}
	}
	return nil
}

// run calls the tool. Its response is JSON, or a stream from the first
// notification or keep-alive on.
func (e *Edge) run(w http.ResponseWriter, r *http.Request, m message, x *exchange.Exchange) {
	c := &running{edge: e, id: m.ID, name: m.Params.Name, end: m.end, x: x}
	ctx := c.begin(r)
	streams := acceptsEvents(r.Header)
	c.out = newReplyStream(w, e.keepAlive(streams), c.leave)
	out := c.out
	apart := false
	defer func() {
		if !apart {
			c.close() // after a panic nothing half done may be finished
		}
	}()

	x.Pauses = true
	x.Notify = func(string, any) {}
	var progress Progress
	if streams {
		x.Notify = out.notify
		if token := bytes.Clone(m.Params.Meta.ProgressToken); len(token) > 0 && !isNull(token) {
			progress = func(done, total float64, message string) {
				e.progress(out, token, done, total, message)
			}
		}
	}
	args := m.Params.Arguments
	m.Params.Arguments = nil // whoever has read them lets them go, however long the call takes
	if isNull(args) {
		args = nil
	}
	got, known := e.cfg.Call(exchange.With(ctx, x), m.Params.Name, args, progress)
	if got.Pause != nil {
		if apart = c.goesOn(w, r, got.Pause); apart {
			return
		}
		got = got.Pause.Finish()
	}
	c.finish(got, known)
}

// answer writes the one reply to a call.
func (c *running) answer(got exchange.Outcome, known bool) {
	e, x, out := c.edge, c.x, c.out
	bad := (*fault)(nil)
	switch res := got.Result; {
	case got.Refusal != nil:
		bad = &fault{got.Refusal.Code, got.Refusal.Message, got.Refusal.Data}
	case !known:
		bad = &fault{code: mcp.INVALID_PARAMS, text: "unknown tool: " + clip(c.name) + "; tools/list names those of this endpoint"}
	case res.ResultType == mcp.ResultTypeInputRequired && !x.Modern:
		bad = &fault{code: mcp.INVALID_REQUEST, text: "this call needs input, which can be asked for from protocol version " + mcp.ProtocolVersion20260728 + " on"}
	default:
		if missing := undeclared(res, x.Capabilities); len(missing) > 0 {
			bad = &fault{mcp.MISSING_REQUIRED_CLIENT_CAPABILITY, "this call needs a capability that the client did not declare",
				map[string]any{"requiredCapabilities": missing}}
		}
	}
	if bad == nil {
		b := e.buffers.get()
		defer e.buffers.put(b)
		if err := e.encodeResult(b, c.id, got.Result, x.Modern); err == nil {
			c.end.fail(got.Code)
			out.answer(http.StatusOK, b.Bytes())
			return
		}
		bad = &fault{code: mcp.INTERNAL_ERROR, text: "the result could not be written"}
	}
	c.end.failed(bad.code)
	out.answer(statusOf(x.Modern, bad.code), faultBody(c.id, bad))
}

// refuse answers before anything was run.
func (e *Edge) refuse(w http.ResponseWriter, status int, m message, bad *fault) {
	m.end.failed(bad.code)
	jsonrpc.WriteError(w, status, m.ID, jsonrpc.Error{Code: bad.code, Message: bad.text, Data: bad.data})
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
