package tools_test

import (
	"io"
	"net/http"
	"testing"

	"heygen-mcp/tools/toolstest"
)

// TestIDsOfJobsByEitherName holds that the id of a job that is paid for is not lost, whichever of the two
// names HeyGen answers it under.
func TestIDsOfJobsByEitherName(t *testing.T) {
	t.Parallel()
	const args = `{"video":{"type":"url","url":"https://files.example/a.mp4"}}`
	for tool, name := range map[string]string{
		"create_ai_clipping": "ai_clipping_id", "create_filler_word_removal": "filler_word_removal_id",
	} {
		for _, name := range []string{"id", name} {
			b := toolstest.Upstream(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(http.StatusAccepted)
				_, _ = io.WriteString(w, `{"data":{"`+name+`":"job-1"}}`)
			}, "HeyGen's document has one of the two names")
			if got := b.CallTool(t, tool, args); got["id"] != "job-1" || got["check_with"] != "wait_for_jobs" {
				t.Errorf("%s answered %v for %s, want id job-1 to wait for", tool, got, name)
			}
			if task := b.Begin(t, tool, args); task == nil {
				t.Errorf("%s began no task for %s", tool, name)
			}
		}
	}
}
