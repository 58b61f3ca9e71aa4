package edge_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/transport/edge"
	"heygen-mcp/transport/edge/edgetest"
)

// TestPausedCallsGoOn holds that a call that waits is answered by the work that was taken off its request, or with its
// request where it was not, that it sleeps between its steps, and that a panic of a step is the work's.
func TestPausedCallsGoOn(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		tool          string
		takes, panics bool // the server the call off its request, and the last step
		want          string
	}{
		"off its request":           {"slow", true, false, "answered false, true, slept 2, told 1"},
		"with its request":          {"slow", false, false, "answered true, true, slept 2, told 1"},
		"of a tool that waits not":  {"fast", true, false, "answered true, true, slept 2, told 1"},
		"off its request, to break": {"slow", true, true, "answered false, false, slept 2, told 1, broken"},
	} {
		steps, slept, told := 0, 0, 0
		pause := &exchange.Pause{Sleep: func() { slept++ }, Resume: func() (exchange.Outcome, bool) {
			if steps++; steps == 3 && c.panics {
				panic("broken")
			}
			return exchange.Outcome{Result: mcp.NewToolResultText("there")}, steps == 3
		}}
		work := func() {}
		e, err := edge.New(edge.Config{
			Call: func(context.Context, string, json.RawMessage, edge.Progress) (exchange.Outcome, bool) {
				return exchange.Outcome{Pause: pause}, true
			},
			Waits: func(tool string) bool { return tool == "slow" },
			Detach: func(_ http.ResponseWriter, _ *http.Request, _, apart func()) bool {
				if c.takes {
					work = apart
				}
				return c.takes
			},
			Watch: func(ctx context.Context, _ edge.Operation) (context.Context, func(string)) {
				return ctx, func(string) { told++ }
			},
		}, http.NotFoundHandler())
		if err != nil {
			t.Fatal(err)
		}
		res := httptest.NewRecorder()
		answered := func() bool { return strings.Contains(res.Body.String(), `"text":"there"`) }
		req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/mcp", strings.NewReader(edgetest.Call(1, c.tool, `{}`, "")))
		req.Header.Set("Content-Type", "application/json")
		e.ServeHTTP(res, req)
		before, failure := answered(), ""
		func() {
			defer func() {
				if v := recover(); v != nil {
					failure = fmt.Sprint(", ", v)
				}
			}()
			work()
		}()
		if got := fmt.Sprintf("answered %t, %t, slept %d, told %d%s", before, answered(), slept, told, failure); got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}
