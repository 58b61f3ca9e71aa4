// Package fastget makes GET requests on the goroutine of who asks. net/http keeps two goroutines for each connection
// and hands every request from one to another, which is a sixth of what a small call through this server costs; a GET
// without a body needs neither. Connections are made as the http.Transport says that it is given, which makes every
// other request, and those that would go through a proxy. They speak HTTP/1.1 and are kept as that one's are. Answers
// are read by net/http, and fuzzing holds the two to each other. It is a leaf and knows nothing of HeyGen.
package fastget

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptrace"
	"strings"

	"golang.org/x/net/http/httpguts"
)

// Transport implements http.RoundTripper. It is safe for use by many goroutines.
type Transport struct {
	base *http.Transport
	pool pool
}

// New makes a Transport. base must not be changed any more.
func New(base *http.Transport) *Transport {
	return &Transport{base: base, pool: newPool(base)}
}

// CloseIdleConnections closes the connections that nobody uses.
func (t *Transport) CloseIdleConnections() {
	t.pool.closeAll()
	t.base.CloseIdleConnections()
}

// RoundTrip implements http.RoundTripper. A GET is sent again where a connection that was kept turns out to be closed.
func (t *Transport) RoundTrip(req *http.Request) (*http.Response, error) {
	head, taken := t.headOf(req)
	if !taken {
		return t.base.RoundTrip(req)
	}
	ctx := req.Context()
	trace := httptrace.ContextClientTrace(ctx)
	address := addressOf(req)
	for {
		if err := ctx.Err(); err != nil {
			return nil, context.Cause(ctx)
		}
		if trace != nil && trace.GetConn != nil {
			trace.GetConn(address)
		}
		c, err := t.connect(ctx, req.URL.Scheme, address)
		if err != nil {
			return nil, err
		}
		if trace != nil && trace.GotConn != nil {
			trace.GotConn(httptrace.GotConnInfo{Conn: c.Conn, Reused: c.reused})
		}
		res, again, err := c.exchange(req, head)
		if !again {
			return res, err
		}
	}
}

// headOf is what is sent for a request, and whether it is one for this package: the others are net/http's, as are its
// refusals.
func (t *Transport) headOf(req *http.Request) (head, bool) {
	switch {
	case !canCheckIdle, req.Method != http.MethodGet, req.Body != nil && req.Body != http.NoBody, req.URL == nil, req.Close,
		len(req.TransferEncoding) > 0, len(req.Trailer) > 0,
		t.base.DisableKeepAlives, t.base.DialTLSContext != nil, t.base.ResponseHeaderTimeout > 0, t.base.MaxConnsPerHost > 0:
		return head{}, false
	case req.URL.Scheme != "http" && req.URL.Scheme != "https", req.URL.User != nil, req.URL.Host == "":
		return head{}, false
	}
	h := head{host: req.Host, requestURI: req.URL.RequestURI()}
	if h.host == "" {
		h.host = req.URL.Host
	}
	if !isPlain(h.host) || !isPlain(req.URL.Host) || strings.ContainsFunc(h.requestURI, isControl) {
		return head{}, false
	}
	h.unzips = !t.base.DisableCompression
	for name, values := range req.Header {
		if !httpguts.ValidHeaderFieldName(name) {
			return head{}, false
		}
		switch name {
		case "Accept-Encoding", "Range":
			h.unzips = false
		case "Connection", "Upgrade", "Expect", "Transfer-Encoding", "Trailer", "Content-Length", "Host":
			return head{}, false
		}
		for _, value := range values {
			if !httpguts.ValidHeaderFieldValue(value) {
				return head{}, false
			}
		}
	}
	if t.base.Proxy != nil {
		if proxy, err := t.base.Proxy(req); proxy != nil || err != nil {
			return head{}, false
		}
	}
	return h, true
}

// isPlain reports whether a host is spelt as it is sent: net/http makes others so.
func isPlain(host string) bool {
	return !strings.ContainsFunc(host, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune(".-_:[]", r)
	})
}

func isControl(r rune) bool { return r <= ' ' || r == 0x7f }

// addressOf is the host and the port of a request.
func addressOf(req *http.Request) string {
	port := req.URL.Port()
	switch {
	case port != "":
		return req.URL.Host
	case req.URL.Scheme == "https":
		port = "443"
	default:
		port = "80"
	}
	return net.JoinHostPort(req.URL.Hostname(), port)
}

// connect gives a connection that was kept, or a new one.
func (t *Transport) connect(ctx context.Context, scheme, address string) (*conn, error) {
	key := target{scheme, address}
	if c := t.pool.take(key); c != nil {
		return c, nil
	}
	dial := t.base.DialContext
	if dial == nil {
		dial = new(net.Dialer).DialContext
	}
	plain, err := dial(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	if scheme == "http" {
		return newConn(plain, plain, nil, t, key), nil
	}
	secure, err := t.handshake(ctx, plain, address)
	if err != nil {
		_ = plain.Close()
		return nil, err
	}
	state := secure.ConnectionState()
	return newConn(secure, plain, &state, t, key), nil
}

// handshake makes a connection one of TLS.
func (t *Transport) handshake(ctx context.Context, plain net.Conn, address string) (*tls.Conn, error) {
	config := new(tls.Config)
	if t.base.TLSClientConfig != nil {
		config = t.base.TLSClientConfig.Clone()
	}
	if config.ServerName == "" {
		host, _, err := net.SplitHostPort(address)
		if err != nil {
			return nil, err
		}
		config.ServerName = host
	}
	config.NextProtos = []string{"http/1.1"}
	if limit := t.base.TLSHandshakeTimeout; limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, limit, errHandshake)
		defer cancel()
	}
	secure := tls.Client(plain, config)
	if err := secure.HandshakeContext(ctx); err != nil {
		if cause := context.Cause(ctx); errors.Is(cause, errHandshake) {
			err = cause
		}
		return nil, fmt.Errorf("shake hands with %s: %w", address, err)
	}
	return secure, nil
}

// errHandshake is a handshake that took too long.
var errHandshake error = timeoutError("the TLS handshake took too long")

// timeoutError is a net.Error of a time that is over.
type timeoutError string

// Error implements error.
func (e timeoutError) Error() string { return string(e) }

// Timeout implements net.Error.
func (timeoutError) Timeout() bool { return true }

// Temporary implements net.Error.
func (timeoutError) Temporary() bool { return true }
