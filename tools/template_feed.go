package tools

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/prices"
)

const (
	// feedWide is how many creates are under way at once: HeyGen takes seconds for each, and lets ten
	// jobs run on the smallest plan.
	feedWide = 4
	// feedTime and silentFeedTime are the default of a call and the most of one without progress, in
	// seconds. With lastAnswerTime, which a create that has begun is given beyond them, clients that give
	// up after a minute still hear what was made.
	feedTime, silentFeedTime = 40, 40
	lastAnswerTime           = 15 * time.Second
	// feedPause is waited where HeyGen asks to slow down and names no time, and is the longest silence
	// where it does.
	feedPause = 5 * time.Second
	maxSilent = 10 * time.Second
)

// templateFeed makes the videos of a batch as fast as HeyGen lets jobs run.
type templateFeed struct {
	call  *engine.Call
	parts []templatePart
	first map[string]int // by the key: the first set of those that are equal
	end   time.Time
	after time.Duration // that HeyGen asked for last
}

// templatePart is one video of it.
type templatePart struct {
	in      fillTemplateInput
	key     string
	bill    bill
	leftOut []string

	settled bool // an earlier call was done with it, or this one is
	told    bool // by this call
	videoID string
	err     error
}

// waits reports whether a set is to be made: nobody was done with it, and it is no repeat of another.
func (f *templateFeed) waits(i int) bool { return !f.parts[i].settled && f.first[f.parts[i].key] == i }

// cost is that of some sets together; it is not known where that of one is not.
func (f *templateFeed) cost(of func(i int) bool) engine.Cost {
	sum, n := 0.0, 0
	for i, p := range f.parts {
		switch {
		case !of(i):
		case !p.bill.cost.bounded():
			return engine.Cost{}
		default:
			sum, n = sum+p.bill.cost.high, n+1
		}
	}
	if n == 0 {
		return engine.Cost{}
	}
	return engine.Cost{CostUSD: new(prices.Cents(sum))}
}

// createTemplateBatch makes what it can within the time of the call.
func createTemplateBatch(
	ctx context.Context, c *engine.Call, in *templateBatchInput,
) (*engine.Result[templateBatch], error) {
	f, err := newTemplateFeed(ctx, c, in)
	if err != nil {
		return nil, err
	}
	seconds := feedTime
	if in.Timeout != nil {
		seconds = *in.Timeout
	}
	if c.Report == nil {
		seconds = min(seconds, silentFeedTime)
	}
	f.end = c.Engine().Now().Add(time.Duration(seconds) * time.Second)
	if err := f.run(ctx); err != nil {
		return nil, err
	}
	return f.answer(ctx)
}

// run makes waves of creates until all sets are done with, the time is up, or nothing more can be had.
func (f *templateFeed) run(ctx context.Context) error {
	e := f.call.Engine()
	bounded, cancel := e.UntilStop(ctx)
	defer cancel()
	var queue []int
	for i := range f.parts {
		if f.waits(i) {
			queue = append(queue, i)
		}
	}
	wide, made := feedWide, 0
	for len(queue) > 0 {
		wave := queue[:min(wide, len(queue))]
		f.create(ctx, wave)
		var back []int
		var end error
		for _, i := range wave {
			switch err := f.parts[i].err; {
			case slowDown(err):
				back = append(back, i)
			case endsFeed(err):
				end = err
			default:
				made++
			}
		}
		queue = append(back, queue[len(wave):]...)
		f.report()
		if ctx.Err() != nil {
			return ctx.Err() // the caller has left
		}
		if end != nil && made == 0 {
			return end
		}
		if end != nil || bounded.Err() != nil {
			return nil
		}
		wide = min(feedWide, 2*wide)
		if len(back) > 0 {
			wide = max(1, len(wave)-len(back))
			if !f.pause(bounded) {
				return nil
			}
		} else if !e.Now().Before(f.end) {
			return nil
		}
	}
	return nil
}

// create asks HeyGen for the videos of a wave, all at the same time.
func (f *templateFeed) create(ctx context.Context, wave []int) {
	patience := max(0, f.end.Sub(f.call.Engine().Now())) + lastAnswerTime
	var all sync.WaitGroup
	for _, i := range wave {
		p := &f.parts[i]
		all.Go(func() {
			var made map[string]any
			if made, p.err = f.call.CreatePart(ctx, fillTemplateOp(), &p.in, p.key, patience); p.err == nil {
				p.videoID = engine.View[filledTemplate](made).VideoID
			}
		})
	}
	all.Wait()
	f.after = 0
	for _, i := range wave {
		p := &f.parts[i]
		p.told = !slowDown(p.err)
		if e, ok := errors.AsType[*heygen.Error](p.err); ok {
			f.after = max(f.after, e.RetryAfter)
			p.settled = !e.Retryable && !endsFeed(e)
		} else {
			p.settled = p.err == nil
		}
	}
}

// pause waits as long as HeyGen has asked for, and tells that it does; false where the time of the call
// ends before that.
func (f *templateFeed) pause(ctx context.Context) bool {
	e := f.call.Engine()
	left := f.after
	if left == 0 {
		left = feedPause
	}
	if e.Now().Add(left).After(f.end) {
		return false
	}
	for left > 0 {
		step := min(left, maxSilent)
		if err := e.Sleep(ctx, step); err != nil {
			return false
		}
		left -= step
		f.report()
	}
	return true
}

// report tells the client how many of the sets are done with.
func (f *templateFeed) report() {
	if f.call.Report == nil {
		return
	}
	done := 0
	for i, p := range f.parts {
		if first := f.parts[f.first[p.key]]; first.told || f.parts[i].settled {
			done++
		}
	}
	f.call.Report(float64(done), float64(len(f.parts)), fmt.Sprintf("%d of %d begun", done, len(f.parts)))
}

// slowDown reports whether HeyGen asked to slow down: too many jobs run, or too many requests came.
func slowDown(err error) bool {
	e, ok := errors.AsType[*heygen.Error](err)
	return ok && e.Status == http.StatusTooManyRequests && e.Retryable
}

// endsFeed reports whether a refusal is of the account and not of one set: every further create would
// meet it too.
func endsFeed(err error) bool {
	e, ok := errors.AsType[*heygen.Error](err)
	if !ok {
		return false
	}
	switch e.Status {
	case http.StatusUnauthorized, http.StatusPaymentRequired, http.StatusTooManyRequests:
		return !slowDown(err)
	case http.StatusForbidden:
		return e.Code == "forbidden"
	}
	return false
}
