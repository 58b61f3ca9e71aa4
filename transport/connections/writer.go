package connections

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"
)

// Writer writes one answer of HTTP/1.1 to a connection that is closed after it. It keeps nothing back, so that it has
// no buffer.
type Writer struct {
	Conn    net.Conn
	Head    http.Header
	begun   bool
	chunked bool
	failed  bool
}

// Header implements http.ResponseWriter.
func (w *Writer) Header() http.Header { return w.Head }

// WriteHeader implements http.ResponseWriter.
func (w *Writer) WriteHeader(status int) {
	if w.begun || status < http.StatusOK {
		return
	}
	w.begun = true
	w.Head.Set("Connection", "close")
	w.Head.Set("Date", time.Now().UTC().Format(http.TimeFormat))
	if w.Head.Get("Content-Length") == "" {
		w.chunked = true
		w.Head.Set("Transfer-Encoding", "chunked")
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "HTTP/1.1 %d %s\r\n", status, http.StatusText(status))
	_ = w.Head.Write(&b) // to memory
	b.WriteString("\r\n")
	w.Head = http.Header{}
	_, _ = w.write(b.Bytes()) // the next write fails too
}

// Write implements http.ResponseWriter.
func (w *Writer) Write(p []byte) (int, error) {
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

func (w *Writer) write(p []byte) (int, error) {
	if w.failed {
		return 0, net.ErrClosed
	}
	n, err := w.Conn.Write(p)
	if err != nil {
		w.failed = true
		return n, fmt.Errorf("answering: %w", err)
	}
	return n, nil
}

// Flush implements http.Flusher: nothing is kept back.
func (*Writer) Flush() {}

// SetWriteDeadline is for http.ResponseController.
func (w *Writer) SetWriteDeadline(at time.Time) error {
	return w.Conn.SetWriteDeadline(at) //nolint:wrapcheck // as net/http's own
}

// End ends an answer that is whole, and lets the client know.
func (w *Writer) End() {
	if !w.begun {
		return // nobody was there to be answered
	}
	if w.chunked {
		_, _ = w.write([]byte("0\r\n\r\n")) // one that cannot be written is missed by nobody
	}
	if half, ok := w.Conn.(interface{ CloseWrite() error }); ok {
		_ = half.CloseWrite() // the whole is closed next
	}
}
