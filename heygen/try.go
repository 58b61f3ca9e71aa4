package heygen

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
)

// connTrace watches how far a request got.
type connTrace struct {
	asked atomic.Bool  // a connection was asked for
	got   atomic.Int32 // how often one was had
}

func (t *connTrace) withTrace(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { t.asked.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { t.got.Add(1) },
	})
}

// unsent is sure that nothing left: a connection was wanted and never had. A
// transport that does not trace never gives that certainty.
func (t *connTrace) unsent() bool { return t.asked.Load() && t.got.Load() == 0 }

// try makes one request.
func (c *Client) try(ctx context.Context, a *attempts, msg *message) (*Response, *failure) {
	timed, cancel := context.WithTimeout(ctx, a.limit)
	defer cancel()
	a.repeated = a.repeated || a.sent
	t := &connTrace{}
	req, err := c.request(t.withTrace(timed), a, msg)
	if err != nil {
		return nil, &failure{Error: &Error{Code: CodeConnectionFailed, Message: "The request could not be built.", cause: bare(err)}}
	}
	status, header, raw, err := c.exchange(req)
	if !a.op.reads() && t.got.Load() > 1 {
		// The transport repeats on its own where a kept connection turned out
		// closed, and it counts a request with a key among the repeatable.
		a.repeated = true
	}
	var f *failure
	var out *Response
	if err != nil && status < 300 {
		f = broken(ctx, t, status, header, err)
	} else {
		// An error status is an answer, however little of its body arrived.
		out, f = judge(a.op, status, header, raw)
	}
	if f == nil {
		return out, nil
	}
	a.sent = a.sent || f.outcome != unsent
	return nil, f
}

// request builds a new request from the same bytes.
func (c *Client) request(ctx context.Context, a *attempts, msg *message) (*http.Request, error) {
	var body io.Reader
	if msg.body != nil {
		body = bytes.NewReader(msg.body)
	}
	req, err := http.NewRequestWithContext(ctx, a.op.Method, "", body)
	if err != nil {
		return nil, err
	}
	if req.URL, err = c.at(msg.path, msg.query); err != nil {
		return nil, err
	}
	req.Host = req.URL.Host
	req.Header = c.header(a, msg)
	return req, nil
}

// at is the URL of a path and a query of the API. The host is not parsed anew for each call.
func (c *Client) at(path, query string) (*url.URL, error) {
	u := *c.base
	if !strings.Contains(path, "%") {
		u.Path, u.RawQuery = u.Path+path, query
		if u.RawPath != "" {
			u.RawPath += path
		}
		return &u, nil
	}
	plain, err := url.PathUnescape(path)
	if err != nil {
		return nil, err
	}
	u.Path, u.RawPath, u.RawQuery = u.Path+plain, u.EscapedPath()+path, query
	return &u, nil
}

// header is that of a request. The names are in their canonical form, and the values share their memory.
func (c *Client) header(a *attempts, msg *message) http.Header {
	accept := "application/json"
	if a.op.Stream {
		accept = eventStream // of its errors too: v3 sends them as JSON all the same
	}
	values := [...]string{accept, c.userAgent, msg.kind, a.key}
	h := http.Header{"Accept": values[0:1:1], "User-Agent": values[1:2:2]}
	if msg.body != nil {
		h["Content-Type"] = values[2:3:3]
	}
	if a.op.keyed(a.key) {
		h["Idempotency-Key"] = values[3:4:4]
	}
	return h
}

// exchange sends a request and reads its answer. The status and the header are
// given beside an error of reading; the status is 0 where nothing came.
func (c *Client) exchange(req *http.Request) (int, http.Header, []byte, error) {
	res, err := c.transport.RoundTrip(req)
	if err != nil {
		return 0, nil, nil, err
	}
	raw, err := readAll(res.Body, res.ContentLength)
	// Nothing is lost with an answer that has been read, so a failing close is no news.
	_ = res.Body.Close()
	return res.StatusCode, res.Header, raw, err
}

// judge decides what an answer means.
func judge(op Op, status int, header http.Header, raw []byte) (*Response, *failure) {
	out, e := open(op.Method, status, header, raw)
	switch {
	case e == nil:
		return out, nil
	case e.Code == CodeBadResponse:
		return nil, &failure{Error: e, outcome: lost}
	case op.busy(e):
		return nil, &failure{Error: e, outcome: busy}
	case transient(e.Status):
		return nil, &failure{Error: e, outcome: lost}
	}
	return nil, &failure{Error: e}
}

// transient says that a status tells of the server's trouble and not of the
// request: a gateway may have given up on a create that went on to finish.
func transient(status int) bool {
	return status >= 500 && status != http.StatusNotImplemented && status != http.StatusHTTPVersionNotSupported
}

// broken explains a try that ended without a whole answer.
func broken(ctx context.Context, t *connTrace, status int, header http.Header, err error) *failure {
	e := &Error{Status: status, RequestID: requestID(header), RetryAfter: retryAfter(header), cause: bare(err)}
	f := &failure{Error: e, outcome: lost}
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		e.Code, e.Message = CodeCanceled, "The call was given up before HeyGen had answered."
	case isTimeout(err) || ctx.Err() != nil:
		e.Code, e.Message = CodeTimeout, "HeyGen did not answer in time."
		f.outcome = late
	case errors.Is(err, errTooLong):
		e.Code, e.Message = CodeBadResponse, fmt.Sprintf("HeyGen's answer is longer than the %d MiB that are read.", maxAnswer>>20)
		f.outcome = garbled
	default:
		e.Code, e.Message = CodeConnectionFailed, "The connection to HeyGen broke before its answer was complete."
	}
	if t.unsent() {
		f.outcome = unsent
		if e.Code == CodeConnectionFailed {
			e.Message = "HeyGen cannot be reached."
		}
	}
	return f
}
