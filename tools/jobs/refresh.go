package jobs

import (
	"context"
	"time"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/ledger"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/vocabulary"
)

const (
	// unsettledAfter is how long a call may be under way before its record is settled by what HeyGen lists.
	unsettledAfter = 2 * time.Minute
	// listLag is how long HeyGen may take to list what was made: a call of which it shows nothing is taken not to have
	// happened only after that.
	listLag = 15 * time.Minute
	// longestCall is how long a create can be under way, with all its repeats.
	longestCall = 5 * time.Minute
	// pageSize and maxPages bound what is read of a list.
	pageSize, maxPages = 100, 20
	// clockSkew is how far HeyGen's clock may be from this one.
	clockSkew = time.Minute
)

// lookOps are the operations by which states are asked for.
func (j *Jobs) lookOps() []heygen.Op {
	var ops []heygen.Op
	for i := range j.kinds {
		k := &j.kinds[i]
		if k.Statuses.Path != "" {
			ops = append(ops, k.Statuses)
		}
		ops = append(ops, k.Get)
	}
	return ops
}

// refresh asks HeyGen how far the account's jobs are, and what became of calls that were never
// answered. It does what it can in its time: what it cannot find out stays as it is recorded.
func (j *Jobs) refresh(ctx context.Context, e *engine.Engine, book *ledger.Ledger) {
	ctx, cancel := context.WithTimeout(ctx, refreshTime)
	defer cancel()
	account := e.Account(ctx)
	before := e.Now().Add(-unsettledAfter)
	if !book.Shared() && e.Started().After(before) {
		before = e.Started() // what left before this process began has nobody any more who waits for its answer
	}
	if open, err := book.Unsettled(ctx, account, before, maxUnsettled); err == nil {
		byKind := map[string][]ledger.Record{}
		for _, r := range open {
			if t, ok := j.choice.Find(r.Tool); ok && t.ManyParts() {
				continue // no one thing in the lists tells what became of a call of many
			}
			byKind[r.Kind] = append(byKind[r.Kind], r)
		}
		for name, records := range byKind {
			if k, ok := j.kindNamed(name); ok {
				j.reconcile(ctx, e, book, k, records)
			}
		}
	}
	if unpriced, err := book.Unpriced(ctx, account, maxRefreshed); err == nil {
		j.priceSome(ctx, e, unpriced)
	}
	running, err := book.Running(ctx, account, maxRefreshed)
	if err != nil {
		return
	}
	for name, ids := range running {
		k, ok := j.kindNamed(name)
		if !ok || !j.offered(k) {
			continue
		}
		e.Recorded(ctx, name, ids...) // what was in no record before may have been found to be a lost answer's
		if k.Statuses.Path == "" {
			ids = ids[:min(len(ids), maxRefreshedSingly)]
		}
		j.sweep(groupOf(ctx, e, k), func() { j.settle(ctx, e, k, ids) })
	}
}

// priceSome gets some jobs that are done and whose cost is not known, which finds it out where it can be.
func (j *Jobs) priceSome(ctx context.Context, e *engine.Engine, unpriced map[string][]string) {
	var some []jobRef
	for name, ids := range unpriced {
		k, ok := j.kindNamed(name)
		if !ok || k.Charged == nil && k.Items == "" || !j.offered(k) {
			continue
		}
		for _, id := range ids {
			if len(some) < maxRefreshedSingly && !e.Settled(ctx, name, id) {
				some = append(some, jobRef{k, id})
			}
		}
	}
	atOnce(len(some), func(i int) { _, _ = e.Do(ctx, some[i].kind.Get, some[i].kind.Ref(some[i].id)) })
}

// settle asks how far jobs are, which settles the records of those that have ended.
func (j *Jobs) settle(ctx context.Context, e *engine.Engine, k *Kind, ids []string) {
	looks, err := j.looks(ctx, e, refsOf(k, ids))
	if err != nil {
		return
	}
	for r, l := range looks {
		// A list of statuses does not tell how long a job's result is; its get does, and settles the job.
		if stateOf(l.state) == vocabulary.Done && !l.whole && k.Seconds != "" {
			_, _ = e.Do(ctx, k.Get, k.Ref(r.id))
		}
	}
}

// sweep does the work of a group, unless it is being done: then it waits for that, which takes refreshTime at the most.
func (j *Jobs) sweep(group string, work func()) {
	_, _, _ = j.sweeps.Do(group, func() (any, error) {
		work()
		return nil, nil //nolint:nilnil // what the work finds out is in the records
	})
}
