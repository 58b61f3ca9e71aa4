package engine

import (
	"testing"
	"time"
)

// newTestRequest makes an engine whose clock only moves by advance, and a request of one account.
func newTestRequest(t *testing.T) (*Engine, *Request) {
	t.Helper()
	s, err := New(Config{NewData: func(string) any { return nil }, Clock: func() time.Time { return time.Unix(1_800_000_000, 0) }})
	if err != nil {
		t.Fatal(err)
	}
	return s, &Request{Account: s.Account("ana")}
}

func chores(counted bool) JobKind {
	return JobKind{
		Name: "chore", Prefix: "chr_", Missing: "resource_not_found", Limited: counted,
		Pending: "queued", Running: "rendering", Completed: "complete", Failed: "error",
	}
}

func TestJobsSpeakTheWordsOfTheirKindAndEndOnce(t *testing.T) {
	t.Parallel()
	s, v := newTestRequest(t)
	var told []*Job
	s.OnJobEnd(func(j *Job) { told = append(told, j) })
	long, short, bad := &Job{Kind: chores(true), Price: 3 * MicroUSD}, &Job{Kind: chores(true), Price: MicroUSD}, &Job{Kind: chores(true), Price: MicroUSD, Fails: true, Failure: "No."}
	for j, running := range map[*Job]float64{long: 20, short: 10, bad: 10} {
		if apiErr := s.Begin(v, j, running); apiErr != nil {
			t.Fatal(apiErr.Message)
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
		if long.Status(now) != step.long || short.Status(now) != step.short || long.Progress(now) != step.progress || len(told) != step.wants {
			t.Errorf("%+v: %s, %s, %d, told %d", step, long.Status(now), short.Status(now), long.Progress(now), len(told))
		}
	}
	now := s.clock.Now()
	if bad.Status(now) != "error" || bad.Reason(now) != "No." || long.Reason(now) != nil {
		t.Errorf("got %s %v, want %q, %q and long.Reason(now) nil", bad.Status(now), bad.Reason(now), "error", "No.")
	}
	if told[2] != long || v.Account.Wallet != startWallet-4*MicroUSD {
		t.Errorf("told of %v, %d left", told, v.Account.Wallet)
	}
	if j, apiErr := s.OwnJob(v, chores(true), long.ID); apiErr != nil || j != long || long.ID[:4] != "chr_" {
		t.Errorf("got %v, want apiErr nil, j %v and long.ID[:4] %q", apiErr, long, "chr_")
	}
	if _, apiErr := s.OwnJob(v, JobKind{Name: "video", Missing: "video_not_found"}, long.ID); apiErr == nil || apiErr.Code != "video_not_found" {
		t.Errorf("a chore is found as a video: %v", apiErr)
	}
}

func TestOnlyCountedJobsFillTheAccount(t *testing.T) {
	t.Parallel()
	s, v := newTestRequest(t)
	for range maxJobs {
		for _, kind := range []JobKind{chores(true), chores(false)} {
			if apiErr := s.Begin(v, &Job{Kind: kind}, 10); apiErr != nil {
				t.Fatal(apiErr.Message)
			}
		}
	}
	if apiErr := s.Begin(v, &Job{Kind: chores(true)}, 10); apiErr == nil || apiErr.RetryAfter != 15 {
		t.Errorf("got %+v, want apiErr not nil and %v", apiErr, 15)
	}
	if apiErr := s.Begin(v, &Job{Kind: chores(false)}, 10); apiErr != nil {
		t.Error(apiErr.Message)
	}
}

func TestAnIdleJobWaitsForItsOwner(t *testing.T) {
	t.Parallel()
	s, v := newTestRequest(t)
	j := &Job{Kind: chores(true)}
	if apiErr := s.BeginIdle(v, j); apiErr != nil {
		t.Fatal(apiErr.Message)
	}
	s.clock.advance(time.Hour)
	s.settleAll()
	if got := j.Status(s.clock.Now()); got != "queued" || j.Ended {
		t.Errorf("got %v, want %q and j.Ended false", got, "queued")
	}
	s.Release(j, 10)
	if got := j.Status(s.clock.Now()); got != "rendering" {
		t.Errorf("got %v, want %q", got, "rendering")
	}
	s.DropJob(j)
	s.clock.advance(time.Hour)
	if got := j.Status(s.clock.Now()); got != "error" || v.Account.Wallet != startWallet || len(v.Account.running) != 0 {
		t.Errorf("%s, %d running", got, len(v.Account.running))
	}
}

func TestWhatIsDoneAtOnceIsPaidAtOnce(t *testing.T) {
	t.Parallel()
	s, v := newTestRequest(t)
	if apiErr := s.Begin(v, &Job{Kind: chores(true), Price: startWallet - MicroUSD}, 10); apiErr != nil {
		t.Fatal(apiErr.Message)
	}
	if apiErr := s.Charge(v, 2*MicroUSD, "speech"); apiErr == nil || apiErr.Code != "insufficient_credit" {
		t.Errorf("paid with what a running job will cost: %+v", apiErr)
	}
	if apiErr := s.Charge(v, MicroUSD, "speech"); apiErr != nil || v.Account.Wallet != startWallet-MicroUSD {
		t.Errorf("%+v, %d left", apiErr, v.Account.Wallet)
	}
}
