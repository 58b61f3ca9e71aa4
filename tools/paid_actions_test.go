package tools_test

import (
	"strings"
	"testing"

	"heygen-mcp/tools"
)

// TestEveryPaidToolHasWords holds that a person can be told of whatever has cost money, and that nothing is told of
// tools that are not there.
func TestEveryPaidToolHasWords(t *testing.T) {
	t.Parallel()
	for _, tool := range tools.Declared() {
		d, ok := tools.PaidActionOf(tool.Name)
		if paid := tool.Input().Has("max_cost_usd"); ok != paid {
			t.Errorf("%s costs money: %t; it has words: %t", tool.Name, paid, ok)
		}
		if ok && (d.Do == "" || d.Did == "" || strings.ToLower(d.Did[:1]) != d.Did[:1]) {
			t.Errorf("the words of %s are %+v", tool.Name, d)
		}
	}
	for kind, want := range map[string]string{"video": "", "video_agent": "https://app.heygen.com/video-agent/a%2Fb", "lipsync": ""} {
		if got := tools.PageOf(kind, "a/b"); got != want {
			t.Errorf("the page of a %s is %q, want %q", kind, got, want)
		}
	}
}
