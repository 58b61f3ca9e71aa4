package delivery

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// maxReply bounds how many bytes of a receiver's response are read, so that the connection ends
// well.
const maxReply = 64 << 10

// message is one try of a delivery, ready to be sent.
type message struct {
	url    string
	header http.Header
	body   []byte
	err    error // why there is no body
}

// newMessage builds the request of a delivery. Only the body is signed, with the current secret of
// the endpoint.
func newMessage(d *delivery, now time.Time) message {
	m := message{url: d.url(), header: http.Header{"Content-Type": {"application/json"}}}
	m.body, m.err = json.Marshal(map[string]any{"event_type": d.event.Type, "event_data": d.event.Data})
	if d.endpoint != nil {
		mac := hmac.New(sha256.New, []byte(d.endpoint.secret))
		mac.Write(m.body)
		m.header.Set("Heygen-Signature", hex.EncodeToString(mac.Sum(nil)))
		m.header.Set("Heygen-Timestamp", strconv.FormatInt(now.Unix(), 10))
		m.header.Set("Heygen-Event-Id", d.event.ID)
	}
	return m
}

// notLocalError is an address that is not on this machine.
type notLocalError struct{ address string }

func (e notLocalError) Error() string {
	return e.address + " is not on this machine, so nothing is sent there"
}

func isNotLocal(err error) bool { return errors.As(err, new(notLocalError)) }

// statusError is what is wrong with the status of a receiver's response, or nil.
func statusError(status int) error {
	if status >= 200 && status <= 299 {
		return nil
	}
	return fmt.Errorf("it answered %d", status)
}

// send sends a message, if its URL is on this machine.
func (q *Queue) send(ctx context.Context, m message) (status int, err error) {
	if m.err != nil {
		return 0, m.err
	}
	to, err := url.Parse(m.url)
	if err != nil || to.Scheme != "http" && to.Scheme != "https" || !IsLocal(to.Hostname()) || q.silent {
		return 0, notLocalError{m.url}
	}
	ctx, cancel := context.WithTimeout(ctx, q.timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, m.url, bytes.NewReader(m.body))
	if err != nil {
		return 0, notLocalError{m.url}
	}
	req.Header = m.header
	res, err := q.client.Do(req)
	if err != nil {
		return 0, fmt.Errorf("it could not be delivered: %w", err)
	}
	defer func() { _ = res.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, maxReply)) // only the status counts
	return res.StatusCode, nil
}

// newClient makes the HTTP client of deliveries. It follows no redirect and uses no proxy, and it
// checks the address that it connects to: localhost may be made to mean another machine.
func newClient() *http.Client {
	dialer := &net.Dialer{Control: func(_, address string, _ syscall.RawConn) error {
		host, _, err := net.SplitHostPort(address)
		if err != nil || !IsLocal(host) {
			return notLocalError{address}
		}
		return nil
	}}
	return &http.Client{
		// One connection for each delivery: a kept one would be a goroutine that outlives it.
		Transport:     &http.Transport{DialContext: dialer.DialContext, DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// IsLocal reports whether a host is loopback, by its name alone: a DNS query would let the name
// out.
func IsLocal(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}
