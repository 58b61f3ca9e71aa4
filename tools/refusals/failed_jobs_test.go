package refusals

import (
	"strings"
	"testing"
)

// TestFailedJobStep holds what is to be done about a job that failed, in part or altogether.
func TestFailedJobStep(t *testing.T) {
	t.Parallel()
	coded := FailedJob{State: "failed", Status: "failed"}
	coded.Error.Code = "tts_text_invalid"
	for name, c := range map[string]struct {
		job  FailedJob
		says string // "" for no step
	}{
		"done":                      {FailedJob{State: "done", Status: "completed"}, ""},
		"running, with a code":      {FailedJob{State: "running", FailureCode: "tts_text_invalid"}, ""},
		"a run in part":             {FailedJob{State: "done", Status: "partial"}, "list_workflow_run_nodes has it by node"},
		"a batch in part":           {FailedJob{State: "failed", Counts: map[string]any{"failed": 1}}, "Only the items whose status is failed"},
		"a batch among other jobs":  {FailedJob{State: "failed", BatchID: "b"}, "The batch's get tool shows the error of each item."},
		"without a reason":          {FailedJob{State: "failed"}, "Tell the user why it failed. HeyGen does not charge"},
		"with a code nobody knows":  {FailedJob{State: "failed", FailureCode: "of_tomorrow"}, "Tell the user why it failed. HeyGen does not charge"},
		"with the code of an error": {coded, "longer script"},
		"with a code of its own":    {FailedJob{State: "failed", FailureCode: "insufficient_credit"}, "top up"},
	} {
		if got := FailedJobStep(c.job); (got == "") != (c.says == "") || !strings.Contains(got, c.says) {
			t.Errorf("%s: got %q, want %q in it", name, got, c.says)
		}
	}
}
