// Package delivery sends webhooks and callbacks as HeyGen does: signed, one POST per event,
// repeated for a day while the receiver fails. It owns the queue and the HTTP client; it knows
// nothing of the jobs and accounts that events are about.
//
// Read queue.go first, then send.go.
package delivery

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"time"
)

const (
	// DefaultTimeout is how long a receiver may take to answer, in real time.
	DefaultTimeout = 10 * time.Second
	// firstRetry is the time until a failed delivery is tried again. It doubles with each try. v3
	// publishes only for how long it tries: a day.
	firstRetry = time.Minute
	retryFor   = 24 * time.Hour
	// maxSettled bounds how many ended deliveries are remembered for Reports.
	maxSettled = 1000
)

// The states of a delivery.
const (
	Pending   = "pending" // also between two tries
	Delivered = "delivered"
	Failed    = "failed"
	Withdrawn = "withdrawn" // its endpoint was deleted
)

// Event is what a receiver is told.
type Event struct {
	ID   string // "" for one that only a callback is told of
	Type string // such as avatar_video.success
	Data map[string]any
}

// Endpoint is a registered receiver. It is changed and removed through its Queue, and what changes
// applies to the next try of every delivery to it.
type Endpoint struct {
	url, secret string
	removed     bool
}

// NewEndpoint makes an endpoint. Deliveries to it are signed with the secret.
func NewEndpoint(url, secret string) *Endpoint { return &Endpoint{url: url, secret: secret} }

// Queue holds deliveries until they are sent. No goroutine waits for a delivery to fall due:
// Deliver sends what is due, so nothing is sent while nobody asks the sandbox for anything.
//
// Only this machine is sent anything, since whoever may register an endpoint could otherwise have
// the sandbox send requests to any host that it can reach. Deliveries to other hosts fail.
type Queue struct {
	clock   func() time.Time
	timeout time.Duration
	silent  bool
	client  *http.Client

	mu      sync.Mutex // guards what follows, and every Endpoint
	pending []*delivery
	settled []*delivery
}

// NewQueue makes an empty queue. timeout bounds each request, in real time; 0 means DefaultTimeout.
// A silent queue sends nothing: every delivery fails.
func NewQueue(clock func() time.Time, timeout time.Duration, silent bool) *Queue {
	if timeout == 0 {
		timeout = DefaultTimeout
	}
	return &Queue{clock: clock, timeout: timeout, silent: silent, client: newClient()}
}

// delivery is one event on its way to one receiver.
type delivery struct {
	event    Event
	endpoint *Endpoint // nil for a callback, which is not signed
	callback string    // the URL of a callback

	state      string
	tries      int
	lastStatus int    // of HTTP, 0 for none
	lastError  string // of the last try
	due, until time.Time
	sending    bool
}

// url is where a delivery goes. An endpoint may have moved since the event.
func (d *delivery) url() string {
	if d.endpoint != nil {
		return d.endpoint.url
	}
	return d.callback
}

// Add queues an event for an endpoint.
func (q *Queue) Add(e Event, to *Endpoint) { q.add(&delivery{event: e, endpoint: to}) }

// AddCallback queues an event for the URL that a request named as its callback.
func (q *Queue) AddCallback(e Event, url string) { q.add(&delivery{event: e, callback: url}) }

func (q *Queue) add(d *delivery) {
	q.mu.Lock()
	defer q.mu.Unlock()
	d.state, d.due = Pending, q.clock()
	d.until = d.due.Add(retryFor)
	q.pending = append(q.pending, d)
}

// Update moves an endpoint or gives it another secret.
func (q *Queue) Update(e *Endpoint, url, secret string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	e.url, e.secret = url, secret
}

// Remove removes an endpoint. What has not been delivered to it never will be.
func (q *Queue) Remove(e *Endpoint) {
	q.mu.Lock()
	defer q.mu.Unlock()
	e.removed = true
}

// Reset forgets all deliveries.
func (q *Queue) Reset() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.pending, q.settled = nil, nil
}

// Deliver sends what is due, one after the other. The lock is not held meanwhile, so a receiver may
// call the sandbox. It starts no request after the timeout of one, so that a slow receiver delays
// the caller by at most twice that; the rest is sent by the next call.
func (q *Queue) Deliver(ctx context.Context) {
	ctx = context.WithoutCancel(ctx) // a client that leaves must not cancel deliveries
	began := time.Now()
	for time.Since(began) < q.timeout {
		d, msg := q.next()
		if d == nil {
			return
		}
		status, err := q.send(ctx, msg)
		q.record(d, status, err)
	}
}

// next claims the first delivery that is due and builds its message. It is nil when none is due.
func (q *Queue) next() (*delivery, message) {
	q.mu.Lock()
	defer q.mu.Unlock()
	now := q.clock()
	for _, d := range slices.Clone(q.pending) {
		if d.endpoint != nil && d.endpoint.removed && !d.sending {
			q.settle(d, Withdrawn)
			continue
		}
		if !d.sending && !now.Before(d.due) {
			d.sending = true
			d.tries++
			return d, newMessage(d, now)
		}
	}
	return nil, message{}
}

// record notes the result of a try, and when the next one is due.
func (q *Queue) record(d *delivery, status int, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	d.sending, d.lastStatus, d.lastError = false, status, ""
	if err == nil {
		err = statusError(status)
	}
	if err == nil {
		q.settle(d, Delivered)
		return
	}
	d.lastError = err.Error()
	d.due = q.clock().Add(firstRetry << (d.tries - 1))
	if isNotLocal(err) || d.due.After(d.until) {
		q.settle(d, Failed)
	}
}

// settle takes a delivery out of the queue for good. The caller holds the lock.
func (q *Queue) settle(d *delivery, state string) {
	i := slices.Index(q.pending, d)
	if i < 0 {
		return // the queue was reset meanwhile
	}
	q.pending = slices.Delete(q.pending, i, i+1)
	d.state = state
	q.settled = append(q.settled, d)
	if len(q.settled) > maxSettled {
		q.settled = slices.Delete(q.settled, 0, maxSettled/10)
	}
}

// Report is a delivery as a test sees it.
type Report struct {
	Callback bool    `json:"callback"`
	EventID  *string `json:"event_id"`
	Type     string  `json:"event_type"`
	NextTry  *int64  `json:"next_try_at"` // a Unix time; nil for one that has ended
	Problem  *string `json:"problem"`     // of the last try
	State    string  `json:"state"`
	Status   int     `json:"status"` // of the last response, 0 for none
	Tries    int     `json:"tries"`
	URL      string  `json:"url"`
}

// Reports lists all deliveries, those that have ended first.
func (q *Queue) Reports() []Report {
	q.mu.Lock()
	defer q.mu.Unlock()
	out := []Report{}
	for _, d := range slices.Concat(q.settled, q.pending) {
		r := Report{
			Callback: d.endpoint == nil, EventID: optional(d.event.ID), Type: d.event.Type, Problem: optional(d.lastError),
			State: d.state, Status: d.lastStatus, Tries: d.tries, URL: d.url(),
		}
		if d.state == Pending {
			due := d.due.Unix()
			r.NextTry = &due
		}
		out = append(out, r)
	}
	return out
}

// optional is nil for "".
func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
