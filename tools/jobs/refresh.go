package jobs

import (
	"context"
	"slices"
	"time"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/ledger"
	"heygen-mcp/tools/engine"
)

const (
	// unsettledAfter is how long a call may be under way before its record is settled by what HeyGen lists.
	unsettledAfter = 2 * time.Minute
	// listLag is how long HeyGen may take to list what was made: a call of which it shows nothing is taken not to have
	// happened only after that.
	listLag = 15 * time.Minute
	// clockSkew is how far HeyGen's clock may be from this one.
	clockSkew = time.Minute
)

// looks are the operations by which states are asked for.
func (j *Jobs) looks() []heygen.Op {
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

// refresh asks HeyGen how far the account's jobs are, and what became of calls that were never answered. It does what it
// can in its time: what it cannot find out stays as it is recorded.
func (j *Jobs) refresh(ctx context.Context, e *engine.Engine, book *ledger.Ledger) {
	ctx, cancel := context.WithTimeout(ctx, refreshTime)
	defer cancel()
	account := e.Account(ctx)
	if open, err := book.Unsettled(ctx, account, e.Now().Add(-unsettledAfter), maxRefreshed); err == nil {
		byKind := map[string][]ledger.Record{}
		for _, r := range open {
			byKind[r.Kind] = append(byKind[r.Kind], r)
		}
		for name, records := range byKind {
			if k, ok := j.kindNamed(name); ok {
				j.reconcile(ctx, e, book, k, records)
			}
		}
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
		if k.Statuses.Path == "" {
			ids = ids[:min(len(ids), maxSingly)]
		}
		states, err := j.states(ctx, e, ids, k)
		if err != nil {
			continue
		}
		for id, state := range states {
			// A list of statuses does not tell how long a job's result is; its get does, and settles the job.
			if stateOf(state) == engine.Done && k.Statuses.Path != "" && k.Seconds != "" {
				_, _ = e.Do(ctx, k.Get, k.Ref(id))
			}
		}
	}
}

// reconcile settles calls that were never answered by what HeyGen lists: each is the first thing that has its title, was
// made after the call left, and belongs to no other call.
func (j *Jobs) reconcile(ctx context.Context, e *engine.Engine, book *ledger.Ledger, k *Kind, open []ledger.Record) {
	lister, ok := j.choice.Find(k.ListTool)
	if !ok {
		return
	}
	page, err := e.Do(ctx, lister.Op, nil)
	if err != nil {
		return
	}
	rows, oldest := listedRows(page, k)
	if more, _ := page["has_more"].(bool); !more {
		oldest = time.Time{}
	}
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.id
	}
	known, err := book.Jobs(ctx, e.Account(ctx), k.Name, ids)
	if err != nil {
		return
	}
	rows = slices.DeleteFunc(rows, func(r listedRow) bool { _, is := known[r.id]; return is })
	for _, r := range open {
		i := slices.IndexFunc(rows, func(row listedRow) bool {
			return (r.Title == "" || row.title == r.Title) && row.at.After(r.At.Add(-clockSkew)) && row.at.Before(r.At.Add(listLag))
		})
		switch {
		case i >= 0:
			if book.Answered(ctx, r.ID, []string{rows[i].id}) == nil {
				rows = slices.Delete(rows, i, i+1)
			}
		case oldest.Before(r.At.Add(-clockSkew)) && e.Now().After(r.At.Add(listLag)):
			_ = book.Refused(ctx, r.ID, e.Now()) // it stays open, and the next look settles it
		}
	}
}

// listedRow is a thing that HeyGen lists.
type listedRow struct {
	id, title string
	at        time.Time
}

// listedRows are the rows of a page that say when they were made, the oldest first, and when the oldest was.
func listedRows(page map[string]any, k *Kind) (rows []listedRow, oldest time.Time) {
	items, _ := page["items"].([]any)
	for _, it := range items {
		item, _ := it.(map[string]any)
		id, _ := item[k.idParam()].(string)
		title, _ := item["title"].(string)
		created, _ := item["created_at"].(string)
		at, err := time.Parse(time.RFC3339, created)
		if id != "" && err == nil {
			rows = append(rows, listedRow{id, title, at})
		}
	}
	slices.SortStableFunc(rows, func(a, b listedRow) int { return a.at.Compare(b.at) })
	if len(rows) > 0 {
		oldest = rows[0].at
	}
	return rows, oldest
}
