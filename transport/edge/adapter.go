package edge

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"sync"

	"github.com/mark3labs/mcp-go/mcp"
)

// answerMode says what becomes of what mcp-go writes.
type answerMode int

const (
	undecided answerMode = iota // mcp-go has not begun to answer
	passed                      // it writes events, which are passed on as they come
	buffered                    // its answer is kept until it is whole, then rewritten and bounded
)

// adapter is the http.ResponseWriter that mcp-go answers to. It decides what becomes of the answer:
// events are passed on to the reply, and everything else is buffered, because mcp-go v1.2.1 writes
// plain texts, and repeats what a client sent at any length. The headers that mcp-go sets are its own
// until they are sent.
type adapter struct {
	reply      *replyStream
	id         json.RawMessage // of the request; nil for a notification
	firstEvent chan struct{}   // closed after the first whole event

	mu        sync.Mutex // taken before the reply's
	head      http.Header
	mode      answerMode
	status    int
	body      bytes.Buffer
	firstSent bool // firstEvent is closed
}

func newAdapter(reply *replyStream, id json.RawMessage) *adapter {
	return &adapter{reply: reply, id: id, firstEvent: make(chan struct{}), head: http.Header{}}
}

// Header is mcp-go's own set of headers.
func (a *adapter) Header() http.Header { return a.head }

// WriteHeader decides what becomes of mcp-go's answer.
func (a *adapter) WriteHeader(status int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.decide(status)
}

// decide is called with the first final status.
func (a *adapter) decide(status int) {
	if a.mode != undecided || status < http.StatusOK {
		return
	}
	a.status = status
	if strings.HasPrefix(a.head.Get("Content-Type"), eventStream) {
		a.mode = passed
		a.reply.begin(a.head)
		return
	}
	a.mode = buffered
	a.reply.stopKeepAlive()
}

// Write takes a part of mcp-go's answer.
func (a *adapter) Write(p []byte) (int, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.decide(http.StatusOK)
	if a.mode == buffered {
		return a.body.Write(p)
	}
	n, whole, err := a.reply.pass(p)
	if whole && !a.firstSent {
		a.firstSent = true
		close(a.firstEvent)
	}
	return n, err
}

// Flush sends what has been written so far.
func (a *adapter) Flush() {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.mode == passed {
		a.reply.flush()
	}
}

// endListen ends a listen stream with the result that mcp-go v1.2.1 gives when
// a stream ends by itself, and leaves out when its context does.
func (a *adapter) endListen() {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.mode == buffered {
		return
	}
	a.reply.event([]byte(`{"jsonrpc":"2.0","id":` + string(a.id) + `,"result":{"resultType":"complete","_meta":{"` +
		mcp.MetaKeySubscriptionID + `":` + string(a.id) + `}}}`))
}

// finish completes the answer after mcp-go has returned.
func (a *adapter) finish() {
	a.mu.Lock()
	defer a.mu.Unlock()
	state := a.reply.current()
	switch {
	case a.mode != buffered || state == ended:
		a.reply.close()
	case a.body.Len() == 0 && a.status < http.StatusBadRequest && state == waiting:
		a.reply.end(a.status, a.head) // of a notification that was accepted
	default:
		data := rewriteBuffered(a.id, a.status, a.body.Bytes())
		a.body = bytes.Buffer{} // what is kept until a slow client has read it is data alone
		a.reply.end(a.status, a.head, data)
	}
}
