package engine

import (
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// maxCalls bounds the record, so that a benchmark of an hour does not fill the
// memory with it; the oldest calls are forgotten first.
const maxCalls = 10000

// call is one request as a test may ask for it. Status 0 means that no answer
// was sent, or none yet.
type call struct {
	Method         string `json:"method"`
	Path           string `json:"path"`
	Account        string `json:"account"`
	IdempotencyKey string `json:"idempotency_key"`
	Status         int    `json:"status"`
	// Done says that the work was done: not refused, not answered from an
	// idempotency key. What became of the answer is another matter.
	Done bool `json:"done"`
}

type calls struct {
	mu   sync.Mutex
	list []*call
}

func (c *calls) begin(entry *call) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.list) >= maxCalls {
		c.list = slices.Delete(c.list, 0, maxCalls/10)
	}
	c.list = append(c.list, entry)
}

// set changes an entry that others may be reading.
func (c *calls) set(change func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	change()
}

func (c *calls) copied() []call {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := make([]call, 0, len(c.list))
	for _, entry := range c.list {
		out = append(out, *entry)
	}
	return out
}

func (c *calls) reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.list = nil
}

// record notes every request but those to the controls, and gives every
// answer its X-Request-Id.
func (e *Engine) record(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/_sandbox/") {
			next.ServeHTTP(w, r)
			return
		}
		v := &Request{entry: &call{
			Method:         r.Method,
			Path:           r.URL.Path,
			IdempotencyKey: r.Header.Get("Idempotency-Key"),
		}}
		e.calls.begin(v.entry)
		w.Header().Set("X-Request-Id", requestID())
		sw := &statusWriter{ResponseWriter: w}
		// Deferred, because a lost answer leaves by panicking.
		defer func() { e.calls.set(func() { v.entry.Status = sw.status }) }()
		next.ServeHTTP(sw, withRequest(r, v))
	})
}

// requestID makes an id that nothing depends on.
func requestID() string {
	b := make([]byte, 16)
	if _, err := rand.Read(b); err != nil {
		return "req_unknown"
	}
	return "req_" + hex.EncodeToString(b)
}

// statusWriter remembers the status that went out.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *statusWriter) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController find the connection.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
