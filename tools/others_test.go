package tools_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/tools"
	"heygen-mcp/tools/toolstest"
)

// TestOthersWordsAreData holds that a text of HeyGen's, or of whoever wrote a title or a question there, is never told
// as advice of this server's: not by any tool, for any answer.
func TestOthersWordsAreData(t *testing.T) {
	t.Parallel()
	b, choose := toolstest.PoisonedBench(t)
	calls := map[string][]map[string]any{}
	for tool, given := range exampleCalls(t) {
		for name, v := range given { // what an earlier step of the calls saved
			if s, ok := v.(string); ok {
				given[name] = strings.Trim(s, "$")
			}
		}
		calls[tool] = []map[string]any{given}
	}
	calls["wait_for_jobs"] = nil
	for _, k := range tools.JobKinds() {
		calls["wait_for_jobs"] = append(calls["wait_for_jobs"], map[string]any{"kind": k.Name, "ids": []any{"j"}, "timeout_seconds": 0})
	}
	for name, answer := range toolstest.PoisonedAnswers() {
		choose(answer)
		told := 0
		for _, e := range tools.Declared() {
			for _, given := range calls[e.Name] {
				raw, err := jsonwrite.Marshal(given)
				if err != nil {
					t.Fatal(err)
				}
				text := string(b.Result(showing(t.Context()), t, e.Name, string(raw)).RawStructuredContent)
				if found := toolstest.InAdvice("", any(mustDecode(t, text))); len(found) > 0 {
					t.Errorf("%s: %s tells %v: %s", name, e.Name, found, text)
				}
				if strings.Contains(text, toolstest.Marker) {
					told++
				}
			}
		}
		if told < 10 && !strings.HasPrefix(name, "302") {
			t.Errorf("%s: only %d tools told of it at all, so this test says little", name, told)
		}
	}
}

// TestAdviceIsNamedOnce holds that no tool has a member of HeyGen's that this server's advice is told in.
func TestAdviceIsNamedOnce(t *testing.T) {
	t.Parallel()
	for _, info := range tools.Describe() {
		for _, f := range slices.Sorted(maps.Keys(mustDecode(t, string(info.OutputSchema))["properties"].(map[string]any))) {
			if f == "message" || f == "asks" {
				t.Errorf("%s answers with a member %s", info.Name, f)
			}
		}
	}
}
