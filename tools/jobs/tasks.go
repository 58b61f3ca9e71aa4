package jobs

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/internal/ledger"
	"heygen-mcp/internal/usd"
	"heygen-mcp/tools/consent"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/refusals"
	"heygen-mcp/tools/vocabulary"
)

// MCP's Tasks extension over HeyGen's jobs. A task is nothing but its id, which seals what there is
// to know: any replica can tell of it, nothing is kept, and nobody can ask for a job that is not
// their account's.

const (
	// taskLife outlasts a weekend; HeyGen keeps what was made longer, and get tools find it by its own
	// id.
	taskLife = 7 * 24 * time.Hour
	// settleTime is how long HeyGen may not know yet what it has just begun.
	settleTime = time.Minute
	// maxStatusBytes and maxIDBytes bound what of HeyGen's is told within a text.
	maxStatusBytes, maxIDBytes = 32, 255
)

// Began makes a task of a call that has begun jobs, if its client takes tasks; otherwise it gives
// nil.
func (j *Jobs) Began(ctx context.Context, e *engine.Engine, begun engine.Begun) *exchange.Task {
	if _, ok := j.kindNamed(begun.Kind); !ok || !exchange.From(ctx).TakesTasks() {
		return nil
	}
	t := &taskToken{Kind: begun.Kind, Jobs: begun.Jobs, Tool: begun.Tool, At: e.Now().UnixMilli()}
	id, ok := sealTaskID(ctx, e, t)
	if !ok {
		return nil // the usual answer names the jobs as well
	}
	task := j.workingTask(e, id, t)
	task.Message = t.statusText("begun")
	if begun.CostUSD != nil {
		task.Message += fmt.Sprintf(", likely to cost %s USD", usd.Text(*begun.CostUSD))
	}
	if begun.Note != "" {
		task.Message += ". " + begun.Note
	}
	return task
}

// taskOf is the id of the task of a call that was recorded, for a client that takes tasks and has
// lost it; "" for none. MCP has no method that lists tasks: list_jobs is where they are found
// again, also after a restart.
func (j *Jobs) taskOf(ctx context.Context, e *engine.Engine, r *ledger.Record) string {
	_, isKind := j.kindNamed(r.Kind)
	_, isTool := j.choice.Find(r.Tool)
	if !isKind || !isTool || r.State != ledger.Running || e.Now().Sub(r.At) > taskLife || !exchange.From(ctx).TakesTasks() {
		return ""
	}
	t := &taskToken{Kind: r.Kind, Tool: r.Tool, At: r.At.UnixMilli()}
	for _, one := range r.Jobs {
		t.Jobs = append(t.Jobs, one.ID)
	}
	slices.Sort(t.Jobs)
	id, ok := sealTaskID(ctx, e, t)
	if !ok {
		return ""
	}
	return id
}

// workingTask is a task that goes on.
func (j *Jobs) workingTask(e *engine.Engine, id string, t *taskToken) *exchange.Task {
	return &exchange.Task{ID: id, Status: exchange.Working, Created: t.created(), Seen: e.Now(), Life: taskLife, Poll: j.pollEvery}
}

// Task tells how far a task is: what its get tool would answer, once it is done.
func (j *Jobs) Task(ctx context.Context, e *engine.Engine, id string) (out exchange.Outcome, known bool) {
	t, expired, ok := j.openTaskID(ctx, e, id)
	if !ok || expired != nil {
		return exchange.Outcome{Refusal: expired}, ok
	}
	k, _ := j.kindNamed(t.Kind)
	if !j.offered(k) {
		return exchange.Refused(mcp.INVALID_REQUEST, "this server no longer offers jobs of the kind "+t.Kind, nil), true
	}
	task := j.workingTask(e, id, t)
	now, err := j.poll(ctx, e, refsOf(k, t.Jobs))
	switch {
	case err != nil && isTransient(err):
		task.Message = t.statusText("going on; how far, HeyGen does not say right now")
	case err != nil:
		refusal := refusals.From(err, refusals.Attempt{})
		e.AuditRefusal(ctx, j.getTool(k), nil, refusal) // what the answer leaves out is for the operator
		return refuseTask(refusal), true
	case len(now.pending) > 0:
		task.Message = t.statusText(progressText(now)) + k.cannotStopText()
	case len(now.unknown) > 0 && task.Seen.Sub(task.Created) < settleTime:
		task.Message = t.statusText("not known to HeyGen yet")
	default:
		j.endTask(ctx, e, task, t, now, k)
	}
	return exchange.Outcome{Task: task}, true
}

// progressText says how far jobs are of which some are pending.
func progressText(s *jobStates) string {
	all := len(s.done) + len(s.pending) + len(s.needsUser) + len(s.unknown)
	if all > 1 {
		return fmt.Sprintf("%d of %d done", all-len(s.pending), all)
	}
	return stateText(s.pending[0].told, "at work")
}

// stateText says how far one job is, in HeyGen's word where it has told one.
func stateText(told map[string]any, otherwise string) string {
	text := plainWord(told["status"], maxStatusBytes, otherwise)
	if progress, ok := told["progress"].(json.Number); ok {
		text += ", " + progress.String() + "%"
	}
	return text
}

