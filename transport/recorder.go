package transport

import (
	"context"
	"net/http"
	"time"
)

const (
	// writeTime bounds one write to a client. One that reads nothing for that long
	// has left, and holds a goroutine and a buffer.
	writeTime = 30 * time.Second
	// writeSize is what is written under one limit, so that a client that reads
	// slowly gets an answer of any length.
	writeSize = 64 << 10
	// limitAge is how old a limit may become before the next write has one of its own: an answer's head and its
	// body need not have two.
	limitAge = time.Second
)

// recorder remembers the status of a response, and bounds its writes.
type recorder struct {
	http.ResponseWriter
	ctl     *http.ResponseController
	status  int
	limited time.Time // when a write was last given its time
}

// WriteHeader remembers the first final status.
func (w *recorder) WriteHeader(status int) {
	if w.status == 0 && status >= http.StatusOK {
		w.status = status
	}
	w.limit()
	w.ResponseWriter.WriteHeader(status)
}

// Write counts as status 200 where none was given.
func (w *recorder) Write(p []byte) (n int, err error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	for len(p) > writeSize && err == nil {
		var some int
		w.limit()
		some, err = w.ResponseWriter.Write(p[:writeSize])
		n, p = n+some, p[some:]
	}
	if err == nil {
		var rest int
		w.limit()
		rest, err = w.ResponseWriter.Write(p)
		n += rest
	}
	return n, err
}

// limit gives the next write its time, or all but a second of it. What net/http keeps back and writes when the
// handler has ended has the last one's; then net/http lifts it.
func (w *recorder) limit() {
	now := time.Now()
	if now.Sub(w.limited) < limitAge {
		return
	}
	w.limited = now
	_ = w.ctl.SetWriteDeadline(now.Add(writeTime)) // not every writer has deadlines
}

// Unwrap lets http.ResponseController reach the connection.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *recorder) result(ctx context.Context) int {
	switch {
	case w.status != 0:
		return w.status
	case ctx.Err() != nil:
		return statusLeft
	}
	return http.StatusOK
}
