package edge

import (
	"bytes"
	"context"
	"net/http"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/transport/edge/message"
)

// DetachFunc takes the answer to a request off the goroutine that serves it and says whether it did: w stays good after
// the handler has returned, and work is called then, in which the answer is given. left is called when the client
// leaves. Nothing has been written to w yet.
type DetachFunc = func(w http.ResponseWriter, r *http.Request, left, work func()) bool

// running is a call of a tool until it is answered.
type running struct {
	edge  *Edge
	id    []byte
	name  string
	x     *exchange.Exchange
	out   *replyStream
	end   *ending
	left  context.Context    //nolint:containedctx // it ends when the client leaves
	leave context.CancelFunc // of the call's own context
	// unbind ends that the call is canceled with its request; nil where that cannot end.
	unbind func() bool
}

// begin gives the context of the call. That of a tool that waits can go on without its request.
func (c *running) begin(r *http.Request) context.Context {
	if c.edge.cfg.Detach == nil || c.edge.cfg.Waits == nil || !c.edge.cfg.Waits(c.name) {
		ctx, leave := context.WithCancel(r.Context())
		c.left, c.leave = r.Context(), leave
		return ctx
	}
	ctx, leave := context.WithCancel(context.WithoutCancel(r.Context()))
	c.left, c.leave, c.unbind = ctx, leave, context.AfterFunc(r.Context(), leave)
	return ctx
}

// continueDetached lets a call that pauses go on without the goroutine of its request, and reports whether it can.
func (c *running) continueDetached(w http.ResponseWriter, r *http.Request, p *exchange.Pause) bool {
	if c.unbind == nil {
		return false
	}
	work := func() {
		defer c.end.over()
		defer c.close()
		for {
			out, ended := c.edge.workers.do(p.Resume)
			if ended {
				c.finish(out, true)
				return
			}
			p.Sleep()
		}
	}
	return c.out.whileSilent(func() bool {
		if !c.unbind() { // the client has left
			return false
		}
		c.id = bytes.Clone(c.id) // and nothing else of the body
		if !c.edge.cfg.Detach(w, r, c.leave, work) {
			c.unbind = context.AfterFunc(r.Context(), c.leave)
			return false
		}
		c.end.goOn()
		return true
	})
}

// finish answers.
func (c *running) finish(got exchange.Outcome, known bool) {
	switch {
	case c.left.Err() != nil:
		c.end.fail(codeCanceled) // there is nobody to answer
	case known && got.Refusal == nil && got.Task != nil:
		c.edge.writeTask(c.out, c.id, got.Task, true)
	default:
		c.answer(got, known)
	}
}

// close ends the reply, and the call's context.
func (c *running) close() {
	c.out.close()
	c.leave()
	if c.unbind != nil {
		c.unbind()
	}
}

// answer writes the one reply to a call.
func (c *running) answer(got exchange.Outcome, known bool) {
	e, x, out := c.edge, c.x, c.out
	bad := (*message.Fault)(nil)
	switch res := got.Result; {
	case got.Refusal != nil:
		bad = refused(got.Refusal)
	case !known:
		bad = &message.Fault{Code: mcp.INVALID_PARAMS, Text: "unknown tool: " + message.Clip(c.name) + "; tools/list names those of this endpoint"}
	case res.ResultType == mcp.ResultTypeInputRequired && !x.Modern:
		bad = &message.Fault{Code: mcp.INVALID_REQUEST, Text: "this call needs input, which can be asked for from protocol version " + mcp.ProtocolVersion20260728 + " on"}
	default:
		if missing := undeclared(res, x.Capabilities); len(missing) > 0 {
			bad = &message.Fault{Code: mcp.MISSING_REQUIRED_CLIENT_CAPABILITY, Text: "this call needs a capability that the " +
				"client did not declare",
				Data: map[string]any{"requiredCapabilities": missing}}
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
		bad = &message.Fault{Code: mcp.INTERNAL_ERROR, Text: "the result could not be written"}
	}
	c.end.failed(bad.Code)
	out.answer(statusOf(x.Modern, bad.Code), bad.Body(c.id))
}

// undeclared are the capabilities that a result's questions need and the client
// did not declare: asking all the same would hang it.
func undeclared(res *mcp.CallToolResult, has mcp.ClientCapabilities) map[string]any {
	missing := map[string]any{}
	for _, question := range res.InputRequests {
		switch question.Method {
		case mcp.MethodElicitationCreate:
			byURL := question.Elicitation != nil && question.Elicitation.Mode == mcp.ElicitationModeURL
			if byURL && (has.Elicitation == nil || has.Elicitation.URL == nil) {
				missing["elicitation"] = map[string]any{"url": map[string]any{}}
			} else if has.Elicitation == nil {
				missing["elicitation"] = map[string]any{}
			}
		case mcp.MethodSamplingCreateMessage:
			if has.Sampling == nil {
				missing["sampling"] = map[string]any{}
			}
		case mcp.MethodListRoots:
			if has.Roots == nil {
				missing["roots"] = map[string]any{}
			}
		}
	}
	return missing
}
