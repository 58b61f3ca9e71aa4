package engine

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/seeded"
)

const (
	// maxStatuses is how many ids one call for statuses takes.
	maxStatuses = 100

	// batchLanes is how many jobs of one batch run at once. It is below maxJobs, so that a batch of
	// a hundred leaves room for single jobs.
	batchLanes = 5
)

// Batch is several jobs of one kind that were asked for at once.
type Batch struct {
	ID, Title, CallbackURL string
	Kind                   JobKind
	Owner                  *Account
	created                time.Time
	Items                  []BatchItem
	ended                  bool // whoever asked to know was told
}

// BatchItem is one of a batch: a job, or the reason why there is none.
type BatchItem struct {
	Job     *Job
	Running float64 // the seconds that the job takes; an idle job waits for its release
	Refused *Error
}

// BeginBatch makes a batch of jobs that have not begun. What cannot begin is an item that failed.
// The jobs wait for each other instead of being refused for their number.
func (e *Engine) BeginBatch(v *Request, b *Batch) {
	now := e.clock.Now()
	e.Settle(v.Account, now)
	b.Owner, b.created = v.Account, now
	b.ID = "btch_" + seeded.HexID(e.Seed, b.Kind.Name, v.Account.Name, "batch", e.NextSerial())
	lanes := make([]time.Time, batchLanes)
	for i := range b.Items {
		one := &b.Items[i]
		if one.Refused != nil {
			continue
		}
		one.Job.batch, one.Job.index = b, i
		lane := 0
		if !one.Job.Idle {
			for n := range lanes {
				if lanes[n].Before(lanes[lane]) {
					lane = n
				}
			}
			one.Job.schedule(now, PendingSeconds, one.Running, e.speed)
			if wait := lanes[lane].Sub(one.Job.starts); wait > 0 {
				one.Job.starts, one.Job.Ends = one.Job.starts.Add(wait), one.Job.Ends.Add(wait)
			}
		}
		if one.Refused = e.admit(v, one.Job, now); one.Refused != nil {
			one.Job = nil
		} else if !one.Job.Idle {
			lanes[lane] = one.Job.Ends
		}
	}
	v.Account.batches[b.ID] = b
	e.noteBatch(b, now)
}

// noteBatch tells whoever asked to know when the last item of a batch has come to its end.
func (e *Engine) noteBatch(b *Batch, now time.Time) {
	if b == nil || b.ended || b.Status(now) == "processing" {
		return
	}
	b.ended = true
	for _, tell := range e.batchEnd {
		tell(b)
	}
}

// OwnBatch finds a batch of a kind that is the caller's.
func (e *Engine) OwnBatch(v *Request, kind JobKind, id string) (*Batch, *Error) {
	e.Settle(v.Account, e.clock.Now())
	b, ok := v.Account.batches[id]
	if !ok || b.Kind.Name != kind.Name {
		return nil, NotFound("not_found", "Batch")
	}
	return b, nil
}

// status of an item is a job's state in the words of batches, which are the same for every kind.
func (one BatchItem) status(now time.Time) string {
	j := one.Job
	switch {
	case j == nil || j.Cancelled:
		return "failed"
	case j.Idle || now.Before(j.starts):
		return "queued"
	case now.Before(j.Ends):
		return "processing"
	case j.Fails:
		return "failed"
	}
	return "completed"
}

// problem is why an item failed, or nil.
func (one BatchItem) problem(now time.Time) any {
	switch {
	case one.Refused != nil:
		return map[string]any{"code": one.Refused.Code, "message": one.Refused.Message}
	case one.Job.Cancelled:
		return map[string]any{"code": "resource_not_found", "message": "It was deleted before it was done."}
	case one.status(now) == "failed":
		return map[string]any{"code": FailureCode, "message": one.Job.Reason(now)}
	}
	return nil
}

func (one BatchItem) id() any {
	if one.Job == nil {
		return nil
	}
	return one.Job.ID
}

