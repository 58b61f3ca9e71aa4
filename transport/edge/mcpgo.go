package edge

import (
	"bytes"
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/transport/edge/message"
)

// serve passes a checked message on to mcp-go.
func (e *Edge) serve(w http.ResponseWriter, r *http.Request, msg incoming, body []byte) {
	if message.LossyID(msg.ID) {
		e.refuse(w, http.StatusBadRequest, msg, &message.Fault{Code: mcp.INVALID_REQUEST, Text: "the id is too large a number to be kept: send a smaller one or a string"})
		return
	}
	streams := acceptsEvents(r.Header)
	listen := msg.Method == message.MethodListen && msg.IsRequest()
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
	x, bad := msg.Exchange(r.Header)
	if bad != nil {
		x = &exchange.Exchange{Modern: true} // mcp-go says what is missing
	} else if listen && e.cfg.Tasks != nil && msg.ListensToTasks() && !x.TakesTasks() {
		e.refuse(w, http.StatusBadRequest, msg, needsTasks())
		return
	}
	x.Notify = func(string, any) {}
	ctx, cancel := context.WithCancel(exchange.With(r.Context(), x))
	defer cancel()
	if listen {
		defer e.endOnDrain(ctx, cancel)()
	}
	if !x.Modern {
		msg.BeginSession(w)
	}
	reply := newReplyStream(w, e.keepAlive(streams && msg.IsRequest()), cancel)
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
		reply.answer(statusOf(x.Modern, refusal.Code), refused(refusal).Body(msg.ID))
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
	for _, value := range h["Accept"] {
		if strings.Contains(value, eventStream) || strings.Contains(strings.ToLower(value), eventStream) {
			return true
		}
	}
	return false
}
