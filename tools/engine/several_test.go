package engine_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"heygen-mcp/tools"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/toolstest"
)

// plain says that answers of these tests have nothing but a success.
const plain toolstest.MadeUp = "it says of a deletion that it was done, and no more"

// lastOf is the id at the end of a request's path.
func lastOf(r *http.Request) string { return r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:] }

// rowsOf are the rows of a result.
func rowsOf(t *testing.T, res map[string]any) []map[string]any {
	t.Helper()
	items, _ := res["items"].([]any)
	rows := make([]map[string]any, len(items))
	for i, item := range items {
		rows[i], _ = item.(map[string]any)
	}
	return rows
}

// deletes are the tools that delete one thing, with the argument that names it.
func deletes(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, info := range tools.Describe() {
		if op := info.Operations; strings.HasPrefix(info.Name, "delete_") && len(op) == 1 {
			path := op[0].Path
			found[info.Name] = strings.Trim(path[strings.LastIndexByte(path, '/')+1:], "{}")
		}
	}
	if len(found) < 15 {
		t.Fatalf("there are %d tools that delete, want those of every resource", len(found))
	}
	return found
}

// TestEveryDeleteTakesAList holds of every tool that deletes that it takes a list of ids in place of
// one, leaves out the equal ones, tells of each in the order given, and does not stop at one that
// fails.
func TestEveryDeleteTakesAList(t *testing.T) {
	t.Parallel()
	for tool, argument := range deletes(t) {
		var mu sync.Mutex
		asked := map[string]int{}
		b := toolstest.Upstream(t, func(w http.ResponseWriter, r *http.Request) {
			id := lastOf(r)
			mu.Lock()
			asked[id]++
			mu.Unlock()
			w.Header().Set("Content-Type", "application/json")
			switch id {
			case "gone":
				w.WriteHeader(http.StatusNotFound)
				_, _ = w.Write([]byte(`{"error":{"code":"not_found","message":"No such thing."}}`))
			case "broken":
				w.WriteHeader(http.StatusInternalServerError)
				_, _ = w.Write([]byte(`{"error":{"code":"internal_error","message":"Oh."}}`))
			case "busy":
				w.Header().Set("Retry-After", "7")
				w.WriteHeader(http.StatusTooManyRequests)
				_, _ = w.Write([]byte(`{"error":{"code":"rate_limit_exceeded","message":"Slow down."}}`))
			default:
				_, _ = w.Write([]byte(`{"data":{}}`))
			}
		}, plain)
		res := b.CallTool(t, tool, fmt.Sprintf(`{%q:["a","gone"," a ","broken","busy","b"]}`, argument+"s"))
		want := []string{"a ", "gone not_found", "broken internal_error", "busy rate_limit_exceeded", "b "}
		rows := rowsOf(t, res)
		if len(rows) != len(want) {
			t.Errorf("%s answered %v, want a row for each of 5 ids", tool, res)
			continue
		}
		for i, row := range rows {
			code, _ := row["error_code"].(string)
			told := row["message"] != nil && row["next_step"] != nil
			if fmt.Sprintf("%v %s", row["id"], code) != want[i] || told == (code == "") || (row["deleted"] == true) != (code == "") {
				t.Errorf("%s has %v in place %d, want %s", tool, row, i, want[i])
			}
		}
		if asked["a"] != 1 || asked["b"] != 1 || rows[4]["deleted"] != true || rows[3]["retry_after_seconds"] != 7.0 {
			t.Errorf("%s asked %v and told %v", tool, asked, rows)
		}
		if next, _ := res["next_step"].(string); !strings.HasPrefix(next, "3 of 5 ") {
			t.Errorf("%s says %q, want how many were not deleted", tool, next)
		}
	}
}

// TestOneOrSeveral holds what is refused before HeyGen hears of anything, and that one id alone is
// answered as ever.
func TestOneOrSeveral(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	b := toolstest.Upstream(t, func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		_, _ = w.Write([]byte(`{"data":{"deleted":true}}`))
	}, plain)
	many := `"` + strings.Repeat(`v","`, 101) + `v"`
	for raw, param := range map[string]string{
		`{}`:                                 "video_id",
		`{"video_ids":[]}`:                   "video_id",
		`{"video_ids":[" ",""]}`:             "video_id",
		`{"video_id":"a","video_ids":["b"]}`: "video_id",
		`{"video_ids":[{"x":"a"}]}`:          "video_ids[0]",
		`{"video_ids":[` + many + `]}`:       "video_ids",
		`{"video_ids":["a","` + strings.Repeat("b", 256) + `"]}`: "video_ids[1]",
	} {
		if res := b.CallTool(t, "delete_video", raw); res["error_code"] != "invalid_parameter" || res["param"] != param {
			t.Errorf("%.60s: got %v, want %s refused", raw, res, param)
		}
	}
	if n := asked.Load(); n != 0 {
		t.Errorf("HeyGen was asked %d times for calls that are refused", n)
	}
	for raw, rows := range map[string]int{
		`{"video_id":"a"}`: 0, `{"videoIds":["a","b"]}`: 2, `{"video_ids":"a, b"}`: 2,
		`{"video_id":"a","video_ids":["a","b"]}`: 2, `{"video_id":"a","video_ids":[]}`: 0,
	} {
		res := b.CallTool(t, "delete_video", raw)
		if got := rowsOf(t, res); len(got) != rows || rows == 0 && res["deleted"] != true {
			t.Errorf("%s: got %v, want %d rows", raw, res, rows)
		}
	}
}

