package sandbox

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
	"slices"
	"strconv"
	"syscall"
	"time"
)

// Deliveries are queued while the mutex is held, by what ends a job, and sent without it by whoever comes next: the
// request that noticed the end, before it is answered, POST /_sandbox/clock after it has moved the clock, or POST
// /_sandbox/deliver. No goroutine waits for a delivery to fall due; while nobody asks the sandbox for anything, nothing
// is sent.
//
// Only this machine is ever sent anything: whoever may register an endpoint could otherwise have the sandbox knock on
// any door that it can reach. Deliveries to other hosts are recorded as failed.
const (
	// deliveryPatience is how long a receiver may take; it is real time, as it is the receiver's.
	deliveryPatience = 10 * time.Second
	// A delivery that failed is repeated after a minute and then after twice as long each time, for a day. v3 publishes
	// the day only.
	firstRepeat  = time.Minute
	lastDelivery = 24 * time.Hour
	// maxSent is how many deliveries that are over are remembered for /_sandbox/deliver.
	maxSent = 1000
	// maxReply is how much of a receiver's answer is read, so that its connection ends well.
	maxReply = 64 << 10
)

// What a delivery says of itself.
const (
	deliveryPending   = "pending" // also between two tries
	deliveryDone      = "delivered"
	deliveryFailed    = "failed"
	deliveryWithdrawn = "withdrawn" // its endpoint was deleted
)

// delivery is one event on its way to one receiver. The sandbox's mutex guards it.
type delivery struct {
	event *event
	hook  *hook  // nil for a job's own callback, which is not signed
	url   string // of a callback

	state      string
	tries      int
	httpStatus int    // of the last answer, 0 for none
	problem    string // of the last try
	due, until time.Time
	sending    bool
}

// address is where a delivery goes: an endpoint's is the one it has now.
func (d *delivery) address() string {
	if d.hook != nil {
		return d.hook.url
	}
	return d.url
}

// enqueue has a delivery sent once the mutex is free.
func (s *Sandbox) enqueue(d *delivery) {
	d.state, d.due = deliveryPending, s.clock.Now()
	d.until = d.due.Add(lastDelivery)
	s.queue = append(s.queue, d)
}

// deliver sends what is due, one after the other, and without the mutex. A receiver that dawdles keeps it no longer
// than twice its patience; the rest is for whoever comes next.
func (s *Sandbox) deliver(ctx context.Context) {
	ctx = context.WithoutCancel(ctx) // a client that leaves takes no delivery with it
	began := time.Now()
	for time.Since(began) < s.patience {
		d, req := s.nextDelivery()
		if d == nil {
			return
		}
		status, err := s.post(ctx, req)
		s.noteDelivery(d, status, err)
	}
}

// letter is one try of a delivery, ready to be sent.
type letter struct {
	url    string
	header http.Header
	body   []byte
	err    error // why it cannot be
}

// nextDelivery claims the first that is due, and writes it. It is nil when there is none.
func (s *Sandbox) nextDelivery() (*delivery, letter) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock.Now()
	for _, d := range slices.Clone(s.queue) {
		if d.hook != nil && d.hook.deleted && !d.sending {
			s.settleDelivery(d, deliveryWithdrawn)
			continue
		}
		if !d.sending && !now.Before(d.due) {
			d.sending = true
			d.tries++
			return d, d.write(now)
		}
	}
	return nil, letter{}
}

// write makes the request of a delivery. The body alone is signed, with the secret that the endpoint has now.
func (d *delivery) write(now time.Time) letter {
	out := letter{url: d.address(), header: http.Header{"Content-Type": {"application/json"}}}
	out.body, out.err = json.Marshal(map[string]any{"event_type": d.event.name, "event_data": d.event.data})
	if d.hook != nil {
		mac := hmac.New(sha256.New, []byte(d.hook.secret))
		mac.Write(out.body)
		out.header.Set("Heygen-Signature", hex.EncodeToString(mac.Sum(nil)))
		out.header.Set("Heygen-Timestamp", strconv.FormatInt(now.Unix(), 10))
		out.header.Set("Heygen-Event-Id", d.event.id)
	}
	return out
}

