package spend

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"heygen-mcp/internal/ledger"
	"heygen-mcp/internal/usd"
	"heygen-mcp/tools/vocabulary"
)

// Settle tells the ledger of each job in an answer that has ended, and the answer what the job did cost.
func (b *Book) Settle(ctx context.Context, a vocabulary.Answered, object map[string]any) {
	if b.cfg.Ledger == nil {
		return
	}
	if a.Of != nil && !a.Begins {
		b.settleJob(ctx, a.Of, object, a.Whole)
	}
	if a.Rows == nil {
		return
	}
	rows, _ := object["items"].([]any)
	for _, r := range rows {
		if row, ok := r.(map[string]any); ok {
			b.settleJob(ctx, a.Rows, row, false)
		}
	}
}

// settleJob is Settle for one job. whole says that the object is all that its get tells: what it has cost is then found out where the
// ledger does not know it. A row of a list is not worth so many questions.
func (b *Book) settleJob(ctx context.Context, t *vocabulary.Thing, object map[string]any, whole bool) {
	id, _ := object[t.ID].(string)
	word, _ := object["state"].(string)
	state := vocabulary.State(word)
	if t.Kind == "" || id == "" || !state.Ended() {
		return
	}
	account := b.cfg.Account(ctx)
	of := account + "\x00" + t.Kind + "\x00" + id
	j, known := b.settled.Get(of)
	if !known {
		o := ledger.Outcome{State: ledger.State(state)}
		if t.Seconds != "" && state == vocabulary.Done {
			n, ok := object[t.Seconds].(json.Number)
			if !ok {
				return // an answer to come has its length
			}
			o.Seconds, _ = n.Float64()
		}
		var err error
		j, err = b.cfg.Ledger.JobEnded(ctx, account, t.Kind, id, o, b.cfg.Now())
		if err != nil && !errors.Is(err, ledger.ErrNotFound) {
			b.cfg.Trouble(ctx, fmt.Errorf("settling a job: %w", err))
			return
		}
		final := true
		if j.State == ledger.Done && j.CostBasis == "" && b.cfg.Charged != nil {
			if final = whole; whole {
				j, final = b.charge(ctx, account, t.Kind, j, object)
			}
		}
		if final {
			b.settled.Put(of, j)
		}
	}
	switch {
	case object["cost_usd"] != nil:
	case j.CostBasis != "":
		object["cost_usd"], object["cost_basis"] = j.Cost.USD(), j.CostBasis
	case j.State == ledger.Done && j.Basis != "":
		object["cost_basis"] = NotKnown + j.Basis
	}
}

// NotKnown goes before the basis of a cost that is not known: what is charged for says why.
const NotKnown = "not known: "

// charge finds out what a job has cost of which the ledger only knows that it is done. final says that nothing more is to be found.
func (b *Book) charge(ctx context.Context, account, kind string, j ledger.Job, object map[string]any) (charged ledger.Job, final bool) {
	c := b.cfg.Charged(ctx, kind, object)
	if !c.Known {
		if c.High > 0 {
			j.Basis = usd.Text(usd.Down(c.Low)) + " to " + usd.Text(usd.Up(c.High)) + " USD, by " + j.Basis
		}
		return j, !c.Later
	}
	charged, err := b.cfg.Ledger.Charged(ctx, account, kind, j.ID, ledger.Dollars(c.USD))
	if err != nil {
		b.cfg.Trouble(ctx, fmt.Errorf("settling a job: %w", err))
		return j, false
	}
	return charged, true
}

// Settled reports whether all that can be found out of a job has been.
func (b *Book) Settled(ctx context.Context, kind, id string) bool {
	_, known := b.settled.Get(b.cfg.Account(ctx) + "\x00" + kind + "\x00" + id)
	return known
}
