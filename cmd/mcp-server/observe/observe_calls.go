package observe

import (
	"context"

	"heygen-mcp/auth"
	"heygen-mcp/internal/ledger"
	"heygen-mcp/tools"
)

// Calls counts the calls of tools and passes them on.
func (o *Observer) Calls(next func(context.Context, tools.Event)) func(context.Context, tools.Event) {
	if o.metrics == nil {
		return next
	}
	return func(ctx context.Context, e tools.Event) {
		code := e.Outcome
		if code == tools.OutcomeOK {
			code = ""
		}
		o.metrics.Call(e.Tool, code, e.CostUSD)
		next(ctx, e)
	}
}

// SignIns counts what happens to grants and passes it on.
func (o *Observer) SignIns(next func(context.Context, auth.Event)) func(context.Context, auth.Event) {
	if o.metrics == nil {
		return next
	}
	return func(ctx context.Context, e auth.Event) {
		o.metrics.Grant(e.What)
		next(ctx, e)
	}
}

// Checks returns the functions by which auth reports checks of credentials; nil without metrics.
func (o *Observer) Checks() (checked func(string), remembered func(string, bool)) {
	if o.metrics == nil {
		return nil, nil
	}
	return o.metrics.Checked, o.metrics.Remembered
}

// Jobs returns the functions by which tools report polls and waits; nil without metrics.
func (o *Observer) Jobs() (polled func(kind string), waiting func(change int)) {
	if o.metrics == nil {
		return nil, nil
	}
	return o.metrics.Polled, o.metrics.Waiting
}

// Spent returns the function by which the ledger reports settled costs; nil without metrics.
func (o *Observer) Spent() func(tool string, cost ledger.Money) {
	if o.metrics == nil {
		return nil
	}
	return func(tool string, cost ledger.Money) { o.metrics.Spent(tool, cost.USD()) }
}
