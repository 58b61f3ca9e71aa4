package repeats

import (
	"context"
	"crypto/sha256"
	"strings"
	"sync"
	"time"
)

// maxSent and maxAnswerBytes bound what a process remembers, in entries of some 200 bytes and in bytes of
// answers. Where there is too much, all that has ended is forgotten.
const maxSent, maxAnswerBytes = 1 << 14, 16 << 20

// ID names a create: its caller, its operation and its key.
type ID [sha256.Size]byte

// IDOf is the id of a create.
func IDOf(caller, operation, key string) ID {
	return sha256.Sum256([]byte(strings.Join([]string{caller, operation, key}, "\x00")))
}

// Sum is a hash of what a create asks for: equal sums ask for the same.
type Sum [sha256.Size]byte

// SumOf hashes the name of a tool and what its arguments mean.
func SumOf(tool string, meaning []byte) Sum {
	return sha256.Sum256(append([]byte(tool+"\x00"), meaning...))
}

// Sent are the creates that a process remembers, with facts F of the answers. The zero value is empty.
type Sent[F any] struct {
	mu    sync.Mutex
	calls map[ID]*Call[F]
	bytes int // of the answers
}

// Call is one create that was sent.
type Call[F any] struct {
	id    ID
	sum   Sum
	at    time.Time     // when it was sent first
	until time.Time     // when it is forgotten
	over  chan struct{} // closed once it has ended

	ended  bool
	answer []byte
	facts  F
}

// Asked reports whether the call has asked for what this is the sum of.
func (c *Call[F]) Asked(sum Sum) bool { return c.sum == sum }

// At is when it was sent first.
func (c *Call[F]) At() time.Time { return c.at }

// Wait waits until the call has ended, or ctx.
func (c *Call[F]) Wait(ctx context.Context) error {
	select {
	case <-c.over:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Answer is what a call that has ended was answered with, nil where that is not kept.
func (c *Call[F]) Answer() (answer []byte, facts F) { return c.answer, c.facts }

// Claim remembers a create that is about to be sent under the first of its ids, or finds the earlier one. The further
// ids are of creates that are the same as this one if they were sent less than SlotLength ago. at is the place of the
// call's id among them.
func (s *Sent[F]) Claim(ids []ID, sum Sum, now time.Time, lasts time.Duration) (call *Call[F], at int, first bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for at, id := range ids {
		if call = s.calls[id]; call != nil && call.stands(now) && (at == 0 || now.Before(call.at.Add(SlotLength))) {
			return call, at, false
		}
	}
	if s.calls == nil {
		s.calls = map[ID]*Call[F]{}
	}
	if call = s.calls[ids[0]]; call != nil { // it is too old
		s.drop(call)
	}
	s.makeRoom(0)
	call = &Call[F]{id: ids[0], sum: sum, at: now, until: now.Add(lasts), over: make(chan struct{})}
	s.calls[call.id] = call
	return call, 0, true
}

// stands reports whether a call is under way or remembered.
func (c *Call[F]) stands(now time.Time) bool { return !c.ended || now.Before(c.until) }

// drop forgets a call that has ended.
func (s *Sent[F]) drop(call *Call[F]) {
	s.bytes -= len(call.answer)
	delete(s.calls, call.id)
}

// makeRoom forgets what has ended where there is too much for an answer of so many bytes.
func (s *Sent[F]) makeRoom(more int) {
	if len(s.calls) < maxSent && s.bytes+more <= maxAnswerBytes {
		return
	}
	for _, call := range s.calls {
		if call.ended {
			s.drop(call)
		}
	}
}

// End says what became of a create that was claimed first. One that was not made is forgotten. answer is nil for one
// that HeyGen takes a key for.
func (s *Sent[F]) End(call *Call[F], made bool, answer []byte, facts F) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.calls[call.id] == call && !made {
		s.drop(call)
	}
	if made && len(answer) <= maxAnswerBytes {
		s.makeRoom(len(answer))
		call.answer, call.facts = answer, facts
		s.bytes += len(answer)
	}
	call.ended = true
	close(call.over)
}

// Forget forgets a create that has ended.
func (s *Sent[F]) Forget(call *Call[F]) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.calls[call.id] == call {
		s.drop(call)
	}
}
