package engine

import (
	"context"
	"slices"
	"time"

	"heygen-mcp/tools/vocabulary"
)

// replayTime is how long the answer of a repeated create waits to learn how far its jobs are.
const replayTime = 5 * time.Second

// tellReplay says in the answer of a create that HeyGen has answered before how far its jobs are
// now: the answer itself is the old one. What was deleted since is told as such, with how to make it
// anew. Where HeyGen does not say, the answer stays as it is. What has a key for good is answered as
// it stands, and nobody can delete it.
func (e *Engine) tellReplay(ctx context.Context, t *BoundTool, data map[string]any, ids []string) {
	if data["replayed"] != true || t.Op.Durable || e.cfg.JobStates == nil || len(ids) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, replayTime)
	defer cancel()
	states, err := e.cfg.JobStates(ctx, e, t.Job, ids)
	if err != nil {
		return
	}
	gone := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return states[id] != "" })
	if len(ids) == 1 && len(gone) == 0 {
		data["state"] = string(states[ids[0]])
	}
	if len(gone) == 0 {
		return
	}
	key := "idempotency_key"
	if t.bodyKey {
		key = "request_id"
	}
	what := "It was made before by an equal call and has been deleted since"
	if len(ids) > 1 {
		what = "They were made before by an equal call, and some have been deleted since"
	}
	data["next_step"] = what + "; nothing was made now. To make it anew, call again with a new " + key + "."
	if len(gone) == len(ids) {
		delete(data, "wait_with") // there is nothing to wait for
		data["state"] = string(vocabulary.Canceled)
	}
}
