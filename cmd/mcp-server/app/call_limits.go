package app

import (
	"context"
	"encoding/json"
	"time"

	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/internal/exchange"
	"heygen-mcp/internal/limit"
	"heygen-mcp/tools"
)

// callFunc runs a tool, as transport asks for it.
type callFunc = func(ctx context.Context, name string, args json.RawMessage, progress func(done, total float64, message string)) (exchange.Outcome, bool)

// callLimits are what one caller may do at this replica. A limit of 0 is none.
type callLimits struct {
	perMinute, atOnce int
	caller            func(context.Context) string
	now               func() time.Time
	hit               func(limit string) // nil tells nobody
	stopped           func(ctx context.Context, name string, args json.RawMessage, code string)

	door    limit.Door
	buckets *limit.Table[string]
	slots   *limit.Slots[string]
}

// newCallLimits reads the limits. stopped is told of each call that they refuse.
func newCallLimits(cfg *settings.Config, caller func(context.Context) string, hit func(limit string),
	stopped func(ctx context.Context, name string, args json.RawMessage, code string)) *callLimits {
	l := &callLimits{perMinute: cfg.MaxCallsPerMinute, atOnce: cfg.MaxConcurrentCalls, caller: caller, now: cfg.Now, hit: hit, stopped: stopped}
	if l.perMinute > 0 {
		l.buckets = limit.NewTable[string](limit.Rate{Burst: l.perMinute, Every: time.Minute / time.Duration(l.perMinute)})
	}
	if l.atOnce > 0 {
		l.slots = limit.NewSlots[string](l.atOnce, 0)
	}
	return l
}

// around holds the limits of calls. A refusal is a result, which an agent reads and an HTTP status is not.
func (l *callLimits) around(call callFunc) callFunc {
	if l.buckets == nil && l.slots == nil {
		return call
	}
	return func(ctx context.Context, name string, args json.RawMessage, progress func(done, total float64, message string)) (exchange.Outcome, bool) {
		caller := l.caller(ctx)
		if l.buckets != nil {
			if wait := l.door.Take(l.now(), l.buckets.Of(caller)); wait > 0 {
				return l.refuse(ctx, name, args, "caller_calls_per_minute", tools.CallLimit(l.perMinute, wait))
			}
		}
		if l.slots != nil {
			leave, err := l.slots.Enter(ctx, caller)
			if err != nil {
				return l.refuse(ctx, name, args, "caller_concurrent_calls", tools.TooManyAtOnce(l.atOnce))
			}
			var out exchange.Outcome
			known := false
			defer func() {
				if out.Pause == nil {
					leave()
				}
			}()
			out, known = call(ctx, name, args, progress)
			return leavesAtEnd(out, leave), known
		}
		return call(ctx, name, args, progress)
	}
}

// leavesAtEnd has a call that pauses leave when it has ended, also by a panic.
func leavesAtEnd(out exchange.Outcome, leave func()) exchange.Outcome {
	if out.Pause != nil {
		out.Pause.Wrap(func(resume func() (exchange.Outcome, bool)) (end exchange.Outcome, ended bool) {
			ended = true
			defer func() {
				if ended {
					leave()
				}
			}()
			end, ended = resume()
			return end, ended
		})
	}
	return out
}

// refuse answers a call with a refusal, and tells the operator of both: that a limit was reached, and which
// call was stopped.
func (l *callLimits) refuse(
	ctx context.Context, name string, args json.RawMessage, limit string, out exchange.Outcome,
) (exchange.Outcome, bool) {
	if l.hit != nil {
		l.hit(limit)
	}
	l.stopped(ctx, name, args, out.Code)
	return out, true
}
