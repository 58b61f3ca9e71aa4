package heygen

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"sync/atomic"
	"time"
)

const (
	// DefaultStreamTime is how long a stream is read where its bounds say nothing.
	DefaultStreamTime = 20 * time.Second
	// maxStream bounds what is read of a stream whose events are not kept. The longest that v3 gives
	// is the speech of 5,000 characters, in base64: some 40 MiB.
	maxStream   = 64 << 20
	eventStream = "text/event-stream"
)

// StreamBounds say when enough of a stream has been read. The zero value is bounded too.
type StreamBounds struct {
	// Time is how long events are waited for once the stream is open; 0 is DefaultStreamTime.
	Time time.Duration
	// Bytes is how much is read in all; 0, and whatever is above it, is the bound of any answer, 16
	// MiB, or 64 MiB where Each is set.
	Bytes int64
	// Last says that an event is the last one. A stream is over without it as well.
	Last func(Event) bool
	// Each, where it is set, is given every event as it comes, and Stream.Events stays empty.
	Each func(Event)
}

// Event is one event of a stream.
type Event struct {
	// Name is the event's; "" for the usual one.
	Name string
	// Data is what it carries, byte for byte; several lines are joined by line feeds.
	Data []byte
}

// Stream is what was read of a stream.
type Stream struct {
	Events []Event
	// Ended says that the stream came to its end. Without it there was more to come when a bound was
	// reached, or the connection broke.
	Ended bool
	// Broken says that the connection broke. What was read before is whole events.
	Broken bool
	// RequestID is HeyGen's name for the request.
	RequestID string
	// Status is the HTTP status.
	Status int
}

// Stream makes a call that HeyGen answers with server-sent events, and reads them until they end or
// a bound is reached, which is no error. Until the stream is open it fails and repeats as Do does;
// nothing is repeated afterwards. op must have Stream set.
func (c *Client) Stream(ctx context.Context, op Op, in any, bounds StreamBounds) (*Stream, error) {
	if !op.Stream {
		return nil, fmt.Errorf("heygen: %s is not declared as a stream", op)
	}
	msg, err := encode(op, in)
	if err != nil {
		return nil, err
	}
	if bounds.Time <= 0 {
		bounds.Time = DefaultStreamTime
	}
	most := int64(maxAnswer)
	if bounds.Each != nil {
		most = maxStream
	}
	if bounds.Bytes <= 0 || bounds.Bytes > most {
		bounds.Bytes = most
	}
	a := &attempts{op: op, limit: c.limit(op, msg), jitter: c.jitter}
	return repeat(ctx, c, a, func(ctx context.Context) (*Stream, int, *failure) {
		res, f := c.tryStream(ctx, a, msg, bounds)
		if f != nil {
			return nil, f.Status, f
		}
		return res, res.Status, nil
	})
}

// tryStream makes one request and, where it is answered with a stream, reads that.
func (c *Client) tryStream(
	ctx context.Context,
	a *attempts,
	msg *message,
	bounds StreamBounds,
) (*Stream, *failure) {
	// One context for both parts, because a canceled one takes the body along.
	opened, cancel := context.WithCancel(ctx)
	defer cancel()
	var late atomic.Bool
	timer := time.AfterFunc(a.limit, func() { late.Store(true); cancel() })
	defer timer.Stop()
	t := &connTrace{}
	req, err := c.request(t.withTrace(opened), a, msg)
	if err != nil {
		return nil, &failure{
			Error: &Error{
				Code:    CodeConnectionFailed,
				Message: "The request could not be built.",
				cause:   bare(err),
			},
		}
	}
	res, err := c.transport.RoundTrip(req)
	if err != nil {
		if late.Load() {
			err = context.DeadlineExceeded
		}
		return nil, broken(ctx, t, 0, nil, err)
	}
	// Nothing is lost with what has been read, so a failing close is no news.
	defer func() { _ = res.Body.Close() }()
	if kind, _, err := mime.ParseMediaType(res.Header.Get("Content-Type")); res.StatusCode > 299 ||
		err != nil ||
		kind != eventStream {
		return nil, notAStream(a.op, res)
	}
	if !timer.Stop() { // it has run out just now
		return nil, broken(ctx, t, res.StatusCode, res.Header, context.DeadlineExceeded)
	}
	late.Store(false)
	timer.Reset(bounds.Time)
	out := &Stream{Status: res.StatusCode, RequestID: requestID(res.Header)}
	err = out.read(res.Body, bounds)
	switch {
	case ctx.Err() != nil: // the caller has given up, or has no time left
		return nil, broken(ctx, t, res.StatusCode, res.Header, ctx.Err())
	case err != nil && !errors.Is(err, errTooLong) && !late.Load():
		out.Broken = true
	}
	return out, nil
}

// notAStream reads an answer that is a refusal, or something that was not asked for.
func notAStream(op Op, res *http.Response) *failure {
	raw, err := readAll(res.Body, res.ContentLength)
	if res.StatusCode <= 299 {
		message := "HeyGen answered with something other than a stream of events."
		return &failure{Error: unreadable(res.StatusCode, res.Header, message), outcome: garbled}
	}
	if err != nil {
		raw = nil // an error status is an answer, however little of its body arrived
	}
	_, f := judge(op, res.StatusCode, res.Header, raw)
	return f
}

// read takes events off a body. It sets Ended where the body ends, and where the last event says
// so. The error is errTooLong at the bound, or that of the connection.
func (s *Stream) read(body io.Reader, bounds StreamBounds) error {
	limited := &io.LimitedReader{R: body, N: bounds.Bytes + 1}
	lines := bufio.NewScanner(limited)
	lines.Buffer(nil, int(min(bounds.Bytes, maxAnswer))+1)
	lines.Split(splitLines)
	one, data := Event{}, [][]byte(nil)
	for lines.Scan() {
		line := lines.Text()
		if line == "" {
			if data == nil { // an event without data is none
				one = Event{}
				continue
			}
			one.Data = bytes.Join(data, []byte{'\n'})
			if bounds.Each != nil {
				bounds.Each(one)
			} else {
				s.Events = append(s.Events, one)
			}
			if bounds.Last != nil && bounds.Last(one) {
				s.Ended = true
				return nil
			}
			one, data = Event{}, nil
			continue
		}
		name, value, _ := strings.Cut(line, ":") // a comment has no name
		value = strings.TrimPrefix(value, " ")
		switch name {
		case "event":
			one.Name = value
		case "data":
			data = append(data, []byte(value))
		}
	}
	switch err := lines.Err(); {
	case limited.N <= 0 || errors.Is(err, bufio.ErrTooLong):
		return errTooLong
	case err != nil:
		return err
	}
	s.Ended = true
	return nil
}

// splitLines cuts at the line feeds, with or without a carriage return before them. What stands
// behind the last one is no line: it has been cut off.
func splitLines(data []byte, atEOF bool) (int, []byte, error) {
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		return i + 1, bytes.TrimSuffix(data[:i], []byte{'\r'}), nil
	}
	if atEOF {
		return len(data), nil, nil
	}
	return 0, nil, nil
}
