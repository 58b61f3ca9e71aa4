package sandbox

import (
	"heygen-mcp/internal/sandbox/seeded"

	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"
)

const (
	// maxStatuses is how many ids one call for statuses takes.
	maxStatuses = 100

	// batchLanes is how many jobs of one batch run at once. It is below maxJobs, so that a batch of a hundred leaves
	// room for single jobs.
	batchLanes = 5
)

// batch is several jobs of one kind that were asked for at once.
type batch struct {
	id, title, callbackURL string
	kind                   jobKind
	owner                  *account
	created                time.Time
	items                  []batchItem
	ended                  bool // whoever asked to know was told
}

// batchItem is one of a batch: a job, or the reason why there is none.
type batchItem struct {
	job     *job
	running float64 // the seconds that the job takes; an idle job waits for its release
	refused *apiError
}

// beginBatch makes a batch of jobs that have not begun. What cannot begin is an item that failed. The jobs wait for each
// other instead of being refused for their number.
func (s *Sandbox) beginBatch(v *visit, b *batch) {
	now := s.clock.Now()
	s.settle(v.account, now)
	b.owner, b.created = v.account, now
	b.id = "btch_" + seeded.HexID(s.seed, b.kind.name, v.account.name, "batch", s.next())
	lanes := make([]time.Time, batchLanes)
	for i := range b.items {
		one := &b.items[i]
		if one.refused != nil {
			continue
		}
		one.job.batch, one.job.index = b, i
		lane := 0
		if !one.job.idle {
			for n := range lanes {
				if lanes[n].Before(lanes[lane]) {
					lane = n
				}
			}
			one.job.schedule(now, pendingSeconds, one.running, s.speed)
			if wait := lanes[lane].Sub(one.job.starts); wait > 0 {
				one.job.starts, one.job.ends = one.job.starts.Add(wait), one.job.ends.Add(wait)
			}
		}
		if one.refused = s.admit(v, one.job, now); one.refused != nil {
			one.job = nil
		} else if !one.job.idle {
			lanes[lane] = one.job.ends
		}
	}
	v.account.batches[b.id] = b
	s.noteBatch(b, now)
}

// noteBatch tells whoever asked to know when the last item of a batch has come to its end.
func (s *Sandbox) noteBatch(b *batch, now time.Time) {
	if b == nil || b.ended || b.status(now) == "processing" {
		return
	}
	b.ended = true
	for _, tell := range s.onBatchEnd {
		tell(b)
	}
}

// ownBatch finds a batch of a kind that is the caller's.
func (s *Sandbox) ownBatch(v *visit, kind jobKind, id string) (*batch, *apiError) {
	s.settle(v.account, s.clock.Now())
	b, ok := v.account.batches[id]
	if !ok || b.kind.name != kind.name {
		return nil, notFound("resource_not_found", "Batch")
	}
	return b, nil
}

// status of an item is a job's state in the words of batches, which are the same for every kind.
func (one batchItem) status(now time.Time) string {
	j := one.job
	switch {
	case j == nil || j.cancelled:
		return "failed"
	case j.idle || now.Before(j.starts):
		return "queued"
	case now.Before(j.ends):
		return "processing"
	case j.fails:
		return "failed"
	}
	return "completed"
}

// problem is why an item failed, or nil.
func (one batchItem) problem(now time.Time) any {
	switch {
	case one.refused != nil:
		return map[string]any{"code": one.refused.code, "message": one.refused.message}
	case one.job.cancelled:
		return map[string]any{"code": "resource_not_found", "message": "It was deleted before it was done."}
	case one.status(now) == "failed":
		return map[string]any{"code": failureCode, "message": one.job.reason(now)}
	}
	return nil
}

func (one batchItem) id() any {
	if one.job == nil {
		return nil
	}
	return one.job.id
}

