package engine

import (
	"context"

	"heygen-mcp/internal/ledger"
	"heygen-mcp/tools/refusals"
)

// Refused is what a call of such an estimate would be refused with for the caps of the caller in ctx as they stand, nil where they
// leave room for it. Nothing is reserved.
func (e *Engine) Refused(ctx context.Context, estimate *Estimate) (*refusals.Refusal, error) {
	if e.cfg.Spending == nil {
		return nil, nil //nolint:nilnil // there are no caps
	}
	spending, err := e.cfg.Spending(ctx)
	if err != nil || len(spending.Caps) == 0 {
		return nil, err
	}
	if estimate.High == nil {
		return refusals.CostNotBounded(estimate.Basis, estimate.ToBound, true), nil
	}
	if e.cfg.Ledger == nil {
		return nil, nil //nolint:nilnil // nothing can be held
	}
	now, wants := e.Now(), ledger.Dollars(*estimate.High)
	for _, c := range spending.Caps {
		grant := ""
		if c.Grant {
			grant = spending.Grant
		}
		spent, err := e.cfg.Ledger.Spent(ctx, e.cfg.Caller(ctx), grant, now)
		if err != nil {
			return nil, err
		}
		if left := c.Most - spent; wants > left {
			over := &ledger.OverError{Cap: c, Left: max(0, left), Wants: wants, Reset: ledger.ResetAfter(now)}
			return spending.over(over, estimate.ToBound), nil
		}
	}
	return nil, nil //nolint:nilnil // there is room
}

// over is the refusal of what exceeds a cap. toBound is that of its estimate.
func (s *Spending) over(o *ledger.OverError, toBound string) *refusals.Refusal {
	raise := s.Raise
	if o.Cap.Grant {
		raise = s.RaiseGrant
	}
	return refusals.SpendCapReached(o.Cap.Most.USD(), o.Left.USD(), o.Wants.USD(), o.Cap.Grant, o.Reset, raise, toBound)
}
