package fastget

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"math"
	"net"
	"net/http"
	"os"
	"sync/atomic"
	"syscall"
	"time"
)

// head is what is sent for a request, beside its headers.
type head struct {
	host, requestURI string
	unzips           bool // an answer that is compressed is asked for
}

// conn is a connection. Only the request that has taken it uses it.
type conn struct {
	net.Conn
	of     *Transport
	key    target
	tls    *tls.ConnectionState
	in     *bufio.Reader
	out    *bufio.Writer
	left   int64 // how many bytes may still be read
	begun  bool  // something was read since the request was sent
	reused bool
	kept   time.Time // since when nobody uses it
	ready  func() bool
}

// errHeadTooLong is an answer that does not come to its body.
var errHeadTooLong = errors.New("the head of the answer is too long")

// newConn is a connection over c; plain is the one below TLS, or c itself.
func newConn(c, plain net.Conn, state *tls.ConnectionState, t *Transport, key target) *conn {
	made := &conn{Conn: c, of: t, key: key, tls: state, ready: idleCheck(plain)}
	made.in, made.out = bufio.NewReader(reader{made}), bufio.NewWriter(c)
	return made
}

// reader reads from a connection as far as it may.
type reader struct{ c *conn }

// Read implements io.Reader.
func (r reader) Read(p []byte) (int, error) {
	if r.c.left <= 0 {
		return 0, errHeadTooLong
	}
	n, err := r.c.Read(p)
	r.c.left -= int64(n)
	r.c.begun = r.c.begun || n > 0
	return n, err
}

// exchange sends a request and reads the head of its answer. again says that the connection, which was kept, had been
// closed before the server can have seen the request.
func (c *conn) exchange(req *http.Request, h head) (res *http.Response, again bool, err error) {
	ctx := req.Context()
	// What waits for the connection ends with the request.
	stop := context.AfterFunc(ctx, func() { _ = c.SetDeadline(time.Unix(1, 0)) })
	c.begun = false
	if err = c.send(req, h); err == nil {
		res, err = c.receive(req)
	}
	if err != nil {
		stop()
		_ = c.Close()
		if ctx.Err() != nil {
			return nil, false, context.Cause(ctx)
		}
		return nil, c.reused && !c.begun && gone(err), err
	}
	res.TLS = c.tls
	b := &body{Reader: res.Body, c: c, ctx: ctx, stop: stop, keeps: !res.Close}
	if res.Body == http.NoBody {
		b.end(true)
		return res, false, nil
	}
	res.Body = b
	if h.unzips {
		unzip(res, b)
	}
	return res, false, nil
}

// gone reports whether the other side had closed the connection.
func gone(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)
}

// send writes a request, whose parts were found to be what may be sent.
func (c *conn) send(req *http.Request, h head) error {
	for _, part := range [...]string{"GET ", h.requestURI, " HTTP/1.1\r\nHost: ", h.host, "\r\n"} {
		_, _ = c.out.WriteString(part) // an error of a bufio.Writer stays
	}
	if _, ok := req.Header["User-Agent"]; !ok {
		_, _ = c.out.WriteString("User-Agent: Go-http-client/1.1\r\n")
	}
	for name, values := range req.Header {
		for _, value := range values {
			if name == "User-Agent" && value == "" {
				continue // which is how net/http is told to send none
			}
			for _, part := range [...]string{name, ": ", value, "\r\n"} {
				_, _ = c.out.WriteString(part)
			}
		}
	}
	if h.unzips {
		_, _ = c.out.WriteString("Accept-Encoding: gzip\r\n")
	}
	_, _ = c.out.WriteString("\r\n")
	return c.out.Flush()
}

// receive reads the head of an answer. Others may come before it, which only tell that the server is at work.
func (c *conn) receive(req *http.Request) (*http.Response, error) {
	const usual = 10 << 20 // as net/http has it
	c.left = usual
	if most := c.of.base.MaxResponseHeaderBytes; most > 0 {
		c.left = most
	}
	for {
		res, err := http.ReadResponse(c.in, req)
		switch {
		case err != nil:
			return nil, err
		case res.StatusCode == http.StatusSwitchingProtocols: // unasked; what follows is no HTTP any more, and is not read
			res.Close = true
			return res, nil
		case res.StatusCode < http.StatusContinue, res.StatusCode >= http.StatusOK:
			c.left = math.MaxInt64
			return res, nil
		}
	}
}

// quiet reports whether a connection that waits may be used again: it is open, and nothing has come over it that was
// not read. TLS may have read more of it than it has given.
func (c *conn) quiet() bool {
	open := c.ready()
	if !open || c.tls == nil {
		return open
	}
	c.left = 1
	if c.SetReadDeadline(time.Unix(1, 0)) != nil {
		return false
	}
	_, err := c.in.Peek(1)
	return errors.Is(err, os.ErrDeadlineExceeded) && c.SetReadDeadline(time.Time{}) == nil
}

// body is the body of an answer. At its end the connection is free.
type body struct {
	io.Reader
	c     *conn
	ctx   context.Context //nolint:containedctx // it is the request's, which the body ends with
	stop  func() bool
	keeps bool // the connection, after this answer
	ended atomic.Bool
}

// Read implements io.Reader.
func (b *body) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if err == nil {
		return n, nil
	}
	whole := errors.Is(err, io.EOF) // an answer that ends too early is io.ErrUnexpectedEOF
	if b.end(whole); !whole && b.ctx.Err() != nil {
		err = context.Cause(b.ctx)
	}
	return n, err
}

// Close implements io.Closer. What was not read is not waited for.
func (b *body) Close() error {
	b.end(false)
	return nil
}

// end keeps the connection or closes it, once.
func (b *body) end(whole bool) {
	if b.ended.Swap(true) {
		return
	}
	if b.stop() && whole && b.keeps && b.c.in.Buffered() == 0 {
		b.c.of.pool.put(b.c)
		return
	}
	_ = b.c.Close()
}
