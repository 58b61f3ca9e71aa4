package engine

import (
	"context"
	"errors"
	"strings"
	"testing"

	"heygen-mcp/tools/vocabulary"
)

// TestReplaysTellWhatThereIs holds that the answer of a create which HeyGen has answered before says
// how far the thing is now, also when it is gone.
func TestReplaysTellWhatThereIs(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		states map[string]vocabulary.State
		err    error
		state  string
		step   string
		waits  bool
	}{
		"done by now":         {map[string]vocabulary.State{"v": vocabulary.Done}, nil, "done", "", true},
		"deleted since":       {nil, nil, "canceled", "deleted since; nothing was made now. To make it anew, call again with a new idempotency_key.", false},
		"HeyGen does not say": {nil, errors.New("busy"), "pending", "", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := &Engine{cfg: Config{
				JobStates: func(_ context.Context, _ *Engine, kind string, ids []string) (map[string]vocabulary.State, error) {
					if kind != "video" || len(ids) != 1 || ids[0] != "v" {
						t.Errorf("got a question for %s %v, want video [v]", kind, ids)
					}
					return c.states, c.err
				},
			}}
			data := map[string]any{"replayed": true, "state": "pending", "wait_with": &WaitWith{}}
			e.tellReplay(t.Context(), &BoundTool{Job: "video"}, data, []string{"v"})
			step, _ := data["next_step"].(string)
			if data["state"] != c.state || !strings.Contains(step, c.step) || (data["wait_with"] != nil) != c.waits {
				t.Errorf("got %v, want state %s, a step with %q, and something to wait for: %v", data, c.state, c.step, c.waits)
			}
		})
	}
	data := map[string]any{"state": "pending"}
	(&Engine{}).tellReplay(t.Context(), &BoundTool{Job: "video"}, data, []string{"v"})
	if data["state"] != "pending" || data["next_step"] != nil {
		t.Errorf("got %v of what was made just now, want it as it was", data)
	}
}
