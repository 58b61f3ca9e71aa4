package tools

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/tools/args"
)

// MCP's Tasks extension over HeyGen's jobs. A task is nothing but its id, which seals what there is to know: any replica
// can tell of it, nothing is kept, and nobody can ask for a job that is not their account's.

const (
	// taskLife outlasts a weekend; HeyGen keeps what was made longer, and get tools find it by its own id.
	taskLife = 7 * 24 * time.Hour
	// settling is how long HeyGen may not know yet what it has just begun.
	settling = time.Minute
)

// deferred makes the call a task if it has begun work of minutes and its client takes tasks.
func (c *call) deferred(ctx context.Context, tool string, effect Effect, job string, res map[string]any) *exchange.Task {
	x := exchange.From(ctx)
	k, ok := kindOf(job)
	if effect != Creates || !ok || !x.TakesTasks() {
		return nil
	}
	t := &ticket{Kind: job, Jobs: k.made(res), Tool: tool, At: c.cfg.Clock().UnixMilli()}
	id, ok := c.sealed(ctx, t)
	if !ok {
		return nil // the usual answer names the jobs as well
	}
	task := c.taskOf(id, t)
	task.Message = t.says("begun")
	if cost, ok := res["estimated_cost_usd"].(float64); ok {
		task.Message += fmt.Sprintf(", likely to cost %.2f USD", cost)
	}
	return task
}

// taskOf is a task that works.
func (c *Catalog) taskOf(id string, t *ticket) *exchange.Task {
	return &exchange.Task{ID: id, Status: exchange.Working, Created: t.created(), Seen: c.cfg.Clock(), Life: taskLife, Poll: c.cfg.PollEvery}
}

// Task tells how far a task is: what its get tool would answer, once it is done.
func (c *Catalog) Task(ctx context.Context, id string) (out exchange.Outcome, known bool) {
	t, expired, ok := c.opened(ctx, id)
	if !ok || expired != nil {
		return exchange.Outcome{Refusal: expired}, ok
	}
	k, _ := kindOf(t.Kind)
	if !c.offers(k) {
		return exchange.Refused(mcp.INVALID_REQUEST, "this server no longer offers jobs of the kind "+t.Kind, nil), true
	}
	task := c.taskOf(id, t)
	one := &call{Catalog: c}
	now, err := one.poll(ctx, t.Jobs, k)
	switch {
	case err != nil && passing(err):
		task.Message = t.says("going on; how far, HeyGen does not say right now")
	case err != nil:
		refusal := refusalOf(err, attempt{})
		c.audit(ctx, c.getOf(k).info.Name, Reads, nil, nil, refusal) // what the answer leaves out is for the operator
		return untold(refusal), true
	case len(now.pending) > 0:
		task.Message = t.says(standsAt(now)) + k.noStop()
	case len(now.unknown) > 0 && task.Seen.Sub(task.Created) < settling:
		task.Message = t.says("not known to HeyGen yet")
	default:
		one.ended(ctx, task, t, now, k)
	}
	return exchange.Outcome{Task: task}, true
}

// standsAt says how far jobs are of which some are pending.
func standsAt(s *standing) string {
	all := len(s.done) + len(s.pending) + len(s.asking) + len(s.unknown)
	if all > 1 {
		return fmt.Sprintf("%d of %d done", all-len(s.pending), all)
	}
	one, _ := s.pending[0].(map[string]any)
	text := fmt.Sprint(one["status"])
	if progress, ok := one["progress"]; ok {
		text += fmt.Sprintf(", %v%%", progress)
	}
	return text
}

// ended ends a task whose jobs go on no more by themselves. It works on as long as what came of them cannot be read: a
// client looks no more once a task has ended.
func (c *call) ended(ctx context.Context, task *exchange.Task, t *ticket, s *standing, k *jobKind) {
	task.Message = t.says("ended; what came of it, HeyGen does not say right now")
	if len(t.Jobs) > 1 || len(s.done) == 0 {
		if res, whole := c.answerWait(ctx, s, k); whole {
			task.Status, task.Message, task.Result = exchange.Completed, t.says(endOf(s)), answer(res, s.vain())
		}
		return
	}
	known, _ := s.done[0].(map[string]any)
	if known["status"] == "cancelled" || known["status"] == "deleted" {
		task.Status, task.Message = exchange.Cancelled, t.says(fmt.Sprint(known["status"]))
		return
	}
	data, refusal := c.got(ctx, k, t.Jobs[0])
	failed := hasFailed(known["status"])
	switch {
	case refusal != nil && refusal.Retryable:
		return
	case refusal != nil:
		task.Result = answer(refusal, true)
	default:
		task.Result = answer(data, failed)
	}
	task.Status, task.Message = exchange.Completed, t.says("ended")
	if failed {
		task.Message = t.says("failed")
	}
}