// endTask ends a task whose jobs go on no more by themselves. It works on as long as what came of
// them cannot be read: a client looks no more once a task has ended.
func (j *Jobs) endTask(
	ctx context.Context, e *engine.Engine, task *exchange.Task, t *taskToken, s *jobStates, k *Kind,
) {
	task.Message = t.statusText("ended; what came of it, HeyGen does not say right now")
	if len(t.Jobs) > 1 || len(s.done) == 0 {
		if res, complete := j.answer(ctx, e, s, formWhole, detailTime); complete {
			task.Status, task.Message, task.Result = exchange.Completed, t.statusText(endText(s)), e.Answer(ctx, res.Data(), s.allFailed())
		}
		return
	}
	known := s.done[0].told
	if stateOf(known) == vocabulary.Canceled {
		task.Status, task.Message = exchange.Cancelled, t.statusText(plainWord(known["status"], maxStatusBytes, "ended"))
		return
	}
	data, refusal := j.getJob(ctx, e, k, t.Jobs[0])
	failed := hasFailed(known)
	switch {
	case refusal != nil && refusal.Retryable:
		return
	case refusal != nil:
		task.Result = engine.Answer(refusal, true)
	default:
		task.Result = engine.Answer(data, failed)
	}
	task.Status, task.Message = exchange.Completed, t.statusText("ended")
	if failed {
		task.Message = t.statusText("failed")
	}
}

// endText says in what way jobs go on no more.
func endText(s *jobStates) string {
	switch {
	case len(s.needsUser) > 0:
		return "waits for a person"
	case len(s.done) == 0:
		return "is not known to HeyGen any more"
	}
	return "has ended"
}

// allFailed reports whether nothing came of any job: each has failed or is lost.
func (s *jobStates) allFailed() bool {
	return len(s.needsUser) == 0 && !slices.ContainsFunc(s.done, func(d *job) bool {
		return !hasFailed(d.told)
	})
}

// getJob is what the get tool of a kind answers for one job, with what another call tells of it.
func (j *Jobs) getJob(ctx context.Context, e *engine.Engine, k *Kind, id string) (map[string]any, *refusals.Refusal) {
	raw, err := jsonwrite.Marshal(map[string]string{k.idParam(): id})
	if err != nil {
		return nil, refusals.From(err, refusals.Attempt{})
	}
	out := j.getTool(k).Run(ctx, e, raw, nil)
	if out.Refusal == nil && k.Enrich != nil {
		k.Enrich(ctx, e, out.Data)
	}
	return out.Data, out.Refusal
}

// hasFailed reports whether nothing came of a job that goes on no more.
func hasFailed(job map[string]any) bool {
	return stateOf(job) == vocabulary.Failed || job["status"] == "not_found"
}

// cannotStopText says of most kinds that what has begun cannot be stopped.
func (k *Kind) cannotStopText() string {
	if k.StopTool != "" {
		return ""
	}
	return "; HeyGen cannot stop it"
}

// UpdateTask takes answers to what a task asks. None asks: a job that waits for a person is done
// for its client, which is told what to call next.
func (j *Jobs) UpdateTask(
	ctx context.Context, e *engine.Engine, id string, _ mcp.InputResponses,
) (out exchange.Outcome, known bool) {
	_, expired, ok := j.openTaskID(ctx, e, id)
	return exchange.Outcome{Refusal: expired}, ok
}

// CancelTask stops what HeyGen can stop. The note says so where it cannot: then the job goes on,
// and is charged.
func (j *Jobs) CancelTask(ctx context.Context, e *engine.Engine, id string) (out exchange.Outcome, known bool) {
	t, expired, ok := j.openTaskID(ctx, e, id)
	if !ok || expired != nil {
		return exchange.Outcome{Refusal: expired}, ok
	}
	k, _ := j.kindNamed(t.Kind)
	if k.StopTool == "" {
		return exchange.Outcome{Note: "HeyGen cannot stop " + refusals.WithArticle(strings.ReplaceAll(t.Kind, "_", " ")) + ": it goes on, and is charged as usual once it is done"}, true
	}
	// Whoever may not begin such work here may not end it either: a narrowed endpoint stays as narrow.
	allowed, _ := j.choice.Allowed(k.StopTool)
	if _, callable := j.choice.Callable(ctx, t.Tool); !allowed || !callable {
		return exchange.Outcome{Note: "this endpoint does not offer to stop it: it goes on"}, true
	}
	ctx = consent.Preconfirmed(ctx)
	stop, _ := j.choice.Find(k.StopTool)
	for _, job := range t.Jobs {
		raw, err := jsonwrite.Marshal(map[string]string{k.idParam(): job})
		if err != nil {
			continue
		}
		if stopped := stop.Run(ctx, e, raw, nil); stopped.Refusal != nil {
			out = refuseTask(stopped.Refusal)
		}
	}
	return out, true
}

// plainWord is v if it looks like a status or an id, else the other text: what HeyGen sends in
// place of one must not be told as this server's own words.
func plainWord(v any, maxBytes int, other string) string {
	s, _ := v.(string)
	if s == "" || len(s) > maxBytes || strings.ContainsFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("_.:-", r)
	}) {
		return other
	}
	return s
}

// refuseTask answers a request about a task with why HeyGen did not answer it: that says nothing of
// the task.
func refuseTask(r *refusals.Refusal) exchange.Outcome {
	data := map[string]any{"error_code": r.Code}
	if r.HeyGenMessage != "" {
		data["heygen_message"] = r.HeyGenMessage
	}
	return exchange.Refused(mcp.INTERNAL_ERROR, r.Message+" "+r.NextStep, data)
}