// Counts is how many items there are of each status.
func (b *Batch) Counts(now time.Time) map[string]int {
	counts := map[string]int{"queued": 0, "processing": 0, "completed": 0, "failed": 0}
	for _, one := range b.Items {
		counts[one.status(now)]++
	}
	return counts
}

// Status is of the whole: v3 does not say what a mixed result is, and here a batch fails when
// nothing of it succeeded.
func (b *Batch) Status(now time.Time) string {
	counts := b.Counts(now)
	switch {
	case counts["queued"]+counts["processing"] > 0:
		return "processing"
	case counts["completed"] == 0:
		return "failed"
	}
	return "completed"
}

// ShowCreatedBatch is what the create of most batches answers: the id alone.
func ShowCreatedBatch(b *Batch) any {
	return map[string]any{"batch_id": b.ID}
}

// GetBatch makes the endpoint GET …/batches/{batch_id} of a kind. Its pages stand inside data.
func (e *Engine) GetBatch(kind JobKind) Endpoint {
	return func(r *http.Request, v *Request) (any, *Error) {
		l, apiErr := e.ReadListing(r)
		if apiErr != nil {
			return nil, apiErr
		}
		b, apiErr := e.OwnBatch(v, kind, chi.URLParam(r, "batch_id"))
		if apiErr != nil {
			return nil, apiErr
		}
		now := e.clock.Now()
		indexes := make([]int, len(b.Items))
		for i := range indexes {
			indexes[i] = i
		}
		items := ByIndex(e, l, indexes, func(i int) any {
			one := b.Items[i]
			return map[string]any{"item_index": i, "video_id": one.id(), "status": one.status(now), "error": one.problem(now)}
		})
		return map[string]any{
			"batch_id":         b.ID,
			"title":            OrNull(b.Title),
			"status":           b.Status(now),
			"created_at":       b.created.Unix(),
			"total_items":      len(b.Items),
			"counts_by_status": b.Counts(now),
			"items":            items.Data,
			"has_more":         items.HasMore,
			"next_token":       items.NextToken,
		}, nil
	}
}

// GetStatuses makes the endpoint GET …/statuses of a kind. It answers in the order asked for, and
// an id of any kind travels as video_id.
func (e *Engine) GetStatuses(kind JobKind, param string) Endpoint {
	return func(r *http.Request, v *Request) (any, *Error) {
		q := r.URL.Query()
		ids, batches := commaList(q.Get(param)), commaList(q.Get("batch_ids"))
		switch n := len(ids) + len(batches); {
		case n == 0:
			return nil, Invalid(param, "At least one of '%s' or 'batch_ids' must be provided.", param)
		case n > maxStatuses:
			return nil, Invalid(param, "At most %d ids can be looked up at once.", maxStatuses)
		}
		now := e.clock.Now()
		items := []any{}
		for _, id := range ids {
			j, apiErr := e.OwnJob(v, kind, id)
			if apiErr != nil {
				items = append(items, showStatus(id, "not_found", nil, nil, nil))
				continue
			}
			one := BatchItem{Job: j}
			if j.batch != nil {
				items = append(items, showStatus(id, one.status(now), j.batch.ID, j.index, one.problem(now)))
			} else {
				items = append(items, showStatus(id, one.status(now), nil, nil, one.problem(now)))
			}
		}
		for _, id := range batches {
			b, apiErr := e.OwnBatch(v, kind, id)
			if apiErr != nil {
				items = append(items, showStatus(nil, "not_found", id, nil, nil))
				continue
			}
			for i, one := range b.Items {
				items = append(items, showStatus(one.id(), one.status(now), id, i, one.problem(now)))
			}
		}
		return Page{Data: items}, nil
	}
}

func showStatus(id any, status string, batchID, index, problem any) any {
	return map[string]any{"video_id": id, "status": status, "batch_id": batchID, "item_index": index, "error": problem}
}

func commaList(list string) []string {
	return slices.DeleteFunc(strings.Split(list, ","), func(id string) bool { return id == "" })
}
