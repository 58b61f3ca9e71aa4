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
	call, first := s.Claim(id, sum, now, time.Minute)
	if !first || !call.Asked(sum) || call.Asked(SumOf("tool", []byte("[]"))) || !call.At().Equal(now) {
		t.Fatalf("got %+v, first: %t", call, first)
	}
	if again, first := s.Claim(id, sum, now.Add(time.Hour), time.Minute); first || again != call {
		t.Error("a create that is under way is sent again")
	}
	if _, first := s.Claim(IDOf("other", "POST /v3/videos", "key"), sum, now, time.Minute); !first {
		t.Error("another caller's create is taken for this one")
	}
	s.End(id, call, false, nil, "")
	call, first = s.Claim(id, sum, now, time.Minute)
	if !first {
		t.Error("a create that was not made is remembered")
	}
	s.End(id, call, true, []byte("answer"), "facts")
	again, first := s.Claim(id, sum, now.Add(time.Minute-1), time.Minute)
	if answer, facts := again.Answer(); first || string(answer) != "answer" || facts != "facts" || s.bytes != len("answer") {
		t.Errorf("got %q and %q, first: %t", answer, facts, first)
	}
	s.Forget(id, again)
	if call, first = s.Claim(id, sum, now, time.Minute); !first || s.bytes != 0 {
		t.Errorf("a create is not forgotten, or %d bytes of it are left", s.bytes)
	}
	s.End(id, call, true, []byte("answer"), "")
	if _, first = s.Claim(id, sum, now.Add(time.Minute), time.Minute); !first || s.bytes != 0 {
		t.Errorf("a create is remembered for longer than it lasts, or %d bytes of it are", s.bytes)
	}
}

// TestWaits holds that an equal create waits for the first one, and no longer than its caller.
func TestWaits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var s Sent[string]
		call, _ := s.Claim(ID{}, Sum{}, time.Now(), time.Minute)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := call.Wait(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v, want the end of its caller", err)
		}
		time.AfterFunc(time.Second, func() { s.End(ID{}, call, true, []byte("a"), "") })
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
	running, _ := s.Claim(name(-1), Sum{}, time.Now(), time.Minute)
	for i := range maxSent {
		call, _ := s.Claim(name(i), Sum{}, time.Now(), time.Minute)
		s.End(name(i), call, true, nil, "")
	}
	if again, first := s.Claim(name(-1), Sum{}, time.Now(), time.Minute); len(s.calls) > maxSent || first || again != running {
		t.Errorf("%d creates are remembered, the one that is under way: %t", len(s.calls), !first)
	}
	for i := range 3 {
		call, _ := s.Claim(name(maxSent+i), Sum{}, time.Now(), time.Minute)
		s.End(name(maxSent+i), call, true, make([]byte, maxAnswerBytes/2), "")
	}
	if s.bytes > maxAnswerBytes {
		t.Errorf("%d bytes of answers are kept", s.bytes)
	}
	call, _ := s.Claim(ID{}, Sum{}, time.Now(), time.Minute)
	s.End(ID{}, call, true, make([]byte, maxAnswerBytes+1), "")
	if answer, _ := call.Answer(); answer != nil {
		t.Error("an answer is kept that is longer than all may be")
	}
}
