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
	items, _ := object["items"].([]any)
	var rows []map[string]any
	for _, it := range items {
		if row, ok := it.(map[string]any); ok {
			rows = append(rows, row)
		}
	}
	b.markUnrecorded(ctx, a.Rows, rows)
	for _, row := range rows {
		b.settleJob(ctx, a.Rows, row, false)
	}
}

// markUnrecorded asks the ledger about all of many rows at once, and remembers those that it has no record of: an
// account's lists may have hundreds that were made elsewhere.
func (b *Book) markUnrecorded(ctx context.Context, t *vocabulary.Thing, rows []map[string]any) {
	var ids []string
	for _, row := range rows {
		id, _, ended := endedJob(t, row)
		if ended && !b.Settled(ctx, t.Kind, id) && !b.isUnrecorded(ctx, t.Kind, id) {
			ids = append(ids, id)
		}
	}
	const worthAsking = 2 // fewer are asked for one by one
	if len(ids) < worthAsking {
		return
	}
	recorded, err := b.cfg.Ledger.Jobs(ctx, b.cfg.Account(ctx), t.Kind, ids)
	if err != nil {
		return // each is asked for
	}
	for _, id := range ids {
		if _, ok := recorded[id]; !ok {
			b.unrecorded.Put(b.jobKey(ctx, t.Kind, id), b.cfg.Now().Add(unrecordedFor))
		}
	}
}

// endedJob is the id of the job that an object is, how it has ended, and whether it has.
func endedJob(t *vocabulary.Thing, object map[string]any) (id string, state vocabulary.State, ended bool) {
	id, _ = object[t.ID].(string)
	word, _ := object["state"].(string)
	if state = vocabulary.State(word); t.DoneAsking && state == vocabulary.NeedsInput {
		state = vocabulary.Done
	}
	return id, state, t.Kind != "" && id != "" && state.Ended()
}

// isUnrecorded reports whether the ledger had no record of a job, not long ago.
func (b *Book) isUnrecorded(ctx context.Context, kind, id string) bool {
	until, ok := b.unrecorded.Get(b.jobKey(ctx, kind, id))
	return ok && b.cfg.Now().Before(until)
}

// settleJob is Settle for one job. whole says that the object is all that its get tells: what it has cost is then found
// out where the ledger does not know it. A row of a list is not worth so many questions.
func (b *Book) settleJob(ctx context.Context, t *vocabulary.Thing, object map[string]any, whole bool) {
	id, state, ended := endedJob(t, object)
	if !ended || b.isUnrecorded(ctx, t.Kind, id) {
		return
	}
	account, key := b.cfg.Account(ctx), b.jobKey(ctx, t.Kind, id)
	j, known := b.settled.Get(key)
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
		if errors.Is(err, ledger.ErrNotFound) {
			b.unrecorded.Put(key, b.cfg.Now().Add(unrecordedFor))
			return
		}
		if err != nil {
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
			b.settled.Put(key, j)
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

// charge finds out what a job has cost of which the ledger only knows that it is done. final says that nothing more is
// to be found.
func (b *Book) charge(
	ctx context.Context, account, kind string, j ledger.Job, object map[string]any,
) (charged ledger.Job, final bool) {
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
	_, known := b.settled.Get(b.jobKey(ctx, kind, id))
	return known
}

// Recorded forgets that the ledger had no record of jobs: now it has one.
func (b *Book) Recorded(ctx context.Context, kind string, ids ...string) {
	for _, id := range ids {
		b.unrecorded.Forget(b.jobKey(ctx, kind, id))
	}
}
