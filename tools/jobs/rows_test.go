package jobs_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/internal/ledger"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/toolstest"
)

// mainFiles are the members under which a row tells the main file of each kind of job, and the
// others that it has once it is done. Kinds that make no file tell what they made.
func mainFiles() map[string][]string {
	return map[string][]string{
		"video":                   {"video_url", "duration_seconds"},
		"video_batch":             {"total_items", "counts_by_status"},
		"model_video":             {"video_url", "duration_seconds", "width", "height"},
		"video_translation":       {"video_url", "duration_seconds", "output_language"},
		"video_translation_batch": {"total_items", "counts_by_status"},
		"proofread":               {"output_language", "asks", "title"},
		"lipsync":                 {"video_url", "duration_seconds"},
		"lipsync_batch":           {"total_items", "counts_by_status"},
		"ai_clipping":             {"video_url", "duration_seconds", "clip_count"},
		"background_removal":      {"foreground", "duration_seconds"},
		"filler_word_removal":     {"video_url", "duration_seconds"},
		"hyperframes_render":      {"video_url", "duration_seconds", "width", "height"},
		"voice_clone":             {"preview_audio_url", "title"},
		"model_voice":             {},
		"avatar_look":             {"preview_image_url", "title", "width", "height", "group_id"},
		"brand_kit":               {"title"},
		"video_agent":             {"video_url", "duration_seconds", "video_id"},
		"podcast":                 {"video_url", "duration_seconds", "title"},
		"workflow_run":            {"output_count"},
		"video_quality":           {"winner", "winner_side", "confidence"},
		"video_quality_batch":     {"total_items", "counts"},
		"avatar_realtime":         {"hls_url"},
	}
}

// rowMembers are what a row may have besides the main file and what its kind tells.
func rowMembers() []string {
	return []string{"id", "title", "status", "state", "duration_seconds", "width", "height", "progress", "asks", "group_id"}
}

// TestEveryKindHasItsRow holds of every kind of job that a create begins what a wait for several tells
// of one that is done: its main file under the name that it has in HeyGen's answer, and little else.
// An id that HeyGen does not know stands beside it, so that it is told in a row.
func TestEveryKindHasItsRow(t *testing.T) {
	t.Parallel()
	creates := toolstest.New(t).Creates(t)
	for kind, want := range mainFiles() {
		if creates[kind] == nil {
			t.Errorf("no create begins a %s", kind)
			continue
		}
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			b := toolstest.New(t)
			create := b.Creates(t)[kind]
			step := "3600"
			if kind == "avatar_realtime" { // which soon ends, and is asked for every five seconds at the most
				step, create[1] = "6", strings.Replace(create[1], "Hello there.", strings.Repeat("Hello there. ", 40), 1)
			}
			made := b.CallTool(t, create[0], create[1])
			with, _ := made["wait_with"].(map[string]any)
			ids, _ := with["ids"].([]any)
			if with["kind"] != kind || len(ids) == 0 {
				t.Fatalf("%s says to wait with %v", create[0], with)
			}
			raw, err := jsonwrite.Marshal(map[string]any{"kind": kind, "ids": append(slices.Clone(ids), "nobody"), "timeout_seconds": 0})
			if err != nil {
				t.Fatal(err)
			}
			var res, row map[string]any
			for i := 0; i < 20 && row == nil; i++ {
				b.Pass(t, step)
				res = b.CallTool(t, "wait_for_jobs", string(raw))
				row = firstRow(res, "done", "asking")
			}
			if row["id"] != ids[0] || !known(row["state"]) {
				t.Fatalf("got %v, want a row of %v", res, ids[0])
			}
			for _, name := range want {
				if row[name] == nil {
					t.Errorf("a row of %s has no %s: %v", kind, name, row)
				}
			}
			for name := range row {
				if !slices.Contains(want, name) && !slices.Contains(rowMembers(), name) {
					t.Errorf("a row of %s has %s as well: %v", kind, name, row[name])
				}
			}
			if unknown := firstRow(res, "unknown"); unknown["id"] != "nobody" || unknown["state"] != "unknown" || unknown["next_step"] == nil {
				t.Errorf("got %v of an id that nobody knows", unknown)
			}
		})
	}
}

// firstRow is the first row of the first of the groups that has any.
func firstRow(res map[string]any, groups ...string) map[string]any {
	for _, group := range groups {
		if rows, _ := res[group].([]any); len(rows) > 0 {
			row, _ := rows[0].(map[string]any)
			return row
		}
	}
	return nil
}

// manyVideos is a HeyGen with as many videos as are asked for, whose links are as long as signed links
// are and whose titles and failures are longer than anybody needs. What says of a video by its id what
// its get answers.
func manyVideos(t *testing.T, what func(id string) map[string]any) *toolstest.Bench {
	t.Helper()
	return toolstest.Upstream(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		var data any = what(lastOf(r))
		if lastOf(r) == "statuses" {
			list := []any{}
			for id := range strings.SplitSeq(r.URL.Query().Get("video_ids"), ",") {
				list = append(list, map[string]any{"video_id": id, "status": what(id)["status"]})
			}
			data = list
		}
		raw, err := jsonwrite.Marshal(map[string]any{"data": data, "has_more": false})
		if err != nil {
			t.Error(err)
		}
		_, _ = w.Write(raw)
	}, "its answers have what a wait reads, and no more")
}

// lastOf is the last part of a request's path.
func lastOf(r *http.Request) string { return r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:] }

