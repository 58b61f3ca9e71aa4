package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/ledger"
	"heygen-mcp/tools/vocabulary"
)

// settle tells the ledger of each job in an answer that has ended, and the answer what the job did cost.
func (e *Engine) settle(ctx context.Context, op heygen.Op, object map[string]any) {
	if e.cfg.Ledger == nil {
		return
	}
	a := e.cfg.Vocabulary.Of(op)
	if a.Of != nil && !a.Begins {
		e.settleJob(ctx, a.Of, object)
	}
	if a.Rows == nil {
		return
	}
	rows, _ := object["items"].([]any)
	for _, r := range rows {
		if row, ok := r.(map[string]any); ok {
			e.settleJob(ctx, a.Rows, row)
		}
	}
}

// settleJob is settle for one job.
func (e *Engine) settleJob(ctx context.Context, t *vocabulary.Thing, object map[string]any) {
	id, _ := object[t.ID].(string)
	word, _ := object["state"].(string)
	state := vocabulary.State(word)
	if t.Kind == "" || id == "" || !state.Ended() {
		return
	}
	account := e.cfg.Caller(ctx)
	of := account + "\x00" + t.Kind + "\x00" + id
	j, known := e.settled.Get(of)
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
		j, err = e.cfg.Ledger.JobEnded(ctx, account, t.Kind, id, o, e.Now())
		if err != nil && !errors.Is(err, ledger.ErrNotFound) {
			e.Trouble(ctx, fmt.Errorf("settling a job: %w", err))
			return
		}
		e.settled.Put(of, j)
	}
	if j.CostBasis != "" && object["cost_usd"] == nil {
		object["cost_usd"], object["cost_basis"] = j.Cost.USD(), j.CostBasis
	}
}
