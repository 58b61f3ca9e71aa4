package transport

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/rs/zerolog"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/internal/panics"
	"heygen-mcp/transport/edge"
)

// guardCall keeps panics of tools from the client.
func guardCall(log zerolog.Logger, call edge.CallFunc) edge.CallFunc {
	return func(ctx context.Context, name string, args json.RawMessage, progress edge.Progress) (out exchange.Outcome, known bool) {
		run := func() {
			given := args
			args = nil // a long call must not keep them from being collected
			out, known = call(ctx, name, given, progress)
		}
		if !shielded(ctx, log, clipForLog(name), run) {
			return exchange.Outcome{Refusal: failed(ctx)}, true
		}
		told := func(out exchange.Outcome) exchange.Outcome {
			if out.Result == nil && out.Refusal == nil && out.Task == nil {
				log.Error().Str("request_id", RequestID(ctx)).Str("tool", clipForLog(name)).Msg("a tool gave no result")
				out.Refusal = failed(ctx)
			}
			return out
		}
		if known && out.Pause == nil {
			return told(out), known
		}
		if out.Pause != nil {
			out.Pause.Wrap(func(resume func() (exchange.Outcome, bool)) (end exchange.Outcome, ended bool) {
				if !shielded(ctx, log, clipForLog(name), func() { end, ended = resume() }) {
					return exchange.Outcome{Refusal: failed(ctx)}, true
				}
				if ended {
					end = told(end)
				}
				return end, ended
			})
		}
		return out, known
	}
}

// guardTasks keeps panics of whoever tells of tasks from the client.
func guardTasks(log zerolog.Logger, t *Tasks) *Tasks {
	if t == nil {
		return nil
	}
	guarded := func(ctx context.Context, method string, work func() (exchange.Outcome, bool)) (out exchange.Outcome, known bool) {
		if !shielded(ctx, log, method, func() { out, known = work() }) {
			return exchange.Outcome{Refusal: failed(ctx)}, true
		}
		return out, known
	}
	return &Tasks{
		Get: func(ctx context.Context, id string) (exchange.Outcome, bool) {
			return guarded(ctx, "tasks/get", func() (exchange.Outcome, bool) { return t.Get(ctx, id) })
		},
		Update: func(ctx context.Context, id string, answers mcp.InputResponses) (exchange.Outcome, bool) {
			return guarded(ctx, "tasks/update", func() (exchange.Outcome, bool) { return t.Update(ctx, id, answers) })
		},
		Cancel: func(ctx context.Context, id string) (exchange.Outcome, bool) {
			return guarded(ctx, "tasks/cancel", func() (exchange.Outcome, bool) { return t.Cancel(ctx, id) })
		},
		ForbidsCancel: t.ForbidsCancel,
	}
}

// shielded does some work and says whether it came to its end. A client is told of a panic by the request's id alone,
// by failed, by which the log has the rest. what names a tool or a method in it, where the log would not say so
// otherwise.
func shielded(ctx context.Context, log zerolog.Logger, what string, work func()) (ended bool) {
	p := panics.Catch(work)
	if p != nil {
		logPanic(ctx, log, p, what)
	}
	return p == nil
}

func internal(id string) error { return fmt.Errorf("internal error (request %s)", id) }
