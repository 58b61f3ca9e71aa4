package jobs

import (
	"context"
	"slices"
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
	var some []ref
	for name, ids := range unpriced {
		k, ok := j.kindNamed(name)
		if !ok || k.Charged == nil && k.Items == "" || !j.offered(k) {
			continue
		}
		for _, id := range ids {
			if len(some) < maxRefreshedSingly && !e.Settled(ctx, name, id) {
				some = append(some, ref{k, id})
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

// reconcile settles calls that were never answered by what HeyGen lists: each is the first thing
// that has its title, was made after the call left, and belongs to no other call. open is in the
// order in which the calls left.
func (j *Jobs) reconcile(ctx context.Context, e *engine.Engine, book *ledger.Ledger, k *Kind, open []ledger.Record) {
	lister, ok := j.choice.Find(k.ListTool)
	if !ok {
		return
	}
	rows, complete := j.rowsSince(ctx, e, k, lister.Op, open[0].At.Add(-clockSkew))
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.id
	}
	for some := range slices.Chunk(ids, maxRefreshed) {
		known, err := book.Jobs(ctx, e.Account(ctx), k.Name, some)
		if err != nil {
			return
		}
		rows = slices.DeleteFunc(rows, func(r listedRow) bool { _, is := known[r.id]; return is })
	}
	for _, r := range open {
		i := slices.IndexFunc(rows, func(row listedRow) bool {
			return (r.Title == "" || row.title == r.Title) && row.at.After(r.At.Add(-clockSkew)) && row.at.Before(r.At.Add(longestCall))
		})
		switch {
		case i >= 0:
			if book.Answered(ctx, r.ID, []string{rows[i].id}) == nil {
				rows = slices.Delete(rows, i, i+1)
			}
		case complete && e.Now().After(r.At.Add(listLag)):
			_ = book.Refused(ctx, r.ID, e.Now()) // it stays open, and the next look settles it
		}
	}
}

// listPage is the input of an operation that lists.
type listPage struct {
	Limit int     `json:"limit" in:"query"`
	Token *string `json:"token" in:"query"`
}

// batchPage is the input of an operation that gets a page of a batch.
type batchPage struct {
	ID    string `json:"batch_id" in:"path"`
	Limit int    `json:"limit" in:"query"`
	Token string `json:"token" in:"query"`
}

// rowsSince are the things of a kind that HeyGen lists and that were made since a moment, the
// oldest first, and whether they are all of them.
func (j *Jobs) rowsSince(
	ctx context.Context, e *engine.Engine, k *Kind, op heygen.Op, since time.Time,
) (rows []listedRow, complete bool) {
	in := listPage{Limit: pageSize}
	for range maxPages {
		page, err := e.Do(ctx, op, &in)
		if err != nil {
			break
		}
		some := listedRows(page, k)
		rows = append(some, rows...)
		token, _ := page["next_token"].(string)
		if complete = token == "" || len(some) > 0 && some[0].at.Before(since); complete {
			break
		}
		in.Token = &token
	}
	return rows, complete
}

// listedRow is a thing that HeyGen lists.
type listedRow struct {
	id, title string
	at        time.Time
}

// listedRows are the rows of a page that say when they were made, the oldest first.
func listedRows(page map[string]any, k *Kind) (rows []listedRow) {
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
	return rows
}
