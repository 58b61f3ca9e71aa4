package repeats

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"
)

// TestSent holds what becomes of a create that comes again: while the first is under way, when it was made, when it was
// not, and when it is forgotten.
func TestSent(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_790_000_000, 0)
	id, sum := IDOf("caller", "POST /v3/videos", "key"), SumOf("tool", []byte("{}"))
	var s Sent[string]
	call, _, first := s.Claim([]ID{id}, sum, now, time.Minute)
	if !first || !call.Asked(sum) || call.Asked(SumOf("tool", []byte("[]"))) || !call.At().Equal(now) {
		t.Fatalf("got %+v, first: %t", call, first)
	}
	if again, _, first := s.Claim([]ID{id}, sum, now.Add(time.Hour), time.Minute); first || again != call {
		t.Error("a create that is under way is sent again")
	}
	if _, _, first := s.Claim([]ID{IDOf("other", "POST /v3/videos", "key")}, sum, now, time.Minute); !first {
		t.Error("another caller's create is taken for this one")
	}
	s.End(call, false, nil, "")
	call, _, first = s.Claim([]ID{id}, sum, now, time.Minute)
	if !first {
		t.Error("a create that was not made is remembered")
	}
	s.End(call, true, []byte("answer"), "facts")
	again, _, first := s.Claim([]ID{id}, sum, now.Add(time.Minute-1), time.Minute)
	if answer, facts := again.Answer(); first || string(answer) != "answer" || facts != "facts" || s.bytes != len("answer") {
		t.Errorf("got %q and %q, first: %t", answer, facts, first)
	}
	s.Forget(again)
	if call, _, first = s.Claim([]ID{id}, sum, now, time.Minute); !first || s.bytes != 0 {
		t.Errorf("a create is not forgotten, or %d bytes of it are left", s.bytes)
	}
	s.End(call, true, []byte("answer"), "")
	if _, _, first = s.Claim([]ID{id}, sum, now.Add(time.Minute), time.Minute); !first || s.bytes != 0 {
		t.Errorf("a create is remembered for longer than it lasts, or %d bytes of it are", s.bytes)
	}
}

// TestNearIDs holds that a create is the same as one that was sent under a further id less than a slot's length ago, as
// the one that is under way is, and that one of its own id comes before.
func TestNearIDs(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_790_000_000, 0)
	own, near := IDOf("caller", "op", "own"), IDOf("caller", "op", "near")
	var s Sent[string]
	first, _, _ := s.Claim([]ID{near}, Sum{}, now, time.Hour)
	for _, later := range []time.Duration{0, SlotLength - 1} {
		call, at, isFirst := s.Claim([]ID{own, near}, Sum{}, now.Add(later), time.Hour)
		if isFirst || call != first || at != 1 {
			t.Errorf("%s later: got the id at %d, first: %t", later, at, isFirst)
		}
		if later == 0 {
			s.End(first, true, nil, "")
		}
	}
	call, at, isFirst := s.Claim([]ID{own, near}, Sum{}, now.Add(SlotLength), time.Hour)
	if !isFirst || at != 0 {
		t.Errorf("when the time is over: got the id at %d, first: %t", at, isFirst)
	}
	if again, at, isFirst := s.Claim([]ID{own, near}, Sum{}, now, time.Hour); isFirst || again != call || at != 0 {
		t.Errorf("with both: got the id at %d, first: %t", at, isFirst)
	}
}

// TestWaits holds that an equal create waits for the first one, and no longer than its caller.
func TestWaits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var s Sent[string]
		call, _, _ := s.Claim([]ID{{}}, Sum{}, time.Now(), time.Minute)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := call.Wait(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v, want the end of its caller", err)
		}
		time.AfterFunc(time.Second, func() { s.End(call, true, []byte("a"), "") })
		if err := call.Wait(t.Context()); err != nil {
			t.Errorf("got %v, want the end of the first one", err)
		}
	})
}

// TestSentIsBounded holds that what has ended is forgotten where there is too much, in creates and in bytes, and that
// what is under way never is.
func TestSentIsBounded(t *testing.T) {
	t.Parallel()
	var s Sent[string]
	name := func(i int) ID { return IDOf("caller", "op", fmt.Sprint(i)) }
	running, _, _ := s.Claim([]ID{name(-1)}, Sum{}, time.Now(), time.Minute)
	for i := range maxSent {
		call, _, _ := s.Claim([]ID{name(i)}, Sum{}, time.Now(), time.Minute)
		s.End(call, true, nil, "")
	}
	if again, _, first := s.Claim([]ID{name(-1)}, Sum{}, time.Now(), time.Minute); len(s.calls) > maxSent || first || again != running {
		t.Errorf("%d creates are remembered, the one that is under way: %t", len(s.calls), !first)
	}
	for i := range 3 {
		call, _, _ := s.Claim([]ID{name(maxSent + i)}, Sum{}, time.Now(), time.Minute)
		s.End(call, true, make([]byte, maxAnswerBytes/2), "")
	}
	if s.bytes > maxAnswerBytes {
		t.Errorf("%d bytes of answers are kept", s.bytes)
	}
	call, _, _ := s.Claim([]ID{{}}, Sum{}, time.Now(), time.Minute)
	s.End(call, true, make([]byte, maxAnswerBytes+1), "")
	if answer, _ := call.Answer(); answer != nil {
		t.Error("an answer is kept that is longer than all may be")
	}
}
