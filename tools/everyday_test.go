package tools_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/tools"
	"heygen-mcp/tools/toolstest"
)

// The bounds of the ten requests of testdata/everyday together: what an agent reads and writes for them
// besides the list of tools.
const (
	everydayCalls = 29
	everydayChars = 15_000
)

const everydayTotals = "testdata/everyday/totals.md"

// everyday is one request of a user as an agent carries it out that has only the list of tools, by as
// few calls as it can. A line is a step:
//
//	# what is asked for
//	toolsets NAME,…     what the request chooses, in place of core
//	given TOOL {…}      a call that went before, and is not counted
//	advance SECONDS     time that went by before
//	call TOOL {…}       a call; it must succeed
//	save NAME PATH      keeps a member of the last result for $NAME
//	want PATH           a member of the last result that the user asked for
type everyday struct {
	t     *testing.T
	b     *toolstest.Bench
	ctx   context.Context //nolint:containedctx // it is what the request has chosen
	last  map[string]any
	saved map[string]any

	calls, sent, got int // characters, as an agent writes and reads them
	each             []string
}

// TestEverydayRequests counts the calls of ten everyday requests and their characters, and holds them
// to those that are committed beside the bounds.
func TestEverydayRequests(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/everyday/*.txt")
	if err != nil || len(files) != 10 {
		t.Fatalf("%d requests, %v; want 10", len(files), err)
	}
	var table strings.Builder
	calls, chars := 0, 0
	for _, name := range files {
		e := play(t, name)
		calls, chars = calls+e.calls, chars+e.sent+e.got
		fmt.Fprintf(&table, "| %s | %d | %d | %d | %s |\n", strings.TrimSuffix(filepath.Base(name), ".txt"),
			e.calls, e.sent, e.got, strings.Join(e.each, ", "))
	}
	fresh := "# Ten everyday requests\n\n" +
		"Calls and characters of the scripts beside this file, without the list of tools. Written by\n" +
		"`go generate ./...`; the row of before is of an earlier version and the calls that it took.\n\n" +
		"| | calls | characters |\n|---|---|---|\n| before | 41 | 34900 |\n" +
		fmt.Sprintf("| now | %d | %d |\n| bound | %d | %d |\n\n", calls, chars, everydayCalls, everydayChars) +
		"| request | calls | sent | received | by call |\n|---|---|---|---|---|\n" + table.String()
	if *update {
		if err := os.WriteFile(everydayTotals, []byte(fresh), 0o644); err != nil { //nolint:gosec // G306: test data is for everybody to read
			t.Fatal(err)
		}
		return
	}
	old, err := os.ReadFile(everydayTotals)
	if err != nil {
		t.Fatal(err)
	}
	wasCalls, wasChars := totals(t, string(old))
	if calls > wasCalls || chars > wasChars {
		t.Errorf("the everyday requests take %d calls and %d characters, and took %d and %d:\n%s",
			calls, chars, wasCalls, wasChars, table.String())
	} else if !bytes.Equal(old, []byte(fresh)) {
		t.Errorf("%s is stale; look at it, then run: go test ./tools -update", everydayTotals)
	}
}

// totals reads the row of now.
func totals(t *testing.T, page string) (calls, chars int) {
	t.Helper()
	_, row, _ := strings.Cut(page, "| now | ")
	if _, err := fmt.Sscanf(row, "%d | %d", &calls, &chars); err != nil {
		t.Fatalf("%s has no totals: %v", everydayTotals, err)
	}
	return calls, chars
}

// play carries one request out.
func play(t *testing.T, name string) *everyday {
	t.Helper()
	e := &everyday{t: t, b: toolstest.New(t), saved: map[string]any{}}
	e.b.Control(t, "reset", `{"looks":1000,"voices":1000}`) // about what HeyGen has
	e.b.Control(t, "clock", `{"hold":true}`)
	e.b.Change(t, func(c *tools.Config) { c.Toolsets = nil })
	e.ctx = t.Context()
	for line := range lines(t, name) {
		verb, rest, _ := strings.Cut(line, " ")
		first, second, _ := strings.Cut(rest, " ")
		switch verb {
		case "toolsets":
			ctx, err := e.b.Choose(t.Context(), [][]string{strings.Split(rest, ",")}, nil, false)
			if err != nil {
				t.Fatal(err)
			}
			e.ctx = ctx
		case "given", "call":
			e.call(first, second, verb == "call")
		case "advance":
			e.b.Pass(t, rest)
		case "save":
			e.saved[first] = e.member(second)
		case "want":
			e.member(rest)
		default:
			t.Fatalf("%s: %q is no step", name, line)
		}
	}
	return e
}

// call makes a call with what was saved, and counts it.
func (e *everyday) call(tool, given string, counts bool) {
	e.t.Helper()
	for name, v := range e.saved {
		raw, err := json.Marshal(v)
		if err != nil {
			e.t.Fatal(err)
		}
		given = strings.ReplaceAll(given, `"$`+name+`"`, string(raw))
	}
	out, known := e.b.Call(e.ctx, tool, json.RawMessage(given), func(float64, float64, string) {})
	if !known || out.Result == nil || out.Result.IsError {
		e.t.Fatalf("%s %s: known %v, %+v", tool, given, known, out.Result)
	}
	text := out.Result.Content[0].(mcp.TextContent).Text
	e.last = nil
	if err := json.Unmarshal([]byte(text), &e.last); err != nil {
		e.t.Fatal(err)
	}
	if counts {
		sent, got := utf8.RuneCountInString(given), utf8.RuneCountInString(text)
		e.calls, e.sent, e.got = e.calls+1, e.sent+sent, e.got+got
		e.each = append(e.each, fmt.Sprintf("%s %d", tool, got))
	}
}

// member is one of the last result, by names and places in lists with dots between them.
func (e *everyday) member(path string) any {
	e.t.Helper()
	var v any = e.last
	for name := range strings.SplitSeq(path, ".") {
		switch of := v.(type) {
		case map[string]any:
			v = of[name]
		case []any:
			i, err := strconv.Atoi(name)
			if err != nil || i >= len(of) {
				e.t.Fatalf("there is no %s in %v", path, e.last)
			}
			v = of[i]
		default:
			v = nil
		}
	}
	if v == nil {
		e.t.Fatalf("there is no %s in %v", path, e.last)
	}
	return v
}
