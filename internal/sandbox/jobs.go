package sandbox

import (
	"heygen-mcp/internal/sandbox/media"

	"heygen-mcp/internal/sandbox/seeded"

	"maps"
	"math"
	"net/http"
	"slices"
	"strings"
	"time"
)

const (
	// maxJobs is how many counted jobs an account may have at once.
	maxJobs           = 10
	maxEnterpriseJobs = 20

	pendingSeconds = 5.0
)

// jobKind is what jobs of one sort have in common: a name, and the words of their life.
type jobKind struct {
	name    string // what a job is called in messages, such as "video"
	prefix  string // of its ids
	missing string // v3's code for one that is not there
	counted bool   // against the limit of jobs at once
	event   string // v3's word for the events of its end, "" where it has none

	pending, running, completed, failed string
}

// job is one piece of asynchronous work, of whatever kind. The sandbox's mutex guards it. A job does not change by
// itself: its state is worked out from the clock, and settle notes its end once.
type job struct {
	id     string
	kind   jobKind
	owner  *account
	serial int64 // its place in lists
	oauth  bool
	price  int64 // millionths of a dollar, charged if it succeeds

	title, folder           string
	callbackURL, callbackID string

	fails            bool
	failure          string // what a failed one says; "" is failureMessage
	created          time.Time
	starts, ends     time.Time // from pending to running, and to the end
	idle             bool      // stays pending until somebody releases it
	ended, cancelled bool      // accounted for; taken away before its end

	batch *batch // nil for a job of its own
	index int    // in its batch

	media *media.File // what its files hold, nil for none
	data  any         // what only its kind knows, read by dataOf
}

// dataOf is what only a job's kind knows. It is nil for a job of another kind.
func dataOf[T any](j *job) *T {
	data, _ := j.data.(*T)
	return data
}

// schedule works out when a job that begins now moves on.
func (j *job) schedule(now time.Time, pending, running, speed float64) {
	j.starts = now.Add(seconds(pending / speed))
	j.ends = j.starts.Add(seconds(running / speed))
}

func seconds(n float64) time.Duration { return time.Duration(n * float64(time.Second)) }

// status is a job's state at a time, in the words of its kind. A create may answer "waiting" by itself; a later look
// never shows that word.
func (j *job) status(now time.Time) string {
	switch {
	case j.cancelled:
		return j.kind.failed
	case j.idle || now.Before(j.starts):
		return j.kind.pending
	case now.Before(j.ends):
		return j.kind.running
	case j.fails:
		return j.kind.failed
	}
	return j.kind.completed
}

// done says whether a job has come to its end by itself.
func (j *job) done(now time.Time) bool { return !j.idle && !now.Before(j.ends) }

// succeeded says whether what a job makes is there.
func (j *job) succeeded(now time.Time) bool { return j.done(now) && !j.fails && !j.cancelled }

// progress is how far a job is, in percent.
func (j *job) progress(now time.Time) int {
	switch {
	case j.idle || now.Before(j.starts):
		return 0
	case j.done(now):
		return 100
	}
	return int(99 * now.Sub(j.starts).Seconds() / j.ends.Sub(j.starts).Seconds())
}

// credits is a price in credits of a web plan, of which a part counts whole.
func (j *job) credits() int64 { return (j.price + premiumUSD - 1) / premiumUSD }

// reason is why a job failed, or nil.
func (j *job) reason(now time.Time) any {
	switch {
	case j.status(now) != j.kind.failed:
		return nil
	case j.failure != "":
		return j.failure
	}
	return failureMessage
}

// The one way to fail that v3's documents show in full.
const (
	failureCode    = "rendering_failed"
	failureMessage = "Avatar rendering timed out"
)

// begin starts a job that takes as many seconds as given once it runs, unless the account has no room or no credits
// for it. The caller has filled in what it knows; begin adds the rest.
func (s *Sandbox) begin(v *visit, j *job, running float64) *apiError {
	now := s.clock.Now()
	s.settle(v.account, now)
	if apiErr := s.room(v.account, j.kind, now); apiErr != nil {
		return apiErr
	}
	j.schedule(now, pendingSeconds, running, s.speed)
	return s.admit(v, j, now)
}

// beginIdle makes a job that stays pending until release.
func (s *Sandbox) beginIdle(v *visit, j *job) *apiError {
	now := s.clock.Now()
	s.settle(v.account, now)
	if apiErr := s.room(v.account, j.kind, now); apiErr != nil {
		return apiErr
	}
	j.idle = true
	return s.admit(v, j, now)
}

// release lets an idle job run.
func (s *Sandbox) release(j *job, running float64) {
	j.idle = false
	j.schedule(s.clock.Now(), 0, running, s.speed)
}

