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
	return func(ctx context.Context, name string, args json.RawMessage, progress edge.Progress) (res *mcp.CallToolResult, known bool) {
		run := func() {
			given := args
			args = nil // a long call must not keep them from being collected
			res, known = call(ctx, name, given, progress)
		}
		if !shielded(ctx, log, short(name), run) {
			return nil, true
		}
		if known && res == nil && exchange.From(ctx).Refusal() == nil {
			log.Error().Str("request_id", RequestID(ctx)).Str("tool", short(name)).Msg("a tool gave no result")
			refusal := failed(ctx)
			exchange.From(ctx).Refuse(refusal.Code, refusal.Message, nil)
		}
		return res, known
	}
}

// guardTasks keeps panics of whoever tells of tasks from the client.
func guardTasks(log zerolog.Logger, t *Tasks) *Tasks {
	if t == nil {
		return nil
	}
	return &Tasks{
		Get: func(ctx context.Context, id string) (task *exchange.Task, known bool) {
			shielded(ctx, log, "tasks/get", func() { task, known = t.Get(ctx, id) })
			return task, known
		},
		Update: func(ctx context.Context, id string, answers mcp.InputResponses) (known bool) {
			shielded(ctx, log, "tasks/update", func() { known = t.Update(ctx, id, answers) })
			return known
		},
		Cancel: func(ctx context.Context, id string) (note string, known bool) {
			shielded(ctx, log, "tasks/cancel", func() { note, known = t.Cancel(ctx, id) })
			return note, known
		},
		ForbidsCancel: t.ForbidsCancel,
	}
}

// shielded does some work and says whether it came to its end. A client is told of a panic by the request's id alone, by
// which the log has the rest. what names a tool or a method in it, where the log would not say so otherwise.
func shielded(ctx context.Context, log zerolog.Logger, what string, work func()) (ended bool) {
	p := panics.Catch(work)
	if p != nil {
		logPanic(ctx, log, p, what)
		refusal := failed(ctx)
		exchange.From(ctx).Refuse(refusal.Code, refusal.Message, nil)
	}
	return p == nil
}

func internal(id string) error { return fmt.Errorf("internal error (request %s)", id) }
