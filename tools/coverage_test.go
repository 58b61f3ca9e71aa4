package tools_test

import (
	"os"
	"strings"
	"testing"

	"heygen-mcp/internal/openapi"
	"heygen-mcp/tools"
	"heygen-mcp/tools/contract"
)

// document is HeyGen's own, as committed.
func document(t *testing.T) *openapi.Document {
	t.Helper()
	raw, err := os.ReadFile("../heygen/testdata/v3.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := openapi.Read(raw)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestCoverage holds that every operation has a tool, and that the tools say of it what HeyGen's
// document says. What has no use over MCP stands in testdata/unreachable.txt with the reason, and
// what tools say otherwise on purpose in testdata/differences.txt.
func TestCoverage(t *testing.T) {
	t.Parallel()
	doc := document(t)
	if n := len(doc.Operations); n < 138 { // so that none is lost in silence; new ones may come
		t.Errorf("got %d operations, want at least 138", n)
	}
	uncalled, unknown := contract.Coverage(doc, tools.Declared())
	for _, name := range unknown {
		t.Errorf("tools call %s, which HeyGen's document does not have", name)
	}
	found := map[string]bool{}
	for _, name := range uncalled {
		found[name] = true
	}
	unreachable := readUnreachable(t)
	compareLists(t, "testdata/unreachable.txt", "no tool", found, unreachable)

	found = map[string]bool{}
	for _, d := range contract.Differences(doc, tools.Declared()) {
		found[d.String()] = true
	}
	compareLists(t, "testdata/differences.txt", "", found, readReasons(t))
}

// compareLists holds that what was found is listed with a reason, and that nothing else is.
func compareLists(
	t *testing.T, file, what string, found map[string]bool, reasons map[string]string,
) {
	t.Helper()
	for one := range found {
		if _, listed := reasons[one]; !listed && what != "" {
			t.Errorf("%s: %s", one, what)
		} else if !listed {
			t.Errorf("got %v, want listed true", one)
		}
	}
	for one, reason := range reasons {
		if !found[one] {
			t.Errorf("%s lists what is not so: %s", file, one)
		}
		if reason == "" {
			t.Errorf("%s gives no reason for %s", file, one)
		}
	}
}

// readUnreachable reads the list of operations that have no tool: "METHOD /path: reason".
func readUnreachable(t *testing.T) map[string]string {
	t.Helper()
	reasons := map[string]string{}
	for line := range lines(t, "testdata/unreachable.txt") {
		name, reason, _ := strings.Cut(line, ": ")
		reasons[name] = strings.TrimSpace(reason)
	}
	return reasons
}

// readReasons reads the list of differences: a line each, and below it, indented, its reason.
func readReasons(t *testing.T) map[string]string {
	t.Helper()
	reasons, last := map[string]string{}, ""
	for line := range lines(t, "testdata/differences.txt") {
		if strings.HasPrefix(line, "\t") {
			reasons[last] += strings.TrimSpace(line)
			continue
		}
		last = line
		reasons[last] = ""
	}
	return reasons
}

// lines are those of a file that are neither empty nor a comment.
func lines(t *testing.T, file string) func(yield func(string) bool) {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return func(yield func(string) bool) {
		for line := range strings.Lines(string(raw)) {
			line = strings.TrimRight(line, "\n")
			if line != "" && !strings.HasPrefix(line, "#") && !yield(line) {
				return
			}
		}
	}
}
