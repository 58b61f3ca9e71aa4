package edge

import (
	"bytes"
	"context"
	"net/http"

	"heygen-mcp/internal/exchange"
)

// DetachFunc takes the answer to a request off the goroutine that serves it and says whether it did: w stays good after the handler
// has returned, and work is called then, in which the answer is given. left is called when the client leaves.
// Nothing has been written to w yet.
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

// goesOn has a call that pauses go on apart from its request, where that can be.
func (c *running) goesOn(w http.ResponseWriter, r *http.Request, p *exchange.Pause) bool {
	if c.unbind == nil {
		return false
	}
	work := func() {
		defer c.end.over()
		defer c.close()
		for {
			out, ended := c.edge.hands.do(p.Resume)
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
