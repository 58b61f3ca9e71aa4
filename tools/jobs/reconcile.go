package jobs

import (
	"context"
	"slices"
	"time"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/ledger"
	"heygen-mcp/tools/engine"
)

// reconcile settles calls that were never answered by what HeyGen lists: each is the first thing
// that has its title, was made after the call left, and belongs to no other call. open is in the
// order in which the calls left.
func (j *Jobs) reconcile(ctx context.Context, e *engine.Engine, book *ledger.Ledger, k *Kind, open []ledger.Record) {
	rows, complete, ok := j.candidates(ctx, e, book, k, open[0].At.Add(-clockSkew))
	if !ok {
		return
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

// candidates are the things of a kind that were made since a moment and are of no record, the oldest first, and whether
// they are all. ok is false where HeyGen does not tell them.
func (j *Jobs) candidates(
	ctx context.Context, e *engine.Engine, book *ledger.Ledger, k *Kind, since time.Time,
) (rows []listedRow, complete, ok bool) {
	of := k
	if k.Items != "" {
		if of, ok = j.kindNamed(k.Items); !ok || of.Statuses.Path == "" {
			return nil, false, false
		}
	}
	lister, ok := j.choice.Find(of.ListTool)
	if !ok {
		return nil, false, false
	}
	rows, complete = j.rowsSince(ctx, e, of, lister.Op, since)
	if rows, ok = unrecorded(ctx, e, book, of, rows); !ok || len(rows) == 0 {
		return rows, complete, ok
	}
	batches := map[string]string{}
	if of.Statuses.Path != "" {
		looks, err := j.statuses(ctx, e, idsOf(rows), of)
		if err != nil {
			return nil, false, false
		}
		for id, l := range looks {
			batches[id], _ = l.state["batch_id"].(string)
		}
	}
	if k.Items == "" { // what a batch has made is none of a single call's
		return slices.DeleteFunc(rows, func(r listedRow) bool { return batches[r.id] != "" }), complete, true
	}
	var ids []string
	for _, r := range rows {
		if id := batches[r.id]; id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	rows, all, ok := j.batchRows(ctx, e, book, k, ids)
	return rows, complete && all, ok
}

// batchRows are those of some batches that are of no record, the oldest first, and whether they are all.
func (j *Jobs) batchRows(
	ctx context.Context, e *engine.Engine, book *ledger.Ledger, k *Kind, ids []string,
) (rows []listedRow, complete, ok bool) {
	for _, id := range ids {
		rows = append(rows, listedRow{id: id})
	}
	if rows, ok = unrecorded(ctx, e, book, k, rows); !ok {
		return nil, false, false
	}
	complete = len(rows) <= maxRefreshedSingly
	rows = rows[:min(len(rows), maxRefreshedSingly)]
	looks, err := j.statesSingly(ctx, e, idsOf(rows), k)
	if err != nil {
		return nil, false, false
	}
	var told []any
	for _, l := range looks {
		if l.whole {
			told = append(told, l.state)
		}
	}
	return listedRows(map[string]any{"items": told}, k), complete && len(told) == len(rows), true
}

// unrecorded are the things that are of no record; ok is false where that cannot be told.
func unrecorded(
	ctx context.Context, e *engine.Engine, book *ledger.Ledger, k *Kind, rows []listedRow,
) (left []listedRow, ok bool) {
	for some := range slices.Chunk(idsOf(rows), maxRefreshed) {
		known, err := book.Jobs(ctx, e.Account(ctx), k.Name, some)
		if err != nil {
			return nil, false
		}
		rows = slices.DeleteFunc(rows, func(r listedRow) bool { _, is := known[r.id]; return is })
	}
	return rows, true
}

// idsOf are the ids of things that HeyGen lists.
func idsOf(rows []listedRow) []string {
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.id
	}
	return ids
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
