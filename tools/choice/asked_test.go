package choice_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"heygen-mcp/tools"
	"heygen-mcp/tools/choice"
)

// TestAsked holds that what is learned from is read as it stands, is said of one tool only and of one that there is,
// and is no question of the sets that judge the search: what was learned by heart proves nothing.
func TestAsked(t *testing.T) {
	t.Parallel()
	sets, err := filepath.Glob("testdata/questions*.txt")
	if err != nil || len(sets) == 0 {
		t.Fatalf("no questions to judge by: %v", err)
	}
	judges := map[string]string{}
	for _, set := range sets {
		raw, err := os.ReadFile(set)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(raw)) {
			if at := strings.LastIndex(line, ":"); at >= 0 && line[0] != '#' {
				judges[plain(line[:at])] = set
			}
		}
	}
	const least = 2000 // questions; fewer have got lost
	means, read := map[string]string{}, 0
	for tool, questions := range choice.Asked() {
		if !slices.ContainsFunc(tools.Describe(), func(info tools.Info) bool { return info.Name == tool }) {
			t.Errorf("%q is no tool, and is asked for by %q", tool, questions)
		}
		for _, question := range questions {
			read++
			q := plain(question)
			if other := means[q]; other != "" {
				t.Errorf("%q means %s and %s", question, other, tool)
			}
			means[q] = tool
			if set := judges[q]; set != "" {
				t.Errorf("%q is in %s too", question, set)
			}
		}
	}
	if read < least {
		t.Errorf("%d questions are read", read)
	}
}

// plain is a question without what does not tell it from others.
func plain(question string) string {
	notLetter := func(c rune) bool { return c < 'a' || c > 'z' }
	return strings.Join(strings.FieldsFunc(strings.ToLower(question), notLetter), " ")
}
