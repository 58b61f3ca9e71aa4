package auth

import (
	"container/list"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"heygen-mcp/auth/credential"
	"heygen-mcp/internal/panics"
	"heygen-mcp/internal/peer"
)

const (
	// checkLimit bounds one check. Claude gives the first request ten seconds in
	// all, so a HeyGen that hangs must have become a 503 before that.
	checkLimit = 8 * time.Second
	// maxChecks bounds the checks that run at once, so that a flood of invented
	// credentials does not become a flood of requests to HeyGen.
	maxChecks = 128
	// Of these, credentials that HeyGen has not called good before may have maxStrangers, and those of one source
	// maxOfSource: nobody's invented credentials take the places of others.
	maxStrangers = 96
	maxOfSource  = 32
	// knownFor is how long a good credential is known as such after its answer has to be asked for again.
	knownFor = time.Hour
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
	// remembered is told whether an answer was at hand; nil tells nobody.
	remembered func(what string, hit bool)

	mu      sync.Mutex
	answers map[credential.Fingerprint]*list.Element
	// Both run from the answer used last to the one not used for longest.
	// They are two, because refusals are free to make: whoever invents
	// credentials must not push everybody's good answers out.
	accepted, refused *list.List
	running           map[credential.Fingerprint]*inquiry
	// strangers are the checks of credentials that are not known as good, and sources the same by source.
	strangers int
	sources   map[peer.Source]int
}

// answer is one remembered answer.
type answer struct {
	of      credential.Fingerprint
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
	stranger bool // it counts among memory.strangers, under source
	source   peer.Source
}

func newMemory(size int, ttl time.Duration, clock func() time.Time) *memory {
	return &memory{
		max: size, ttl: ttl, clock: clock,
		answers:  map[credential.Fingerprint]*list.Element{},
		accepted: list.New(), refused: list.New(),
		running: map[credential.Fingerprint]*inquiry{}, sources: map[peer.Source]int{},
	}
}

// ask answers from memory, or else from check, and gives the caller's id with a good answer.
// Requests with one credential share one check; it does not end when the request that began it does. admit is asked
// before a check of a credential that is not known as good.
func (m *memory) ask(
	ctx context.Context, c credential.Credential, admit func() error, check func(context.Context) (string, error),
) (string, error) {
	of := c.Fingerprint()
	m.mu.Lock()
	known, fresh := m.recall(of)
	if m.remembered != nil {
		m.remembered("credential", fresh)
	}
	if fresh {
		m.mu.Unlock()
		if known.refused {
			return "", RejectedError{}
		}
		return known.caller, nil
	}
	q, ok := m.running[of]
	if !ok {
		q = &inquiry{done: make(chan struct{}), stranger: known == answer{}, source: peer.Of(ctx)}
		if err := m.begin(q, admit); err != nil {
			m.mu.Unlock()
			return "", err
		}
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

// begin counts a check, or says why there cannot be one now. The lock is held.
func (m *memory) begin(q *inquiry, admit func() error) error {
	if len(m.running) >= maxChecks {
		return errBusy
	}
	if !q.stranger {
		return nil
	}
	if err := admit(); err != nil {
		return err
	}
	if m.strangers >= maxStrangers || m.sources[q.source] >= maxOfSource {
		return errBusy
	}
	m.strangers++
	m.sources[q.source]++
	return nil
}

// end takes back what begin counted. The lock is held.
func (m *memory) end(of credential.Fingerprint, q *inquiry) {
	delete(m.running, of)
	if !q.stranger {
		return
	}
	m.strangers--
	if m.sources[q.source]--; m.sources[q.source] == 0 {
		delete(m.sources, q.source)
	}
}

// inquire runs one check to its end and remembers what it found.
func (m *memory) inquire(
	ctx context.Context, c credential.Credential, q *inquiry, check func(context.Context) (string, error),
) {
	ctx, cancel := context.WithTimeout(ctx, checkLimit)
	defer cancel()
	of := c.Fingerprint()
	// From the beginning of the check, so that the stated time is never exceeded.
	until := m.clock().Add(m.ttl)
	account, err := guarded(ctx, check)

	m.mu.Lock()
	m.end(of, q)
	_, rejected := errors.AsType[RejectedError](err)
	if err == nil {
		q.caller = c.Caller(account)
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
	if p := panics.Catch(func() { account, err = check(ctx) }); p != nil {
		err = fmt.Errorf("the check of a credential panicked: %s", p.Text())
	}
	return account, err
}

// forget drops what is known of a credential, and what a check that is under way
// would otherwise say in its favour.
func (m *memory) forget(of credential.Fingerprint) {
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

// recall looks an answer up. One that is not fresh any more is given where it was good, for it says who is known, until
// that is over too. The lock is held.
func (m *memory) recall(of credential.Fingerprint) (found answer, fresh bool) {
	e, ok := m.answers[of]
	if !ok {
		return answer{}, false
	}
	found = content(e)
	now := m.clock()
	fresh = now.Before(found.until)
	if !fresh && (found.refused || !now.Before(found.until.Add(knownFor))) {
		m.drop(e)
		return answer{}, false
	}
	m.listOf(found).MoveToFront(e)
	return found, fresh
}

// store keeps an answer and makes room for it. The lock is held.
func (m *memory) store(a answer) {
	if e, ok := m.answers[a.of]; ok {
		m.drop(e)
	}
	m.answers[a.of] = m.listOf(a).PushFront(a)
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
	m.listOf(found).Remove(e)
	delete(m.answers, found.of)
}

func (m *memory) listOf(a answer) *list.List {
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
