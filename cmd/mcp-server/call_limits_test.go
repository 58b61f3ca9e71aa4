package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"testing"
)

// A refusal of a limit reaches the client as a result, and the audit log as the call of the tool that it stopped, also
// where another tool was to pass it on. What is no tool is in no line: its name is the client's.
func TestCallLimitsAreAnswered(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "audit.log")
	s := newStackWith(t, io.Discard, noPause, append(fastSandbox(), "--max-calls-per-minute", "1", "--max-concurrent-calls", "2",
		"--audit-log", file, "--audit-arguments")...)
	s.tool(t, "ana", "list_videos", `{}`)
	if res := s.tool(t, "ana", "list_videos", `{}`); res["error_code"] != "too_many_calls" || res["retryable"] != true || res["retry_after_seconds"] == nil {
		t.Errorf("got %v", res)
	}
	if res := s.tool(t, "ben", "list_videos", `{}`); res["error"] != nil {
		t.Errorf("somebody else got %v", res)
	}
	s.tool(t, "ana", "call_tool", `{"name":"delete_video","arguments":{"video_id":"v"}}`)
	s.tool(t, "ana", "no_tool", `{"secret":1}`)
	lines, all := audited(t, file)
	var got []string
	for _, line := range lines {
		if line["event"] == "call" {
			got = append(got, fmt.Sprint(line["tool"], " ", line["effect"], " ", line["outcome"], " ", line["arguments"]))
		}
		if caller, _ := line["caller"].(string); caller == "" {
			t.Errorf("%v is nobody's", line)
		}
	}
	want := []string{"list_videos reads ok {}", "list_videos reads too_many_calls {}", "list_videos reads ok {}", `delete_video deletes too_many_calls {"video_id":"v"}`}
	if !slices.Equal(got, want) {
		t.Errorf("the audit log tells of %q, want %q:\n%s", got, want, all)
	}
}
