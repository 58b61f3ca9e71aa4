package transport

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"
)

// connWriter writes one answer of HTTP/1.1 to a connection that is closed after it. It keeps nothing back, so that it has no
// buffer.
type connWriter struct {
	conn    net.Conn
	head    http.Header
	begun   bool
	chunked bool
	failed  bool
}

// Header implements http.ResponseWriter.
func (w *connWriter) Header() http.Header { return w.head }

// WriteHeader implements http.ResponseWriter.
func (w *connWriter) WriteHeader(status int) {
	if w.begun || status < http.StatusOK {
		return
	}
	w.begun = true
	w.head.Set("Connection", "close")
	w.head.Set("Date", time.Now().UTC().Format(http.TimeFormat))
	if w.head.Get("Content-Length") == "" {
		w.chunked = true
		w.head.Set("Transfer-Encoding", "chunked")
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "HTTP/1.1 %d %s\r\n", status, http.StatusText(status))
	_ = w.head.Write(&b) // to memory
	b.WriteString("\r\n")
	w.head = http.Header{}
	_, _ = w.write(b.Bytes()) // the next write fails too
}

// Write implements http.ResponseWriter.
func (w *connWriter) Write(p []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	if !w.chunked || len(p) == 0 {
		return w.write(p)
	}
	b := make([]byte, 0, len(p)+16)
	b = strconv.AppendInt(b, int64(len(p)), 16)
	b = append(append(append(b, "\r\n"...), p...), "\r\n"...)
	if _, err := w.write(b); err != nil {
		return 0, err
	}
	return len(p), nil
}

func (w *connWriter) write(p []byte) (int, error) {
	if w.failed {
		return 0, net.ErrClosed
	}
	n, err := w.conn.Write(p)
	if err != nil {
		w.failed = true
		return n, fmt.Errorf("answering: %w", err)
	}
	return n, nil
}

// Flush implements http.Flusher: nothing is kept back.
func (*connWriter) Flush() {}

// SetWriteDeadline is for http.ResponseController.
func (w *connWriter) SetWriteDeadline(at time.Time) error {
	return w.conn.SetWriteDeadline(at) //nolint:wrapcheck // as net/http's own
}

// end ends an answer that is whole, and lets the client know.
func (w *connWriter) end() {
	if !w.begun {
		return // nobody was there to be answered
	}
	if w.chunked {
		_, _ = w.write([]byte("0\r\n\r\n")) // one that cannot be written is missed by nobody
	}
	if half, ok := w.conn.(interface{ CloseWrite() error }); ok {
		_ = half.CloseWrite() // the whole is closed next
	}
}