// noteDelivery writes down how a try went.
func (s *Sandbox) noteDelivery(d *delivery, status int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	d.sending, d.httpStatus, d.problem = false, status, ""
	switch {
	case err != nil:
		d.problem = err.Error()
	case status < 200 || status > 299:
		d.problem = fmt.Sprintf("it answered %d", status)
	default:
		s.settleDelivery(d, deliveryDone)
		return
	}
	wait := firstRepeat << (d.tries - 1)
	d.due = s.clock.Now().Add(wait)
	if errors.As(err, new(elsewhereError)) || d.due.After(d.until) {
		s.settleDelivery(d, deliveryFailed)
	}
}

// settleDelivery takes a delivery out of the queue for good.
func (s *Sandbox) settleDelivery(d *delivery, state string) {
	i := slices.Index(s.queue, d)
	if i < 0 {
		return // the sandbox was reset meanwhile
	}
	s.queue = slices.Delete(s.queue, i, i+1)
	d.state = state
	s.sent = append(s.sent, d)
	if len(s.sent) > maxSent {
		s.sent = slices.Delete(s.sent, 0, maxSent/10)
	}
}

// elsewhereError is an address that is not on this machine.
type elsewhereError struct{ address string }

func (e elsewhereError) Error() string {
	return e.address + " is not on this machine, so nothing is sent there"
}

// post sends one letter, if its address is on this machine.
func (s *Sandbox) post(ctx context.Context, one letter) (status int, err error) {
	if one.err != nil {
		return 0, one.err
	}
	at, err := url.Parse(one.url)
	if err != nil || at.Scheme != "http" && at.Scheme != "https" || !onThisMachine(at.Hostname()) || s.silent {
		return 0, elsewhereError{one.url}
	}
	ctx, cancel := context.WithTimeout(ctx, s.patience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, one.url, bytes.NewReader(one.body))
	if err != nil {
		return 0, elsewhereError{one.url}
	}
	req.Header = one.header
	res, err := s.courier.Do(req)
	if err != nil {
		return 0, fmt.Errorf("it could not be delivered: %w", err)
	}
	defer func() { _ = res.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, maxReply)) // what a receiver says is not read, only that it took it
	return res.StatusCode, nil
}

// newCourier makes the client of deliveries. It follows no redirect and uses no proxy, and it looks again at the address
// it is about to connect to: localhost may have been made to mean another machine.
func newCourier() *http.Client {
	dialer := &net.Dialer{Control: func(_, address string, _ syscall.RawConn) error {
		host, _, err := net.SplitHostPort(address)
		if err != nil || !onThisMachine(host) {
			return elsewhereError{address}
		}
		return nil
	}}
	return &http.Client{
		// One connection for each delivery: a kept one would be a goroutine that outlives it.
		Transport:     &http.Transport{DialContext: dialer.DialContext, DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// controlDeliver sends what is due, and answers with every delivery, those that are over first.
func (s *Sandbox) controlDeliver(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.settleAll()
	s.mu.Unlock()
	s.deliver(r.Context())
	s.mu.Lock()
	defer s.mu.Unlock()
	out := []any{}
	for _, d := range slices.Concat(s.sent, s.queue) {
		one := map[string]any{
			"url": d.address(), "event_type": d.event.name, "event_id": orNull(d.event.id), "callback": d.hook == nil,
			"state": d.state, "tries": d.tries, "status": d.httpStatus, "problem": orNull(d.problem), "next_try_at": nil,
		}
		if d.state == deliveryPending {
			one["next_try_at"] = d.due.Unix()
		}
		out = append(out, one)
	}
	writeJSON(w, http.StatusOK, out)
}
