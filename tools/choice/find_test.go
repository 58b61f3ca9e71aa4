package choice_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"heygen-mcp/tools"
	"heygen-mcp/tools/choice"
	"heygen-mcp/tools/toolstest"
)

// question is what somebody asks for, and the tools that do it.
type question struct {
	text  string
	right []string
}

func questions(t *testing.T, file string) []question {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + file)
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

// TestQuestions holds that plain questions of several sets find the tools that they mean: among the first three for
// nine questions of ten. Among the first eight it is 98 of a hundred of the first set and of those that were written
// last, and 95 of the others, some of which are hard on purpose.
func TestQuestions(t *testing.T) {
	t.Parallel()
	b := toolstest.Limited(t, false, choice.All, choice.Discover)
	for file, later := range map[string]int{
		"questions.txt": 98, "questions_everyday.txt": 95, "questions_plain.txt": 95, "questions_later.txt": 95,
		"questions_people.txt": 95, "questions_every_tool.txt": 98, "questions_unseen.txt": 98,
	} {
		all := questions(t, file)
		if len(all) < 60 {
			t.Fatalf("%s: %d questions are too few", file, len(all))
		}
		const few, many = 3, 8
		inFew, inMany := 0, 0
		for _, q := range all {
			names := found(t, b, q.text)
			at := slices.IndexFunc(names, func(name string) bool { return slices.Contains(q.right, name) })
			if at >= 0 && at < few {
				inFew++
			} else {
				t.Logf("%q finds %v first, and means %v", q.text, names[:min(len(names), few)], q.right)
			}
			if at >= 0 && at < many {
				inMany++
			}
		}
		t.Logf("%s: of %d questions %d find their tool among the first %d, %d among the first %d", file, len(all), inFew, few, inMany, many)
		if inFew*100 < len(all)*90 || inMany*100 < len(all)*later {
			t.Errorf("%s: of %d questions %d find their tool among the first %d, %d among the first %d", file, len(all), inFew, few, inMany, many)
		}
	}
}

// TestNothingFits holds that what no tool does finds none.
func TestNothingFits(t *testing.T) {
	t.Parallel()
	b := toolstest.Limited(t, false, choice.All, choice.Discover)
	for _, query := range []string{
		"book a flight to Lisbon", "order pizza", "weather tomorrow in Berlin", "and it", "???", "solve this equation",
		"Wie wird das Wetter morgen", "reserva una mesa", "quelle heure est-il", "明日の天気", "피자 주문",
		"what is the capital of France", "set an alarm for seven", "cook dinner", "is it going to rain", "how are you",
		"fix my car", "find a hotel near the beach", "write a python function", "sell my house", "knit a sweater",
	} {
		if names := found(t, b, query); len(names) > 0 {
			t.Errorf("%q finds %v", query, names)
		}
	}
}

// TestNamesFindThemselves holds that who says a tool's name or title is given that tool first.
func TestNamesFindThemselves(t *testing.T) {
	t.Parallel()
	b := toolstest.Limited(t, false, choice.All, choice.Discover)
	for _, info := range tools.Describe() {
		if slices.Contains(info.Toolsets, choice.Discover) || len(info.Helps) > 0 {
			continue
		}
		for _, query := range []string{info.Name, strings.ReplaceAll(info.Name, "_", " "), info.Title} {
			if names := found(t, b, query); len(names) == 0 || names[0] != info.Name {
				t.Errorf("%q finds %v", query, names[:min(len(names), 3)])
			}
		}
	}
}

func argsOf(v any) (string, error) {
	raw, err := json.Marshal(v)
	return string(raw), err
}
