package sandbox

import (
	"testing"
	"time"
)

// newVisit is one visitor of a sandbox whose clock only moves by advance.
func newVisit(t *testing.T) (*Sandbox, *visit) {
	t.Helper()
	s, err := New(Config{Clock: func() time.Time { return time.Unix(1_800_000_000, 0) }})
	if err != nil {
		t.Fatal(err)
	}
	return s, &visit{account: s.account("ana")}
}

func chores(counted bool) jobKind {
	return jobKind{
		name: "chore", prefix: "chr_", missing: "resource_not_found", counted: counted,
		pending: "queued", running: "rendering", completed: "complete", failed: "error",
	}
}

func TestJobsSpeakTheWordsOfTheirKindAndEndOnce(t *testing.T) {
	t.Parallel()
	s, v := newVisit(t)
	var told []*job
	s.onEnd = append(s.onEnd, func(j *job) { told = append(told, j) })
	long, short, bad := &job{kind: chores(true), price: 3 * microUSD}, &job{kind: chores(true), price: microUSD}, &job{kind: chores(true), price: microUSD, fails: true, failure: "No."}
	for j, running := range map[*job]float64{long: 20, short: 10, bad: 10} {
		if apiErr := s.begin(v, j, running); apiErr != nil {
			t.Fatal(apiErr.message)
		}
	}
	for _, step := range []struct {
		seconds         float64
		long, short     string
		progress, wants int
	}{{0, "queued", "queued", 0, 0}, {5, "rendering", "rendering", 0, 0}, {10, "rendering", "complete", 49, 2}, {10, "complete", "complete", 100, 3}} {
		s.clock.advance(seconds(step.seconds))
		now := s.clock.Now()
		s.settleAll()
		s.settleAll()
		if long.status(now) != step.long || short.status(now) != step.short || long.progress(now) != step.progress || len(told) != step.wants {
			t.Errorf("%+v: %s, %s, %d, told %d", step, long.status(now), short.status(now), long.progress(now), len(told))
		}
	}
	now := s.clock.Now()
	if bad.status(now) != "error" || bad.reason(now) != "No." || long.reason(now) != nil {
		t.Errorf("%s %v", bad.status(now), bad.reason(now))
	}
	if told[2] != long || v.account.wallet != startWallet-4*microUSD {
		t.Errorf("told of %v, %d left", told, v.account.wallet)
	}
	if j, apiErr := s.ownJob(v, chores(true), long.id); apiErr != nil || j != long || long.id[:4] != "chr_" {
		t.Errorf("%v", apiErr)
	}
	if _, apiErr := s.ownJob(v, videoJobs(), long.id); apiErr == nil || apiErr.code != "video_not_found" {
		t.Errorf("a chore is found as a video: %v", apiErr)
	}
}

func TestOnlyCountedJobsFillTheAccount(t *testing.T) {
	t.Parallel()
	s, v := newVisit(t)
	for range maxJobs {
		for _, kind := range []jobKind{chores(true), chores(false)} {
			if apiErr := s.begin(v, &job{kind: kind}, 10); apiErr != nil {
				t.Fatal(apiErr.message)
			}
		}
	}
	if apiErr := s.begin(v, &job{kind: chores(true)}, 10); apiErr == nil || apiErr.retryAfter != 15 {
		t.Errorf("%+v", apiErr)
	}
	if apiErr := s.begin(v, &job{kind: chores(false)}, 10); apiErr != nil {
		t.Error(apiErr.message)
	}
}

func TestAnIdleJobWaitsForItsOwner(t *testing.T) {
	t.Parallel()
	s, v := newVisit(t)
	j := &job{kind: chores(true)}
	if apiErr := s.beginIdle(v, j); apiErr != nil {
		t.Fatal(apiErr.message)
	}
	s.clock.advance(time.Hour)
	s.settleAll()
	if got := j.status(s.clock.Now()); got != "queued" || j.ended {
		t.Error(got)
	}
	s.release(j, 10)
	if got := j.status(s.clock.Now()); got != "rendering" {
		t.Error(got)
	}
	s.drop(j)
	s.clock.advance(time.Hour)
	if got := j.status(s.clock.Now()); got != "error" || v.account.wallet != startWallet || len(v.account.running) != 0 {
		t.Errorf("%s, %d running", got, len(v.account.running))
	}
}

func TestWhatIsDoneAtOnceIsPaidAtOnce(t *testing.T) {
	t.Parallel()
	s, v := newVisit(t)
	if apiErr := s.begin(v, &job{kind: chores(true), price: startWallet - microUSD}, 10); apiErr != nil {
		t.Fatal(apiErr.message)
	}
	if apiErr := s.pay(v, 2*microUSD, "speech"); apiErr == nil || apiErr.code != "insufficient_credit" {
		t.Errorf("paid with what a running job will cost: %+v", apiErr)
	}
	if apiErr := s.pay(v, microUSD, "speech"); apiErr != nil || v.account.wallet != startWallet-microUSD {
		t.Errorf("%+v, %d left", apiErr, v.account.wallet)
	}
}
