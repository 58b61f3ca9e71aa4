package choice_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"heygen-mcp/tools/choice"
	"heygen-mcp/tools/toolstest"
)

// question is what somebody asks for, and the tools that do it.
type question struct {
	text  string
	right []string
}

func questions(t *testing.T) []question {
	t.Helper()
	raw, err := os.ReadFile("testdata/questions.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all []question
	for line := range strings.Lines(string(raw)) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		at := strings.LastIndex(line, ":")
		all = append(all, question{text: line[:at], right: strings.Fields(line[at+1:])})
	}
	return all
}

// found are the names that search_tools answers with.
func found(t *testing.T, b *toolstest.Bench, query string) []string {
	t.Helper()
	raw, err := argsOf(map[string]any{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	list, _ := b.CallTool(t, "search_tools", raw)["tools"].([]any)
	for _, one := range list {
		names = append(names, one.(map[string]any)["name"].(string))
	}
	return names
}

// TestQuestions holds that plain questions find the tools that they mean: among the first three for
// nine questions of ten, among the first eight for 98 of a hundred.
func TestQuestions(t *testing.T) {
	t.Parallel()
	b := toolstest.Limited(t, false, choice.All, choice.Discover)
	all := questions(t)
	if len(all) < 60 {
		t.Fatalf("%d questions are too few", len(all))
	}
	const first, later = 3, 8
	inFirst, inLater := 0, 0
	for _, q := range all {
		names := found(t, b, q.text)
		at := slices.IndexFunc(names, func(name string) bool { return slices.Contains(q.right, name) })
		if at >= 0 && at < first {
			inFirst++
		} else {
			t.Logf("%q finds %v first, and means %v", q.text, names[:min(len(names), first)], q.right)
		}
		if at >= 0 && at < later {
			inLater++
		}
	}
	t.Logf("of %d questions %d find their tool among the first %d, %d among the first %d", len(all), inFirst, first, inLater, later)
	if inFirst*10 < len(all)*9 {
		t.Errorf("%d of %d questions find their tool among the first %d", inFirst, len(all), first)
	}
	if inLater*100 < len(all)*98 {
		t.Errorf("%d of %d questions find their tool among the first %d", inLater, len(all), later)
	}
}

// TestNothingFits holds that what no tool does finds none.
func TestNothingFits(t *testing.T) {
	t.Parallel()
	b := toolstest.Limited(t, false, choice.All, choice.Discover)
	for _, query := range []string{"book a flight to Lisbon", "order pizza", "weather tomorrow in Berlin", "and it", "???", "solve this equation"} {
		if names := found(t, b, query); len(names) > 0 {
			t.Errorf("%q finds %v", query, names)
		}
	}
}

func argsOf(v any) (string, error) {
	raw, err := json.Marshal(v)
	return string(raw), err
}
