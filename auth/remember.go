package auth

import (
	"container/list"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

const (
	// checkLimit bounds one check. Claude gives the first request ten seconds in
	// all, so a HeyGen that hangs must have become a 503 before that.
	checkLimit = 8 * time.Second
	// maxChecks bounds the checks that run at once, so that a flood of invented
	// credentials does not become a flood of requests to HeyGen.
	maxChecks = 128
	// refusedShare is the part of a full memory that refusals may hold: a quarter,
	// which is plenty for clients that repeat a dead credential.
	refusedShare = 4
)

var errBusy = errors.New("too many credentials are being checked at once")

// memory holds what HeyGen said about credentials, each answer for a short time.
// It knows them, and who brought them, by hash alone.
type memory struct {
	max   int
	ttl   time.Duration
	clock func() time.Time

	mu      sync.Mutex
	answers map[fingerprint]*list.Element
	// Both run from the answer used last to the one not used for longest.
	// They are two, because refusals are free to make: whoever invents
	// credentials must not push everybody's good answers out.
	accepted, refused *list.List
	running           map[fingerprint]*inquiry
}

// answer is one remembered answer.
type answer struct {
	of      fingerprint
	refused bool
	caller  string // empty where refused
	until   time.Time
}

// inquiry is a check under way, which all requests with its credential await.
type inquiry struct {
	done     chan struct{}
	caller   string // read after done, as is err
	err      error
	outdated bool // a 401 came in meanwhile; guarded by memory.mu
}

func newMemory(size int, ttl time.Duration, clock func() time.Time) *memory {
	return &memory{
		max: size, ttl: ttl, clock: clock,
		answers:  map[fingerprint]*list.Element{},
		accepted: list.New(), refused: list.New(),
		running: map[fingerprint]*inquiry{},
	}
}

// ask answers from memory, or else from check, and gives the caller's id with a good answer.
// Requests with one credential share one check; it does not end when the request that began it does.
func (m *memory) ask(ctx context.Context, c credential, check func(context.Context) (string, error)) (string, error) {
	of := c.fingerprint()
	m.mu.Lock()
	if known, ok := m.recall(of); ok {
		m.mu.Unlock()
		if known.refused {
			return "", RejectedError{}
		}
		return known.caller, nil
	}
	q, ok := m.running[of]
	if !ok {
		if len(m.running) >= maxChecks {
			m.mu.Unlock()
			return "", errBusy
		}
		q = &inquiry{done: make(chan struct{})}
		m.running[of] = q
		go m.inquire(context.WithoutCancel(ctx), c, q, check)
	}
	m.mu.Unlock()

	select {
	case <-q.done:
		return q.caller, q.err
	case <-ctx.Done():
		return "", fmt.Errorf("wait for the check of a credential: %w", ctx.Err())
	}
}

// inquire runs one check to its end and remembers what it found.
func (m *memory) inquire(ctx context.Context, c credential, q *inquiry, check func(context.Context) (string, error)) {
	ctx, cancel := context.WithTimeout(ctx, checkLimit)
	defer cancel()
	of := c.fingerprint()
	// From the beginning of the check, so that the stated time is never exceeded.
	until := m.clock().Add(m.ttl)
	account, err := guarded(ctx, check)

	m.mu.Lock()
	delete(m.running, of)
	_, rejected := errors.AsType[RejectedError](err)
	if err == nil {
		q.caller = c.callerOf(account)
	}
	// An unclear answer is not remembered: the next request may get a clear one.
	if rejected || (err == nil && !q.outdated) {
		m.store(answer{of: of, refused: rejected, caller: q.caller, until: until})
	}
	q.err = err
	m.mu.Unlock()
	close(q.done)
}

// guarded turns a panic of the check into an unclear answer: in a goroutine of
// its own it would end the whole server.
func guarded(ctx context.Context, check func(context.Context) (string, error)) (account string, err error) {
	defer func() {
		if p := recover(); p != nil {
			// The value is not repeated, for it may quote the request.
			err = fmt.Errorf("the check of a credential panicked with a %T", p)
		}
	}()
	return check(ctx)
}

// forget drops what is known of a credential, and what a check that is under way
// would otherwise say in its favour.
func (m *memory) forget(of fingerprint) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if q, ok := m.running[of]; ok {
		q.outdated = true
	}
	// A refusal stays: only good answers can have become wrong by a 401.
	if e, ok := m.answers[of]; ok && !content(e).refused {
		m.drop(e)
	}
}

// recall looks an answer up, and drops it when its time is over. The lock is held.
func (m *memory) recall(of fingerprint) (answer, bool) {
	e, ok := m.answers[of]
	if !ok {
		return answer{}, false
	}
	found := content(e)
	if !m.clock().Before(found.until) {
		m.drop(e)
		return answer{}, false
	}
	m.side(found).MoveToFront(e)
	return found, true
}

// store keeps an answer and makes room for it. The lock is held.
func (m *memory) store(a answer) {
	if e, ok := m.answers[a.of]; ok {
		m.drop(e)
	}
	m.answers[a.of] = m.side(a).PushFront(a)
	for len(m.answers) > m.max {
		if m.refused.Len() > m.max/refusedShare || m.accepted.Len() == 0 {
			m.drop(m.refused.Back())
		} else {
			m.drop(m.accepted.Back())
		}
	}
}

func (m *memory) drop(e *list.Element) {
	found := content(e)
	m.side(found).Remove(e)
	delete(m.answers, found.of)
}

func (m *memory) side(a answer) *list.List {
	if a.refused {
		return m.refused
	}
	return m.accepted
}

// content reads an element; the lists hold answers and nothing else.
func content(e *list.Element) answer {
	a, _ := e.Value.(answer)
	return a
}
