package engine

import (
	"math"
	"net/http"
	"slices"
	"strings"
	"time"

	"heygen-mcp/internal/sandbox/media"
	"heygen-mcp/internal/sandbox/seeded"
)

const (
	// maxJobs is how many counted jobs an account may have at once.
	maxJobs           = 10
	maxEnterpriseJobs = 20

	// PendingSeconds is how long a job is pending before it runs.
	PendingSeconds = 5.0
)

// JobKind is what jobs of one sort have in common: a name, and the words of their life.
type JobKind struct {
	Name    string // what a job is called in messages, such as "video"
	Prefix  string // of its ids
	Missing string // v3's code for one that is not there
	Limited bool   // against the limit of jobs at once
	Event   string // v3's word for the events of its end, "" where it has none

	Pending, Running, Completed, Failed string
}

// Job is one piece of asynchronous work, of whatever kind. The lock of the engine guards it. A job
// does not change by itself: its state is worked out from the clock, and Settle notes its end once.
type Job struct {
	ID     string
	Kind   JobKind
	Owner  *Account
	Serial int64 // its place in lists
	OAuth  bool
	Price  int64 // millionths of a dollar, charged if it succeeds

	Title, Folder           string
	CallbackURL, CallbackID string

	Fails            bool
	Failure          string // what a failed one says; "" is failureMessage
	Created          time.Time
	starts, Ends     time.Time // from pending to running, and to the end
	Idle             bool      // stays pending until somebody releases it
	Ended, Cancelled bool      // accounted for; taken away before its end

	batch *Batch // nil for a job of its own
	index int    // in its batch

	Media *media.File // what its files hold, nil for none
	Data  any         // what only its kind knows, read by dataOf
}

// DataOf is what only a job's kind knows. It is nil for a job of another kind.
func DataOf[T any](j *Job) *T {
	data, _ := j.Data.(*T)
	return data
}

// schedule works out when a job that begins now moves on.
func (j *Job) schedule(now time.Time, pending, running, speed float64) {
	j.starts = now.Add(seconds(pending / speed))
	j.Ends = j.starts.Add(seconds(running / speed))
}

func seconds(n float64) time.Duration { return time.Duration(n * float64(time.Second)) }

// Status is a job's state at a time, in the words of its kind. A create may answer "waiting" by
// itself; a later look never shows that word.
func (j *Job) Status(now time.Time) string {
	switch {
	case j.Cancelled:
		return j.Kind.Failed
	case j.Idle || now.Before(j.starts):
		return j.Kind.Pending
	case now.Before(j.Ends):
		return j.Kind.Running
	case j.Fails:
		return j.Kind.Failed
	}
	return j.Kind.Completed
}

// Started is when a job has begun to run, or will.
func (j *Job) Started() time.Time { return j.starts }

// Done says whether a job has come to its end by itself.
func (j *Job) Done(now time.Time) bool { return !j.Idle && !now.Before(j.Ends) }

// Succeeded says whether what a job makes is there.
func (j *Job) Succeeded(now time.Time) bool { return j.Done(now) && !j.Fails && !j.Cancelled }

// Progress is how far a job is, in percent.
func (j *Job) Progress(now time.Time) int {
	switch {
	case j.Idle || now.Before(j.starts):
		return 0
	case j.Done(now):
		return 100
	}
	return int(99 * now.Sub(j.starts).Seconds() / j.Ends.Sub(j.starts).Seconds())
}

// credits is a price in credits of a web plan, of which a part counts whole.
func (j *Job) credits() int64 { return (j.Price + premiumUSD - 1) / premiumUSD }

// Reason is why a job failed, or nil.
func (j *Job) Reason(now time.Time) any {
	switch {
	case j.Status(now) != j.Kind.Failed:
		return nil
	case j.Failure != "":
		return j.Failure
	}
	return FailureMessage
}

// The one way to fail that v3's documents show in full.
const (
	FailureCode    = "rendering_failed"
	FailureMessage = "Avatar rendering timed out"
)

// Begin starts a job that takes as many seconds as given once it runs, unless the account has no
// room or no credits for it. The caller has filled in what it knows; Begin adds the rest.
func (e *Engine) Begin(v *Request, j *Job, running float64) *Error {
	now := e.clock.Now()
	e.Settle(v.Account, now)
	if apiErr := e.room(v.Account, j.Kind, now); apiErr != nil {
		return apiErr
	}
	j.schedule(now, PendingSeconds, running, e.speed)
	return e.admit(v, j, now)
}

// BeginIdle makes a job that stays pending until release.
func (e *Engine) BeginIdle(v *Request, j *Job) *Error {
	now := e.clock.Now()
	e.Settle(v.Account, now)
	if apiErr := e.room(v.Account, j.Kind, now); apiErr != nil {
		return apiErr
	}
	j.Idle = true
	return e.admit(v, j, now)
}