// room refuses a counted job while as many run as may.
func (s *Sandbox) room(a *account, kind jobKind, now time.Time) *apiError {
	if !kind.counted {
		return nil
	}
	counted, first := 0, time.Time{}
	for _, other := range a.running {
		if !other.kind.counted || other.idle || other.batch != nil && now.Before(other.starts) {
			continue // an item that waits for others of its batch takes nobody's place
		}
		counted++
		if first.IsZero() || other.ends.Before(first) {
			first = other.ends
		}
	}
	most := maxJobs
	if a.plan == enterprisePlan {
		most = maxEnterpriseJobs
	}
	if counted < most {
		return nil
	}
	e := refuse(http.StatusTooManyRequests, "rate_limit_exceeded", "",
		"At most %d jobs can run at once. Retry after the duration specified in the Retry-After header.", most)
	e.retryAfter = max(1, int(math.Ceil(first.Sub(now).Seconds())))
	return e
}

// admit takes a scheduled job into the account if there are credits for it.
func (s *Sandbox) admit(v *visit, j *job, now time.Time) *apiError {
	j.owner, j.oauth, j.created = v.account, v.oauth, now
	j.fails = j.fails || v.fault.strikes(j.index)
	if !j.owner.affords(j) {
		return refuse(http.StatusPaymentRequired, "insufficient_credit", "",
			"There are not enough credits left for this %s.", j.kind.name)
	}
	j.serial = s.next()
	if j.id == "" {
		j.id = j.kind.prefix + seeded.HexID(s.seed, j.kind.name, j.owner.name, j.serial)
	}
	j.owner.jobs = append(j.owner.jobs, j)
	j.owner.running = append(j.owner.running, j)
	s.jobs[j.id] = j
	if j.media != nil {
		s.media[j.id] = j.media
	}
	return nil
}

// next counts up whatever is made, so that ids differ and lists have an order.
func (s *Sandbox) next() int64 {
	s.serial++
	return s.serial
}

// ownJob finds a job of a kind that is the caller's; another's is as unknown as none. What had ended by now is
// accounted for first.
func (s *Sandbox) ownJob(v *visit, kind jobKind, id string) (*job, *apiError) {
	s.settle(v.account, s.clock.Now())
	j, ok := s.jobs[id]
	if !ok || j.owner != v.account || j.kind.name != kind.name {
		return nil, notFound(kind.missing, strings.ToUpper(kind.name[:1])+kind.name[1:])
	}
	return j, nil
}

// ownJobs are the caller's jobs of a kind, the newest first.
func (s *Sandbox) ownJobs(v *visit, kind jobKind) []*job {
	s.settle(v.account, s.clock.Now())
	var out []*job
	for _, j := range slices.Backward(v.account.jobs) {
		if j.kind.name == kind.name {
			out = append(out, j)
		}
	}
	return out
}

// drop takes a job away. One that still runs ends with it, and costs nothing.
func (s *Sandbox) drop(j *job) {
	same := func(other *job) bool { return other == j }
	a := j.owner
	a.jobs = slices.DeleteFunc(a.jobs, same)
	a.running = slices.DeleteFunc(a.running, same)
	delete(s.jobs, j.id)
	delete(s.media, j.id)
	if !j.ended {
		j.ended, j.cancelled = true, true
		s.noteBatch(j.batch, s.clock.Now())
	}
}

// settle accounts for what has ended by now, in the order in which it ended: it charges what succeeded and tells
// whoever asked to know. What that starts may have ended by now as well.
func (s *Sandbox) settle(a *account, now time.Time) {
	for s.settleRound(a, now) {
	}
}

// settleRound says whether anything had ended.
func (s *Sandbox) settleRound(a *account, now time.Time) bool {
	var over []*job
	still := a.running[:0]
	for _, j := range a.running {
		if j.done(now) {
			over = append(over, j)
		} else {
			still = append(still, j)
		}
	}
	clear(a.running[len(still):])
	a.running = still
	slices.SortStableFunc(over, func(x, y *job) int { return x.ends.Compare(y.ends) })
	for _, j := range over {
		j.ended = true
		if !j.fails { // v3 charges nothing for a job that failed
			a.charge(j)
		}
		for _, tell := range s.onEnd {
			tell(j)
		}
		s.noteBatch(j.batch, now)
	}
	return len(over) > 0
}

// settleAll accounts for every account, so that what happens at a job's end happens when the clock is moved past it.
func (s *Sandbox) settleAll() {
	now := s.clock.Now()
	for _, name := range slices.Sorted(maps.Keys(s.accounts)) { // sorted, so that what they start gets the same ids
		s.settle(s.accounts[name], now)
	}
}