// endOf says in what way jobs go on no more.
func endOf(s *standing) string {
	switch {
	case len(s.asking) > 0:
		return "waits for a person"
	case len(s.done) == 0:
		return "is not known to HeyGen any more"
	}
	return "has ended"
}

// vain reports whether nothing came of any job: each has failed or is lost.
func (s *standing) vain() bool {
	return len(s.asking) == 0 && !slices.ContainsFunc(s.done, func(d any) bool {
		one, _ := d.(map[string]any)
		return !hasFailed(one["status"])
	})
}

// got is what the get tool of a kind answers for one job, with what another call tells of it.
func (c *call) got(ctx context.Context, k *jobKind, id string) (map[string]any, *Refusal) {
	raw, err := args.Encode(map[string]string{k.idMember(): id})
	if err != nil {
		return nil, refusalOf(err, attempt{})
	}
	out := c.getOf(k).run(ctx, c.Catalog, raw, nil)
	if out.refusal == nil && k.fill != nil {
		k.fill(ctx, c, out.data)
	}
	return out.data, out.refusal
}

// getOf is the get tool of a kind.
func (c *Catalog) getOf(k *jobKind) *entry {
	i := slices.IndexFunc(c.tools, func(e entry) bool {
		return len(e.info.Operations) == 1 && e.info.Operations[0] == Operation{Method: k.get.Method, Path: k.get.Path}
	})
	return &c.tools[i]
}

// hasFailed reports whether a final status of any kind means that nothing came of the job.
func hasFailed(status any) bool {
	word, _ := status.(string)
	return strings.EqualFold(word, "failed") || word == "error" || word == "not_found"
}

// noStop says of most kinds that what has begun cannot be stopped.
func (k *jobKind) noStop() string {
	if k.stop != "" {
		return ""
	}
	return "; HeyGen cannot stop it"
}

// UpdateTask takes answers to what a task asks. None asks: a job that waits for a person is done for its client, which
// is told what to call next.
func (c *Catalog) UpdateTask(ctx context.Context, id string, _ mcp.InputResponses) (out exchange.Outcome, known bool) {
	_, expired, ok := c.opened(ctx, id)
	return exchange.Outcome{Refusal: expired}, ok
}

// CancelTask stops what HeyGen can stop. The note says so where it cannot: then the job goes on, and is charged.
func (c *Catalog) CancelTask(ctx context.Context, id string) (out exchange.Outcome, known bool) {
	t, expired, ok := c.opened(ctx, id)
	if !ok || expired != nil {
		return exchange.Outcome{Refusal: expired}, ok
	}
	k, _ := kindOf(t.Kind)
	if k.stop == "" {
		return exchange.Outcome{Note: "HeyGen cannot stop a " + strings.ReplaceAll(t.Kind, "_", " ") + ": it goes on, and is charged as usual once it is done"}, true
	}
	// Whoever may not begin such work here may not end it either: a narrowed endpoint stays as narrow.
	if i, j := c.byName[k.stop], c.byName[t.Tool]; !c.limit.reaches[i] || !c.chosen(ctx).reaches[j] {
		return exchange.Outcome{Note: "this endpoint does not offer to stop it: it goes on"}, true
	}
	ctx = context.WithValue(ctx, sureKey{}, true)
	for _, job := range t.Jobs {
		raw, err := args.Encode(map[string]string{k.idMember(): job})
		if err != nil {
			continue
		}
		if stopped := c.tools[c.byName[k.stop]].run(ctx, c, raw, nil); stopped.refusal != nil {
			out = untold(stopped.refusal)
		}
	}
	return out, true
}

// untold answers a request about a task with why HeyGen did not answer it: that says nothing of the task.
func untold(r *Refusal) exchange.Outcome {
	return exchange.Refused(mcp.INTERNAL_ERROR, r.Message+" "+r.NextStep, map[string]any{"error_code": r.Code})
}
