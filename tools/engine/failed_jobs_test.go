package engine_test

import (
	"strings"
	"testing"

	"heygen-mcp/tools/engine"
)

// TestFailedBatch holds that a batch of which something was made is not made again whole.
func TestFailedBatch(t *testing.T) {
	t.Parallel()
	res := map[string]any{"state": "failed", "counts_by_status": map[string]any{"completed": 1, "failed": 1}}
	engine.ExplainFailure(res)
	if step, _ := res["next_step"].(string); !strings.Contains(step, "not the whole batch") {
		t.Errorf("got %q, want %q in it", step, "not the whole batch")
	}
}

// TestAsyncFailures holds what is added to a job that failed.
func TestAsyncFailures(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		job  map[string]any
		says string
	}{
		{map[string]any{"state": "failed", "failure_code": "rendering_failed", "failure_message": "x"}, "Tell the user why"},
		{map[string]any{"state": "failed", "failure_code": "insufficient_credit"}, "app.heygen.com/settings/billing"},
		{map[string]any{"state": "failed", "error": map[string]any{"code": "download_failed"}}, "could not fetch"},
		{map[string]any{"state": "failed"}, "create it anew"},
		{map[string]any{"state": "done"}, ""},
		{map[string]any{"status": "partial", "state": "done"}, "list_workflow_run_nodes"},
	} {
		engine.ExplainFailure(c.job)
		step, _ := c.job["next_step"].(string)
		if !strings.Contains(step, c.says) || c.says == "" && step != "" {
			t.Errorf("%v: %q", c.job, step)
		}
	}
}
