package spend

import (
	"context"

	"heygen-mcp/internal/ledger"
	"heygen-mcp/tools/refusals"
)

// Limits are what may be spent by a caller, and for whom records are kept.
type Limits struct {
	// Grant is the connection that is used and Client its name, "" for a credential of the caller's own.
	Grant, Client string
	Caps          []ledger.Cap
	// Raise says who can raise the cap of the account and where, RaiseGrant the same of the connection's.
	Raise, RaiseGrant string
}

// limits are those of the caller in ctx.
func (b *Book) limits(ctx context.Context) (Limits, error) {
	if b.cfg.Limits == nil {
		return Limits{}, nil
	}
	return b.cfg.Limits(ctx)
}

// within refuses an estimate that is over the most that the caller allows, nil for any, or that nobody knows where
// there are limits.
func (l *Limits) within(e *Estimate, most *float64) error {
	capped := len(l.Caps) > 0
	switch {
	case e.High == nil && (most != nil || capped):
		return refusals.CostNotBounded(e.Basis, e.ToBound, capped)
	case most != nil && *e.High > *most:
		return refusals.CostOverMax(*e.High, *most, e.ToBound)
	}
	return nil
}

// capReached is the refusal of what exceeds a cap.
func (l *Limits) capReached(o *ledger.OverError, e *Estimate) *refusals.Refusal {
	raise := l.Raise
	if o.Cap.Grant {
		raise = l.RaiseGrant
	}
	return refusals.SpendCapReached(o.Cap.Most.USD(), o.Left.USD(), o.Wants.USD(), o.Cap.Grant, o.Reset, raise, e.ToBound)
}

// Refused is what a call of such an estimate would be refused with for the caps of the caller in ctx as they stand, nil
// where they leave room for it. Nothing is reserved.
func (b *Book) Refused(ctx context.Context, e *Estimate) (*refusals.Refusal, error) {
	limits, err := b.limits(ctx)
	if err != nil || len(limits.Caps) == 0 {
		return nil, err
	}
	if e.High == nil {
		return refusals.CostNotBounded(e.Basis, e.ToBound, true), nil
	}
	if b.cfg.Ledger == nil {
		return nil, nil //nolint:nilnil // nothing can be held
	}
	now, wants := b.cfg.Now(), ledger.Dollars(*e.High)
	for _, c := range limits.Caps {
		grant := ""
		if c.Grant {
			grant = limits.Grant
		}
		spent, err := b.cfg.Ledger.Spent(ctx, b.cfg.Account(ctx), grant, now)
		if err != nil {
			return nil, err
		}
		if left := c.Most - spent; wants > left {
			return limits.capReached(&ledger.OverError{Cap: c, Left: max(0, left), Wants: wants, Reset: ledger.ResetAfter(now)}, e), nil
		}
	}
	return nil, nil //nolint:nilnil // there is room
}
