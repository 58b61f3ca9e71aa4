package tools_test

import (
	"io"
	"net/http"
	"testing"

	"heygen-mcp/tools/toolstest"
)

// TestIDsOfJobsByEitherName holds that the id of a job that is paid for is not lost, whichever of its
// names HeyGen answers it under.
func TestIDsOfJobsByEitherName(t *testing.T) {
	t.Parallel()
	const args = `{"video":{"type":"url","url":"https://files.example/a.mp4"}}`
	for tool, names := range map[string][]string{ // ours, then HeyGen's others
		"create_ai_clipping":         {"job_id", "ai_clipping_id", "id"},
		"create_filler_word_removal": {"filler_word_removal_id", "id"},
	} {
		for _, name := range names {
			b := toolstest.Upstream(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(http.StatusAccepted)
				_, _ = io.WriteString(w, `{"data":{"`+name+`":"job-1"}}`)
			}, "HeyGen's document has one of the two names")
			if got := b.CallTool(t, tool, args); got[names[0]] != "job-1" || got["wait_with"] == nil {
				t.Errorf("%s answered %v for %s, want %s job-1 to wait for", tool, got, name, names[0])
			}
			if task := b.Begin(t, tool, args); task == nil {
				t.Errorf("%s began no task for %s", tool, name)
			}
		}
	}
}
