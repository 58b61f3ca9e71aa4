package sandbox

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

func nodeError(id string) map[string]any {
	return map[string]any{
		"code":    "node_failed",
		"message": "The node could not be run.",
		"node_id": id,
	}
}

// nodeState is the status of a node now, and when it started and ended; zero times for not yet.
func (s *Sandbox) nodeState(run *workflowRun, id string) (status string, started, ended time.Time) {
	step := s.After(nodeSeconds)
	started = run.job.Started().Add(step * time.Duration(run.depths[id]-1))
	ended = started.Add(step)
	now := s.Now()
	switch {
	case !run.canceled.IsZero() && !run.canceled.After(started):
		return "canceled", time.Time{}, run.canceled
	case !run.canceled.IsZero() && run.canceled.Before(ended):
		return "canceled", started, run.canceled
	case now.Before(started):
		return "pending", time.Time{}, time.Time{}
	case now.Before(ended):
		return "processing", started, time.Time{}
	case id == run.failing:
		return "failed", started, ended
	}
	return "succeeded", started, ended
}

// runStatus is that of the whole: a run is partial of which a node failed and some outputs are
// there.
func (s *Sandbox) runStatus(run *workflowRun) string {
	now := s.Now()
	if !run.canceled.IsZero() {
		return "canceled"
	}
	if status := run.job.Status(now); status != run.job.Kind.Failed {
		return status
	}
	for _, out := range run.version.graph.Outputs {
		if out.NodeID != run.failing {
			return "partial"
		}
	}
	return run.job.Kind.Failed
}

func isoTime(at time.Time) string { return at.UTC().Format(time.RFC3339) }

func (s *Sandbox) showRun(r *http.Request, run *workflowRun) any {
	now, j := s.Now(), run.job
	counts := map[string]int{"total": len(run.version.graph.Nodes)}
	for _, one := range run.version.graph.Nodes {
		status, _, _ := s.nodeState(run, one.ID)
		counts[status]++
	}
	out := map[string]any{
		"id": j.ID,
		"workflow": map[string]any{
			"id": run.of.id, "version_id": run.version.id, "version_number": run.version.number,
		},
		"status": s.runStatus(
			run,
		), "created_at": isoTime(j.Created), "started_at": nil, "completed_at": nil, "progress": counts,
		"error": nil, "outputs": s.showOutputs(r, run),
	}
	if !now.Before(j.Started()) && run.canceled.IsZero() || run.canceled.After(j.Started()) {
		out["started_at"] = isoTime(j.Started())
	}
	if j.Done(now) {
		out["completed_at"] = isoTime(j.Ends)
	}
	if j.Done(now) && run.failing != "" && run.canceled.IsZero() {
		out["error"] = nodeError(run.failing)
	}
	return out
}

// showOutputs are the declared outputs, sorted by name.
func (s *Sandbox) showOutputs(r *http.Request, run *workflowRun) []any {
	out, g := []any{}, run.version.graph
	for _, name := range slices.Sorted(maps.Keys(g.Outputs)) {
		from := g.Outputs[name]
		one := map[string]any{
			"name": name, "type": nil, "status": "pending", "delivery": nil, "artifact_id": nil,
			"value": nil, "url": nil, "expires_in": nil, "is_public": nil,
		}
		switch status, _, _ := s.nodeState(run, from.NodeID); status {
		case "succeeded":
			s.fillOutput(r, run, from, one)
		case "failed", "canceled", "skipped":
			one["status"] = "failed"
		}
		out = append(out, one)
	}
	return out
}

// fillOutput puts what a node made into an output that is ready: texts inline, media by a link.
func (s *Sandbox) fillOutput(
	r *http.Request,
	run *workflowRun,
	from graphOutput,
	out map[string]any,
) {
	kind := run.version.graph.portType(from.NodeID, from.Port)
	out["status"], out["type"], out["artifact_id"] = "ready", kind, "art_"+s.NewID(
		run.job.ID,
		from.NodeID,
		from.Port,
	)
	text := fmt.Sprintf("The text that node %s wrote.", strings.ReplaceAll(from.NodeID, "_", " "))
	switch kind {
	case "text":
		out["delivery"], out["value"] = "inline", text
		return
	case "json":
		out["delivery"], out["value"] = "inline", map[string]any{"text": text, "tokens": 42}
		return
	}
	link := s.PictureLink(r, run.job.ID, 640, 360)
	switch kind {
	case "video":
		link = s.Link(r, "workflow-runs/"+run.job.ID+".mp4")
	case "audio":
		link = s.Link(r, "workflow-runs/"+run.job.ID+".wav")
	}
	out["delivery"], out["url"], out["expires_in"], out["is_public"] = "reference", link, int(
		runLinkLife.Seconds(),
	), false
}