// hundred are a hundred ids, in an order that sorting would change, as arguments of a wait.
func hundred(t *testing.T) (ids []string, raw string) {
	t.Helper()
	for i := range 100 {
		ids = append(ids, fmt.Sprintf("%032x", (i*37)%100))
	}
	encoded, err := jsonwrite.Marshal(map[string]any{"kind": "video", "ids": ids})
	if err != nil {
		t.Fatal(err)
	}
	return ids, string(encoded)
}

// TestAHundredRowsFit holds that a hundred videos are told within the room of a result and in the
// order asked for, whatever HeyGen says of them: no link is cut, and those that had no room are told by
// id and said to be.
func TestAHundredRowsFit(t *testing.T) {
	t.Parallel()
	long := func(n int) string { return strings.Repeat("x", n) }
	done := func(id string, link, title int) map[string]any {
		return map[string]any{"id": id, "status": "completed", "title": long(title), "duration": 1.5,
			"video_url": "https://files.example/" + id + ".mp4?Signature=" + long(link) + "&End=1"}
	}
	for name, c := range map[string]struct {
		what  func(id string) map[string]any
		links int // that must be there at least
	}{
		"short links":     {func(id string) map[string]any { return done(id, 100, 20) }, 100},
		"signed links":    {func(id string) map[string]any { return done(id, 600, 20) }, 40},
		"long titles":     {func(id string) map[string]any { return done(id, 100, 5_000) }, 100},
		"very long links": {func(id string) map[string]any { return done(id, 6_000, 20) }, 4},
		"one endless link": {func(id string) map[string]any {
			return done(id, map[bool]int{true: 39_000, false: 100}[strings.HasSuffix(id, "25")], 20)
		}, 99},
		"all have failed": {func(id string) map[string]any {
			return map[string]any{"id": id, "status": "failed", "failure_code": "x", "failure_message": long(3_000)}
		}, 0},
		"nobody knows them": {func(string) map[string]any { return map[string]any{"status": "not_found"} }, 0},
		"all are pending":   {func(id string) map[string]any { return map[string]any{"id": id, "status": "processing"} }, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ids, raw := hundred(t)
			b := manyVideos(t, c.what)
			res := b.CallTool(t, "wait_for_jobs", raw)
			text, err := jsonwrite.Marshal(res)
			if err != nil || len(text) > engine.MaxListChars {
				t.Errorf("the result has %d characters, want %d at the most (%v)", len(text), engine.MaxListChars, err)
			}
			var told []string
			links, cut := 0, 0
			for _, group := range []string{"done", "pending", "unknown"} {
				rows, _ := res[group].([]any)
				for _, r := range rows {
					row, _ := r.(map[string]any)
					id, _ := row["id"].(string)
					told = append(told, id)
					link, _ := row["video_url"].(string)
					switch u, err := url.Parse(link); {
					case link == "" && group == "done":
						cut++
					case link != "" && (err != nil || u.Query().Get("End") != "1" || !strings.Contains(link, id)):
						t.Errorf("a link is cut: %.100s", link)
					case link != "":
						links++
					}
				}
			}
			if !slices.Equal(told, ids) {
				t.Errorf("told are %v, want those asked for in their order", told)
			}
			next, _ := res["next_step"].(string)
			if links < c.links || c.links > 0 && (cut > 0) != strings.Contains(next, fmt.Sprintf("%d rows are cut", cut)) {
				t.Errorf("%d links, %d rows without, and it says %q; want %d links", links, cut, next, c.links)
			}
		})
	}
}

// TestRowsHaveTheirCosts holds that a row tells what the job has cost where the ledger knows that.
func TestRowsHaveTheirCosts(t *testing.T) {
	t.Parallel()
	b := manyVideos(t, func(id string) map[string]any { return map[string]any{"id": id, "status": "completed"} })
	book := b.KeepLedger(t)
	r, err := book.Begin(t.Context(), ledger.Entry{Account: "caller", Kind: "video"}, nil, b.Now)
	if err == nil {
		err = book.Answered(t.Context(), r.ID, []string{"a"})
	}
	if err == nil {
		cost := ledger.Outcome{State: ledger.Done, Cost: ledger.Dollars(0.25), CostBasis: ledger.Told}
		_, err = book.JobEnded(t.Context(), "caller", "video", "a", cost, b.Now)
	}
	if err != nil {
		t.Fatal(err)
	}
	res := b.CallTool(t, "wait_for_jobs", `{"kind":"video","ids":["b","a"]}`)
	rows, _ := jsonwrite.Marshal(res["done"])
	if want := `[{"id":"b","state":"done","status":"completed"},{"cost_usd":0.25,"id":"a","state":"done","status":"completed"}]`; string(rows) != want {
		t.Errorf("got %s, want %s", rows, want)
	}
}

// TestManyAreAskedForSingly holds that a hundred jobs of a kind that v3 tells one by one are waited for,
// and that those that have ended are not asked for again.
func TestManyAreAskedForSingly(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	b := toolstest.Upstream(t, func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		status := "completed"
		if lastOf(r) == "x7" && asked.Load() < 102 {
			status = "running"
		}
		_, _ = io.WriteString(w, `{"data":{"id":"`+lastOf(r)+`","status":"`+status+`"}}`) //nolint:gosec // G705: this is JSON, for a test
	}, "it says of jobs what a wait reads, and no more")
	ids := make([]string, 100)
	for i := range ids {
		ids[i] = fmt.Sprintf("x%d", i)
	}
	raw, err := json.Marshal(map[string]any{"kind": "ai_clipping", "ids": ids})
	if err != nil {
		t.Fatal(err)
	}
	res := b.CallTool(t, "wait_for_jobs", string(raw))
	if rows, _ := res["done"].([]any); res["finished"] != true || len(rows) != 100 || asked.Load() > 104 {
		t.Errorf("%d calls, %d done", asked.Load(), len(rows))
	}
}
