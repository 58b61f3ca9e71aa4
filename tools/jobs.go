package tools

import (
	"context"
	"fmt"
	"time"

	"github.com/mark3labs/mcp-go/server"

	"heygen-mcp/heygen"
)

const (
	// pollEvery is as often as HeyGen asks its own clients to poll, at the most.
	pollEvery = 5 * time.Second
	// mostSilent and mostHeard bound a wait without and with progress: clients that hear nothing
	// give up after a minute.
	mostSilent, mostHeard = 55, 240
	// mostDetails is how many finished jobs are given in full; the others by their status.
	mostDetails = 10
)

// waitForJobs is the input of wait_for_jobs.
type waitForJobs struct {
	Kind    string   `json:"kind" need:"yes" enum:"video" doc:"What the ids are of."`
	IDs     []string `json:"ids" need:"yes" len:"1-100" doc:"1 to 100 ids."`
	Timeout *int     `json:"timeout_seconds" min:"0" max:"240" default:"40" doc:"0 to 240; above 55 counts only for a call with a progress token."`
}

// waited is what wait_for_jobs answers.
type waited struct {
	Finished bool   `json:"finished"`
	Done     []any  `json:"done"`
	Pending  []any  `json:"pending"`
	Unknown  []any  `json:"unknown"`
	NextStep string `json:"next_step"`
}

// statusesOf asks for many statuses at once.
type statusesOf struct {
	IDs []string `json:"video_ids" in:"query"`
}

func jobTools() []entry {
	statuses := heygen.Op{Method: "GET", Path: "/v3/videos/statuses"}
	get := heygen.Op{Method: "GET", Path: "/v3/videos/{video_id}"}
	return []entry{
		Tool[waitForJobs, waited]{
			Name:        "wait_for_jobs",
			Title:       "Wait for jobs",
			Description: "Waits until jobs are completed or failed, or the time is up, whichever is first; then says which are done, with their links, and which are pending. Time being up is no failure: call again for the pending ones.",
			Also:        []heygen.Op{statuses, get},
			Run: func(ctx context.Context, c *call, in *waitForJobs) (map[string]any, error) {
				return c.wait(ctx, in, statuses, get)
			},
		}.entry(),
	}
}

// wait polls until every job is done or the time is up.
func (c *call) wait(ctx context.Context, in *waitForJobs, statuses, get heygen.Op) (map[string]any, error) {
	seconds := 40
	if in.Timeout != nil {
		seconds = *in.Timeout
	}
	if !c.heard() {
		seconds = min(seconds, mostSilent)
	}
	start := c.cfg.Clock()
	for {
		done, pending, unknown, err := c.poll(ctx, in.IDs, statuses)
		if err != nil {
			return nil, err
		}
		elapsed := c.cfg.Clock().Sub(start)
		c.progress(ctx, elapsed.Seconds(), seconds, len(done)+len(unknown), len(in.IDs), len(pending) == 0)
		if len(pending) == 0 || elapsed+pollEvery > time.Duration(seconds)*time.Second {
			return c.report(ctx, done, pending, unknown, get), nil
		}
		if err := c.cfg.Sleep(ctx, pollEvery); err != nil {
			return nil, err
		}
	}
}

// poll sorts the jobs by how far they are. A status that is not known yet counts as pending, so
// that a new one of HeyGen's is never taken for the end.
func (c *call) poll(ctx context.Context, ids []string, op heygen.Op) (done, pending, unknown []any, err error) {
	page, err := c.do(ctx, op, &statusesOf{IDs: ids}, "")
	if err != nil {
		return nil, nil, nil, err
	}
	answered := map[string]any{}
	items, _ := page["items"].([]any)
	for _, it := range items {
		if item, ok := it.(map[string]any); ok {
			if id, ok := item["video_id"].(string); ok {
				answered[id] = item["status"]
			}
		}
	}
	seen := map[string]bool{}
	for _, id := range ids {
		if seen[id] {
			continue
		}
		seen[id] = true
		status, ok := answered[id]
		one := map[string]any{"id": id, "status": status}
		switch {
		case !ok || status == "not_found":
			one["status"] = "not_found"
			unknown = append(unknown, one)
		case status == "completed" || status == "failed":
			done = append(done, one)
		default:
			pending = append(pending, one)
		}
	}
	return done, pending, unknown, nil
}

// report answers with what is done and what is not.
func (c *call) report(ctx context.Context, done, pending, unknown []any, get heygen.Op) map[string]any {
	for i, d := range done[:min(len(done), mostDetails)] {
		id, _ := d.(map[string]any)["id"].(string)
		// A get that fails leaves the status that is known: the wait itself went well.
		if full, err := c.do(ctx, get, &videoID{VideoID: id}, ""); err == nil {
			done[i] = full
		}
	}
	res := map[string]any{"finished": len(pending) == 0, "done": list(done), "pending": list(pending)}
	if len(unknown) > 0 {
		res["unknown"] = unknown
	}
	switch {
	case len(pending) > 0:
		res["next_step"] = "Call wait_for_jobs again with the pending ids."
	case len(unknown) > 0:
		res["next_step"] = "No job of this account has the unknown ids; list_videos shows those it has."
	}
	return res
}

// list makes no items an empty list.
func list(items []any) []any {
	if items == nil {
		return []any{}
	}
	return items
}

// heard reports whether the client asked for progress.
func (c *call) heard() bool {
	return c.req.Params.Meta != nil && c.req.Params.Meta.ProgressToken != nil
}

// progress tells the client how far the wait is. A notification that cannot be sent is no reason
// to end it.
func (c *call) progress(ctx context.Context, elapsed float64, total, ended, all int, finished bool) {
	s := server.ServerFromContext(ctx)
	if s == nil || !c.heard() {
		return
	}
	if finished {
		elapsed = float64(total)
	}
	_ = s.SendNotificationToClient(ctx, "notifications/progress", map[string]any{
		"progressToken": c.req.Params.Meta.ProgressToken,
		"progress":      min(elapsed, float64(total)),
		"total":         float64(total),
		"message":       fmt.Sprintf("%d of %d done", ended, all),
	})
}
