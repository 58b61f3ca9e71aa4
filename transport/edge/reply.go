package edge

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
)

const eventStream = "text/event-stream"

// keepAliveEvent is a comment, which every reader of events skips.
const keepAliveEvent = ": keep-alive\n\n"

// replyState is how far a reply is.
type replyState int

const (
	waiting   replyState = iota // nothing is sent
	streaming                   // the head of a stream of events is sent
	ended                       // nothing more is sent
)

// replyStream is one response: JSON, or a stream of events from the first notification or keep-alive
// on. A timer sends keep-alives, so everything is under one lock.
type replyStream struct {
	out  http.ResponseWriter
	ctl  *http.ResponseController
	gone context.CancelFunc // called where the client no longer reads

	mu      sync.Mutex
	state   replyState
	partial bool          // an event is half written, which a keep-alive would break
	every   time.Duration // how long the reply may be silent; 0 lets it
	timer   *time.Timer   // nil where every was 0 from the beginning
}

// keepAlive is how long a reply may be silent; 0 lets it, where no events are read.
func (e *Edge) keepAlive(events bool) time.Duration {
	if !events {
		return 0
	}
	return e.cfg.KeepAlive
}

// openReply begins the reply to a request, which is kept alive where its sender reads events. The context ends when the
// sender leaves. end must be called when the request has been answered, also after a panic: nothing half done may be
// finished.
func (e *Edge) openReply(w http.ResponseWriter, r *http.Request) (ctx context.Context, out *replyStream, end func()) {
	ctx, leave := context.WithCancel(r.Context())
	out = newReplyStream(w, e.keepAlive(acceptsEvents(r.Header)), leave)
	return ctx, out, func() {
		out.close()
		leave()
	}
}

// newReplyStream begins to count the silence. every 0 sends no keep-alives: the client reads no
// events, or no answer is due.
func newReplyStream(out http.ResponseWriter, every time.Duration, gone context.CancelFunc) *replyStream {
	s := &replyStream{out: out, ctl: http.NewResponseController(out), gone: gone, every: every}
	if every > 0 {
		s.mu.Lock()
		s.timer = time.AfterFunc(every, s.sendKeepAlive)
		s.mu.Unlock()
	}
	return s
}

// current is how far the reply is.
func (s *replyStream) current() replyState {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state
}

// sendKeepAlive is called when the reply has been silent for as long as it may be.
func (s *replyStream) sendKeepAlive() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state == ended || s.every == 0 {
		return
	}
	s.startEvents(nil)
	if !s.partial {
		if _, err := s.send([]byte(keepAliveEvent)); err != nil {
			return
		}
		s.flushLocked()
	}
	s.resetTimer()
}

// whileSilent does something while nothing is sent, if nothing has been sent yet, and says whether it did.
func (s *replyStream) whileSilent(do func() bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state == waiting && do()
}

// stopKeepAlive is for an answer that is on its way and is no stream.
func (s *replyStream) stopKeepAlive() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.every = 0
	s.stopTimer()
}

// begin makes the reply a stream of events, with these headers where it was none before.
func (s *replyStream) begin(head http.Header) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state != ended {
		s.startEvents(head)
	}
}

// pass sends a part of a stream that somebody else writes, and says whether it ends an event.
func (s *replyStream) pass(p []byte) (n int, whole bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state != streaming {
		return 0, false, http.ErrHandlerTimeout
	}
	s.partial = !bytes.HasSuffix(p, []byte("\n\n"))
	s.resetTimer()
	n, err = s.send(p)
	return n, !s.partial, err
}

// flush sends what was passed on so far.
func (s *replyStream) flush() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state != ended {
		s.flushLocked()
	}
}

// notify sends a notification as an event. After the answer there is nothing more to say.
func (s *replyStream) notify(method string, params any) {
	type notification struct {
		JSONRPC string `json:"jsonrpc"`
		Method  string `json:"method"`
		Params  any    `json:"params"`
	}
	data, err := json.Marshal(notification{mcp.JSONRPC_VERSION, method, params})
	if err != nil {
		return // it could not be told to anyone
	}
	s.event(data)
}

// event sends one line of JSON as an event, which makes the reply a stream.
func (s *replyStream) event(data []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state == ended || s.partial {
		return
	}
	s.startEvents(nil)
	s.resetTimer()
	s.sendEvent(data)
}

// answer sends the one answer, as JSON or as the last event, and ends the reply. The parts are sent
// as one.
func (s *replyStream) answer(status int, parts ...[]byte) { s.end(status, nil, parts...) }

// end is answer with headers of its own, which a stream that has begun no longer takes. Without
// parts there is no body.
func (s *replyStream) end(status int, head http.Header, parts ...[]byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	before := s.state
	s.closeLocked()
	switch before {
	case ended:
		return
	case streaming:
		s.sendEvent(bytes.Join(parts, nil))
		return
	case waiting:
	}
	s.copyHead(head)
	if len(parts) > 0 {
		length := 0
		for _, part := range parts {
			length += len(part)
		}
		h := s.out.Header()
		h["Content-Type"] = []string{jsonType}
		h["Content-Length"] = []string{strconv.Itoa(length)}
	}
	s.out.WriteHeader(status)
	for _, part := range parts {
		_, _ = s.out.Write(part) //nolint:gosec // G705: JSON, which no browser renders; a write fails when the client has gone
	}
}

// close ends the reply; what is not sent stays unsent.
func (s *replyStream) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closeLocked()
}

// What follows is called with the lock held.

func (s *replyStream) closeLocked() {
	s.state = ended
	s.stopTimer()
}

// startEvents sends the head of a stream, once.
func (s *replyStream) startEvents(head http.Header) {
	if s.state == streaming {
		return
	}
	s.state = streaming
	s.copyHead(head)
	h := s.out.Header()
	h.Del("Content-Length")
	h.Set("Content-Type", eventStream)
	h.Set("Cache-Control", "no-cache")
	h.Set("X-Accel-Buffering", "no") // nginx would otherwise keep the events to itself; mcp-go v1.2.1 does not say so
	s.out.WriteHeader(http.StatusOK)
}

// copyHead hands headers to the client, save what mcp-go v1.2.1 says of the
// connection, which is net/http's.
func (s *replyStream) copyHead(head http.Header) {
	h := s.out.Header()
	maps.Copy(h, head)
	delete(h, "Connection")
}

// send writes to the stream; a client that has stopped reading ends the request.
func (s *replyStream) send(p []byte) (int, error) {
	n, err := s.out.Write(p) //nolint:gosec // G705: events of JSON, which no browser renders
	if err != nil {
		s.gone()
	}
	return n, err
}

func (s *replyStream) sendEvent(data []byte) {
	if _, err := s.send([]byte("event: message\ndata: " + string(data) + "\n\n")); err == nil {
		s.flushLocked()
	}
}

func (s *replyStream) flushLocked() {
	if err := s.ctl.Flush(); err != nil {
		s.gone()
	}
}

// resetTimer starts the count of silence anew.
func (s *replyStream) resetTimer() {
	if s.timer != nil && s.every > 0 {
		s.timer.Reset(s.every)
	}
}

func (s *replyStream) stopTimer() {
	if s.timer != nil {
		s.timer.Stop()
	}
}