// counts is how many items there are of each status.
func (b *batch) counts(now time.Time) map[string]int {
	counts := map[string]int{"queued": 0, "processing": 0, "completed": 0, "failed": 0}
	for _, one := range b.items {
		counts[one.status(now)]++
	}
	return counts
}

// status is of the whole: v3 does not say what a mixed result is, and here a batch fails when nothing of it succeeded.
func (b *batch) status(now time.Time) string {
	counts := b.counts(now)
	switch {
	case counts["queued"]+counts["processing"] > 0:
		return "processing"
	case counts["completed"] == 0:
		return "failed"
	}
	return "completed"
}

// showCreatedBatch is what the create of most batches answers.
func (s *Sandbox) showCreatedBatch(b *batch) any {
	return map[string]any{"batch_id": b.id, "status": b.status(s.clock.Now()), "total_items": len(b.items)}
}

// getBatch makes the endpoint GET …/batches/{batch_id} of a kind. Its pages stand inside data.
func (s *Sandbox) getBatch(kind jobKind) endpoint {
	return func(r *http.Request, v *visit) (any, *apiError) {
		l, apiErr := s.readListing(r)
		if apiErr != nil {
			return nil, apiErr
		}
		b, apiErr := s.ownBatch(v, kind, chi.URLParam(r, "batch_id"))
		if apiErr != nil {
			return nil, apiErr
		}
		now := s.clock.Now()
		indexes := make([]int, len(b.items))
		for i := range indexes {
			indexes[i] = i
		}
		items := byIndex(s, l, indexes, func(i int) any {
			one := b.items[i]
			return map[string]any{"item_index": i, "video_id": one.id(), "status": one.status(now), "error": one.problem(now)}
		})
		return map[string]any{
			"batch_id":         b.id,
			"title":            orNull(b.title),
			"status":           b.status(now),
			"created_at":       b.created.Unix(),
			"total_items":      len(b.items),
			"counts_by_status": b.counts(now),
			"items":            items.Data,
			"has_more":         items.HasMore,
			"next_token":       items.NextToken,
		}, nil
	}
}

// getStatuses makes the endpoint GET …/statuses of a kind. It answers in the order asked for, and an id of any kind
// travels as video_id.
func (s *Sandbox) getStatuses(kind jobKind, param string) endpoint {
	return func(r *http.Request, v *visit) (any, *apiError) {
		q := r.URL.Query()
		ids, batches := commaList(q.Get(param)), commaList(q.Get("batch_ids"))
		switch n := len(ids) + len(batches); {
		case n == 0:
			return nil, invalid(param, "At least one of '%s' or 'batch_ids' must be provided.", param)
		case n > maxStatuses:
			return nil, invalid(param, "At most %d ids can be looked up at once.", maxStatuses)
		}
		now := s.clock.Now()
		items := []any{}
		for _, id := range ids {
			j, apiErr := s.ownJob(v, kind, id)
			if apiErr != nil {
				items = append(items, showStatus(id, "not_found", nil, nil, nil))
				continue
			}
			one := batchItem{job: j}
			if j.batch != nil {
				items = append(items, showStatus(id, one.status(now), j.batch.id, j.index, one.problem(now)))
			} else {
				items = append(items, showStatus(id, one.status(now), nil, nil, one.problem(now)))
			}
		}
		for _, id := range batches {
			b, apiErr := s.ownBatch(v, kind, id)
			if apiErr != nil {
				items = append(items, showStatus(nil, "not_found", id, nil, nil))
				continue
			}
			for i, one := range b.items {
				items = append(items, showStatus(one.id(), one.status(now), id, i, one.problem(now)))
			}
		}
		return page{Data: items}, nil
	}
}

func showStatus(id any, status string, batchID, index, problem any) any {
	return map[string]any{"video_id": id, "status": status, "batch_id": batchID, "item_index": index, "error": problem}
}

func commaList(list string) []string {
	return slices.DeleteFunc(strings.Split(list, ","), func(id string) bool { return id == "" })
}