// BeginEnded makes a job that has nothing to wait for.
func (e *Engine) BeginEnded(v *Request, j *Job) *Error {
	now := e.clock.Now()
	j.schedule(now, 0, 0, e.speed)
	return e.admit(v, j, now)
}

// BeginFrom starts a job that another one's end brought about, at that time. It has no pending
// time, and nobody is refused it for the number of jobs.
func (e *Engine) BeginFrom(v *Request, j *Job, at time.Time, running float64) *Error {
	j.schedule(at, 0, running, e.speed)
	return e.admit(v, j, at)
}

// Reopen lets an item of a batch that had ended run once more.
func (e *Engine) Reopen(b *Batch, j *Job) {
	j.Ended, b.ended = false, false
	j.Owner.running = append(j.Owner.running, j)
}

// CountRunning is how many jobs of a kind have not ended.
func (a *Account) CountRunning(kind JobKind) (n int) {
	for _, j := range a.running {
		if j.Kind.Name == kind.Name {
			n++
		}
	}
	return n
}

// End brings a running job to its end at once, as if it had come to it by itself.
func (e *Engine) End(j *Job) {
	now := e.clock.Now()
	j.Idle = false
	if now.Before(j.starts) {
		j.starts = now
	}
	if now.Before(j.Ends) {
		j.Ends = now
	}
	e.Settle(j.Owner, now)
}

// Release lets an idle job run.
func (e *Engine) Release(j *Job, running float64) {
	j.Idle = false
	j.schedule(e.clock.Now(), 0, running, e.speed)
}

// room refuses a counted job while as many run as may.
func (e *Engine) room(a *Account, kind JobKind, now time.Time) *Error {
	if !kind.Limited {
		return nil
	}
	counted, first := 0, time.Time{}
	for _, other := range a.running {
		if !other.Kind.Limited || other.Idle || other.batch != nil && now.Before(other.starts) {
			continue // an item that waits for others of its batch takes nobody's place
		}
		counted++
		if first.IsZero() || other.Ends.Before(first) {
			first = other.Ends
		}
	}
	most := maxJobs
	if a.Plan == EnterprisePlan {
		most = maxEnterpriseJobs
	}
	if counted < most {
		return nil
	}
	apiErr := Refuse(http.StatusTooManyRequests, "rate_limit_exceeded", "",
		"At most %d jobs can run at once. Retry after the duration specified in the Retry-After header.", most)
	apiErr.RetryAfter = max(1, int(math.Ceil(first.Sub(now).Seconds())))
	return apiErr
}

// admit takes a scheduled job into the account if there are credits for it.
func (e *Engine) admit(v *Request, j *Job, now time.Time) *Error {
	j.Owner, j.OAuth, j.Created = v.Account, v.OAuth, now
	j.Fails = j.Fails || v.fault.strikes(j.index)
	if !j.Owner.Affords(j) {
		return Refuse(http.StatusPaymentRequired, "insufficient_credit", "",
			"There are not enough credits left for this %s.", j.Kind.Name)
	}
	j.Serial = e.NextSerial()
	if j.ID == "" {
		j.ID = j.Kind.Prefix + seeded.HexID(e.Seed, j.Kind.Name, j.Owner.Name, j.Serial)
	}
	j.Owner.jobs = append(j.Owner.jobs, j)
	j.Owner.running = append(j.Owner.running, j)
	e.jobs[j.ID] = j
	if j.Media != nil {
		e.files[j.ID] = j.Media
	}
	return nil
}

// NextSerial counts up whatever is made, so that ids differ and lists have an order.
func (e *Engine) NextSerial() int64 {
	e.serial++
	return e.serial
}

// OwnJob finds a job of a kind that is the caller's; another's is as unknown as none. What had
// ended by now is accounted for first.
func (e *Engine) OwnJob(v *Request, kind JobKind, id string) (*Job, *Error) {
	e.Settle(v.Account, e.clock.Now())
	j, ok := e.jobs[id]
	if !ok || j.Owner != v.Account || j.Kind.Name != kind.Name {
		return nil, NotFound(kind.Missing, strings.ToUpper(kind.Name[:1])+kind.Name[1:])
	}
	return j, nil
}

// OwnJobs are the caller's jobs of a kind, the newest first.
func (e *Engine) OwnJobs(v *Request, kind JobKind) []*Job {
	e.Settle(v.Account, e.clock.Now())
	var out []*Job
	for _, j := range slices.Backward(v.Account.jobs) {
		if j.Kind.Name == kind.Name {
			out = append(out, j)
		}
	}
	return out
}

// DropJob takes a job away. One that still runs ends with it, and costs nothing.
func (e *Engine) DropJob(j *Job) {
	same := func(other *Job) bool { return other == j }
	a := j.Owner
	a.jobs = slices.DeleteFunc(a.jobs, same)
	a.running = slices.DeleteFunc(a.running, same)
	delete(e.jobs, j.ID)
	delete(e.files, j.ID)
	if !j.Ended {
		j.Ended, j.Cancelled = true, true
		e.noteBatch(j.batch, e.clock.Now())
	}
}
