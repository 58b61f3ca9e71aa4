package heygen

import (
	"math/rand/v2"
	"net/http"
	"strings"
	"time"
)

const (
	// maxTries is the first try and two repeats.
	maxTries = 3
	// firstWait bounds the first wait where HeyGen names none, and doubles with every try.
	firstWait = time.Second
	// maxWait bounds all the waits of one call together. A caller is listening, and
	// some clients give up after 45 seconds: HeyGen's word for a longer wait is of
	// more use to them at once than after a repeat that came too early.
	maxWait = 20 * time.Second
	// busyWait caps the steps in which a request still in flight is waited for.
	busyWait = 5 * time.Second
)

// outcome is what a failed try tells about what HeyGen did.
type outcome int

const (
	// refused: HeyGen said no, and nothing happened.
	refused outcome = iota
	// unsent: no connection was made, so nothing can have happened.
	unsent
	// busy: HeyGen said that it was too busy, and that a repeat does nothing twice.
	busy
	// lost: the request went out and no answer that can be read came back.
	lost
	// late: lost to our own time limit.
	late
	// garbled: an answer came that a repeat would only bring again.
	garbled
)

// failure is a failed try.
type failure struct {
	*Error
	outcome outcome
}

// unknown says that the request may have been carried out.
func (f *failure) unknown() bool { return f.outcome >= lost }

// attempts is what one call has been through so far.
type attempts struct {
	op    Op
	key   string
	limit time.Duration // of one try, and of the waits for one in flight

	paced  bool // the caller waits by itself where HeyGen asks it to slow down
	jitter func(bound time.Duration) time.Duration

	count        int           // tries that used up an allowance
	late         int           // of them, those that ran into the time limit
	sent         bool          // a request went out; a stream, which has no key, does not tell
	repeated     bool          // more than one request went out, as above
	unknown      bool          // one of them may have been carried out
	waited       time.Duration // between tries
	busy         int           // answers that said the first is in flight
	inFlightWait time.Duration // waited for the first to land
}

// fullJitter is any time from zero to the bound.
func fullJitter(bound time.Duration) time.Duration {
	return rand.N(bound + 1) //nolint:gosec // G404: nobody gains by guessing when a call is repeated
}

// next says whether to try again after f, and after what wait. An answer that the first try is in
// flight concerns one caller, and comes at steps that need no jitter.
func (a *attempts) next(f *failure) (time.Duration, bool) {
	if a.inFlight(f) {
		wait := f.RetryAfter
		if wait == 0 {
			wait = firstWait << min(a.busy, 3)
		}
		wait = min(wait, busyWait)
		a.busy++
		a.inFlightWait += wait
		return wait, a.inFlightWait <= a.limit
	}
	a.count++
	a.unknown = a.unknown || f.unknown()
	wait := f.RetryAfter
	if wait == 0 {
		wait = a.jitter(firstWait << (a.count - 1))
	}
	a.waited += wait
	return wait, a.count < maxTries && a.again(f) && a.waited <= maxWait
}

// again says whether a repeat is safe and has a prospect.
func (a *attempts) again(f *failure) bool {
	switch {
	case f.Status == http.StatusTooManyRequests:
		return f.Code != codeQuota && !a.paced
	case f.outcome == unsent:
		// A host that takes no connection for this long will not soon take one.
		return f.Code == CodeConnectionFailed
	case f.outcome == busy:
		return true
	case f.outcome == lost:
		return a.op.repeatable(a.key)
	case f.outcome == late:
		// Only a create has something to gain: its key brings the answer that
		// was missed. A read that took this long would keep its caller waiting
		// for as long again.
		a.late++
		return a.op.settled(a.key) && a.late == 1
	}
	return false
}

// inFlight says that HeyGen is still at work on an earlier try of ours. On a
// first try the same answer speaks of somebody else's request, which is
// theirs to wait for.
func (a *attempts) inFlight(f *failure) bool {
	return f.Status == http.StatusConflict && f.Code == codeInProgress && a.repeated && a.op.keyed(a.key)
}

// conclude writes into the last failure what the caller may conclude from it.
func (a *attempts) conclude(f *failure) *Error {
	e := f.Error
	e.Op = a.op
	repeatable := a.op.repeatable(a.key)
	switch {
	case e.Code == CodeCanceled:
		e.Retryable = repeatable
	case e.Code == codeQuota: // an allowance is used up, which no waiting of a call's mends
	case f.outcome == unsent, f.outcome == busy, e.Status == http.StatusTooManyRequests, e.Code == codeInProgress,
		e.Status == http.StatusConflict && strings.HasSuffix(e.Code, notReady):
		e.Retryable = true
	case e.Status == http.StatusConflict && e.Code == codeConflict && a.op.Once:
		// v3's word for an upload whose bytes it does not see yet.
		e.Retryable = true
	case f.outcome == lost, f.outcome == late:
		e.Retryable = repeatable
	}
	if a.op.reads() {
		return e
	}
	// A refusal settles the matter, except that "not found" after a delete whose
	// answer was lost most likely means that the lost one worked, and that being
	// told to slow down, or that the first is in flight, says nothing about the try before.
	settled := f.outcome == refused && e.Status != http.StatusTooManyRequests && e.Code != codeInProgress &&
		(a.op.Method != http.MethodDelete || e.Status != http.StatusNotFound)
	e.MayHaveHappened = (a.unknown || e.Code == codeInProgress) && !settled
	e.Unclear = e.MayHaveHappened && !a.op.settled(a.key)
	return e
}