// TestACanceledListTellsHowFarItIs holds that what was begun when the caller left is done and told,
// and that the rest is not begun.
func TestACanceledListTellsHowFarItIs(t *testing.T) {
	t.Parallel()
	ctx, leave := context.WithCancel(t.Context())
	var asked atomic.Int32
	b := toolstest.Upstream(t, func(w http.ResponseWriter, _ *http.Request) {
		if asked.Add(1) == 3 {
			leave()
		}
		_, _ = w.Write([]byte(`{"data":{"deleted":true}}`))
	}, plain)
	ids := make([]string, 40)
	for i := range ids {
		ids[i] = fmt.Sprintf("v%d", i)
	}
	raw, err := json.Marshal(map[string]any{"video_ids": ids})
	if err != nil {
		t.Fatal(err)
	}
	deleted, canceled := 0, 0
	for i, row := range rowsOf(t, b.CallToolIn(ctx, t, "delete_video", string(raw))) {
		if row["id"] != ids[i] {
			t.Errorf("row %d is %v, want that of %s", i, row, ids[i])
		}
		switch {
		case row["deleted"] == true:
			deleted++
		case row["error_code"] == "canceled":
			canceled++
		}
	}
	if n := int(asked.Load()); deleted != n || deleted+canceled != len(ids) || n < 3 || n > 3+engine.SeveralAtOnce {
		t.Errorf("HeyGen was asked for %d of %d; told are %d deleted and %d canceled", n, len(ids), deleted, canceled)
	}
}

// TestSeveralAtOnce holds how many deletions are under way at a time, and that a sign-in that has
// ended ends them.
func TestSeveralAtOnce(t *testing.T) {
	t.Parallel()
	var now, most, asked atomic.Int32
	all := make(chan struct{})
	b := toolstest.Upstream(t, func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		if n := now.Add(1); n == engine.SeveralAtOnce {
			most.Store(n)
			close(all)
		} else if n > engine.SeveralAtOnce {
			most.Store(n)
		}
		select { // each waits until as many as may be are there
		case <-all:
		case <-r.Context().Done():
		}
		now.Add(-1)
		w.WriteHeader(http.StatusUnauthorized)
	}, plain)
	ids := `"a","b","c","d","e","f","g","h","i","j","k","l"`
	rows := rowsOf(t, b.CallTool(t, "delete_video", `{"video_ids":[`+ids+`]}`))
	for _, row := range rows {
		if row["error_code"] == nil || row["next_step"] == nil {
			t.Errorf("a row is %v, want a refusal", row)
		}
	}
	if most.Load() != engine.SeveralAtOnce || asked.Load() > 2*engine.SeveralAtOnce || len(rows) != 12 {
		t.Errorf("%d at once, %d in all, %d rows", most.Load(), asked.Load(), len(rows))
	}
}

// TestAListIsAskedAboutOnce holds that the user is asked about all deletions of a list at once, and
// sees which and how many they are.
func TestAListIsAskedAboutOnce(t *testing.T) {
	t.Parallel()
	a := toolstest.NewAsker(t, tools.ConfirmDeletes)
	one, _ := a.CallTool(t, "create_video_from_avatar", a.VideoArgs(t))["video_id"].(string)
	other := strings.Repeat("b", 32)
	args := fmt.Sprintf(`{"video_ids":[%q,%q," %s "]}`, one, other, one)
	question, state := a.Asks(t, "delete_video", args)
	for _, want := range []string{"2 of them", one, other, "cannot be taken back"} {
		if !strings.Contains(question.Message, want) {
			t.Errorf("it asks %q, want %s in it", question.Message, want)
		}
	}
	res, _ := a.Try(t, "delete_video", args, state, map[string]string{"confirm": toolstest.Agrees})
	rows := rowsOf(t, toolstest.DecodeResult(t, res))
	if len(rows) != 2 || rows[0]["deleted"] != true || rows[1]["error_code"] == nil {
		t.Errorf("got %s, want one deleted and one unknown", res.RawStructuredContent)
	}
	// The agreement was good for these.
	if _, refusal := a.Try(t, "delete_video", `{"video_ids":["c"]}`, state, map[string]string{"confirm": toolstest.Agrees}); refusal == nil {
		t.Error("the agreement was good for other ids")
	}
}
