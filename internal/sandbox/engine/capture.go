package engine

import (
	"bytes"
	"maps"
	"net/http"
	"strconv"
)

// capture keeps an answer back, to be held, dropped or replayed.
type capture struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func newCapture() *capture { return &capture{header: http.Header{}} }

func (c *capture) Header() http.Header { return c.header }

func (c *capture) WriteHeader(status int) {
	if c.status == 0 {
		c.status = status
	}
}

func (c *capture) Write(b []byte) (int, error) {
	c.WriteHeader(http.StatusOK)
	return c.body.Write(b)
}

// cut sends the first half of a captured answer, under the length of the whole.
func (c *capture) cut(w http.ResponseWriter) {
	maps.Copy(w.Header(), c.header)
	w.Header().Set("Content-Length", strconv.Itoa(c.body.Len()))
	w.WriteHeader(max(c.status, http.StatusOK))
	_, _ = w.Write(c.body.Bytes()[:c.body.Len()/2]) // a client that left is no concern of the sandbox
	_ = http.NewResponseController(w).Flush()       // what was not sent by now, the break would take along
}

// replay sends a captured answer.
func (c *capture) replay(w http.ResponseWriter) {
	maps.Copy(w.Header(), c.header)
	if c.status == 0 {
		c.status = http.StatusOK
	}
	w.WriteHeader(c.status)
	_, _ = w.Write(c.body.Bytes()) // a client that left is no concern of the sandbox
}
