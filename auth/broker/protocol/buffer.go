package protocol

import (
	"bytes"
	"net/http"
)

// BufferedResponse is an answer that is looked at before it is sent.
type BufferedResponse struct {
	Status int
	Body   bytes.Buffer

	header http.Header
}

// Header implements http.ResponseWriter.
func (c *BufferedResponse) Header() http.Header { return c.header }

// WriteHeader implements http.ResponseWriter.
func (c *BufferedResponse) WriteHeader(status int) {
	if c.Status == 0 {
		c.Status = status
	}
}

// Write implements http.ResponseWriter.
func (c *BufferedResponse) Write(p []byte) (int, error) {
	c.WriteHeader(http.StatusOK)
	return c.Body.Write(p)
}

// Buffer runs a handler and keeps its answer.
func Buffer(h http.Handler, r *http.Request) *BufferedResponse {
	c := &BufferedResponse{header: http.Header{}}
	h.ServeHTTP(c, r)
	c.WriteHeader(http.StatusOK)
	return c
}
