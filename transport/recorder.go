package transport

import (
	"net/http"
	"strings"
	"time"

	"heygen-mcp/internal/headers"
	"heygen-mcp/transport/connections"
)

const (
	// writeTime bounds one write to a client. One that reads nothing for that long
	// has left, and holds a goroutine and a buffer.
	writeTime = 30 * time.Second
	// writeSize is what is written under one limit, so that a client that reads
	// slowly gets an answer of any length.
	writeSize = 64 << 10
	// writeRate, in bytes a second, is how fast a client must read an answer as a whole, besides writeTime: the
	// answer is kept until it has. Each event of a stream is a whole.
	writeRate = 4 << 10
	// limitAge is how old a limit may become before the next write has one of its own: an answer's head and its
	// body need not have two.
	limitAge = time.Second
	// drainBody is how long the rest of a body that nobody reads may take: net/http reads on after a refusal.
	drainBody = 2 * time.Second
)

// recorder remembers the status of a response, and bounds its writes.
type recorder struct {
	http.ResponseWriter
	ctl     *http.ResponseController
	status  int
	events  bool      // the answer is a stream of events
	begun   time.Time // when the first byte of the answer, or of the event, was written
	sent    int       // bytes since then
	limited time.Time // when a write was last given its time
	bytes   int64     // of the whole answer
}

// WriteHeader remembers the first final status.
func (w *recorder) WriteHeader(status int) {
	if w.status == 0 && status >= http.StatusOK {
		w.status = status
		w.events = strings.HasPrefix(headers.First(w.Header(), "Content-Type"), "text/event-stream")
	}
	w.limit(0)
	w.ResponseWriter.WriteHeader(status)
}

// Write counts as status 200 where none was given.
func (w *recorder) Write(p []byte) (n int, err error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	if w.events {
		w.begun, w.sent = time.Time{}, 0
	}
	for len(p) > writeSize && err == nil {
		var some int
		w.limit(writeSize)
		some, err = w.ResponseWriter.Write(p[:writeSize])
		n, p = n+some, p[some:]
	}
	if err == nil {
		var rest int
		w.limit(len(p))
		rest, err = w.ResponseWriter.Write(p)
		n += rest
	}
	w.bytes += int64(n)
	return n, err
}

// limit gives the next write, of n bytes, its time, or all but a second of it. What net/http keeps back and writes
// when the handler has ended has the last one's; then net/http lifts it.
func (w *recorder) limit(n int) {
	now := time.Now()
	if w.begun.IsZero() {
		w.begun = now
	}
	w.sent += n
	if now.Sub(w.limited) < limitAge {
		return
	}
	w.limited = now
	end := now.Add(writeTime)
	if whole := w.begun.Add(writeTime + time.Duration(w.sent)*time.Second/writeRate); whole.Before(end) {
		end = whole
	}
	_ = w.ctl.SetWriteDeadline(end) // not every writer has deadlines
}

// unread bounds the reading of a body that its handler has not read, before net/http reads it.
func (w *recorder) unread(r *http.Request) {
	if r.ContentLength != 0 && (w.status >= http.StatusBadRequest || r.Method != http.MethodPost) {
		_ = w.ctl.SetReadDeadline(time.Now().Add(drainBody)) // not every writer has deadlines
		connections.Refused(r.Context())
	}
}

// Unwrap lets http.ResponseController reach the connection.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *recorder) result(left bool) int {
	switch {
	case w.status != 0:
		return w.status
	case left:
		return statusLeft
	}
	return http.StatusOK
}
