package observe

import (
	"context"
	"time"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/metrics"
	"heygen-mcp/internal/tracing"
	"heygen-mcp/transport"
)

// Observer connects what the packages report to metrics and traces.
type Observer struct {
	metrics *metrics.Metrics // nil without --metrics-listen
	traces  *tracing.Tracing // nil where nobody takes traces
}

// Requests returns the functions by which transport reports requests.
func (o *Observer) Requests() transport.Watch {
	var w transport.Watch
	if o.metrics != nil {
		w.Request, w.Limited = o.metrics.Request, o.metrics.Limited
	}
	if o.metrics != nil || o.traces != nil {
		w.Operation = o.operation
	}
	return w
}

// operation reports one MCP message: it begins a span, and counts when it ends.
func (o *Observer) operation(
	ctx context.Context, op transport.Operation,
) (context.Context, func(string, time.Duration)) {
	ended := func(string) {}
	if o.traces != nil {
		var id string
		ctx, id, ended = o.traces.Operation(ctx, op.Method, op.Tool, op.Version, op.TraceParent)
		transport.SetTraceID(ctx, id)
	}
	return ctx, func(code string, took time.Duration) {
		ended(code)
		if o.metrics != nil {
			o.metrics.Operation(op.Method, op.Tool, op.Version, code, took)
		}
	}
}

// Upstream returns the function by which the client of HeyGen reports each try.
func (o *Observer) Upstream(now func() time.Time) heygen.WatchFunc {
	return func(ctx context.Context, op heygen.Op, try int) (context.Context, func(int, string)) {
		ended := func(int, string) {}
		if o.traces != nil {
			ctx, ended = o.traces.Upstream(ctx, op.Method, op.Path, try)
		}
		start := now()
		return ctx, func(status int, code string) {
			took := now().Sub(start)
			ended(status, code)
			transport.AddUpstream(ctx, took)
			if o.metrics != nil {
				o.metrics.Upstream(op.Method, op.Path, status, try, code, took)
			}
		}
	}
}
