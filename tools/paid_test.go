package tools_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"heygen-mcp/internal/ledger"
	"heygen-mcp/internal/usd"
	"heygen-mcp/tools"
	"heygen-mcp/tools/toolstest"
)

// paidWorld is a bench that keeps a ledger.
type paidWorld struct {
	*testing.T
	*toolstest.Bench
	book  *ledger.Ledger
	hello string // a create of a video whose script takes four seconds to say
}

func newPaidWorld(t *testing.T) *paidWorld {
	t.Helper()
	b := toolstest.New(t)
	b.Now = time.Now() // which the sandbox's clock has, too
	return &paidWorld{t, b, b.KeepLedger(t),
		`{"avatar_id":"` + b.FirstLook(t) + `","title":"Hello","script":"One two three four five six seven eight nine ten."}`}
}

// listed are the rows of list_jobs, of which there must be so many.
func (w *paidWorld) listed(arguments string, want int) (rows []map[string]any, totals map[string]any) {
	w.Helper()
	out := w.CallTool(w.T, "list_jobs", arguments)
	items, _ := out["items"].([]any)
	for _, it := range items {
		row, _ := it.(map[string]any)
		rows = append(rows, row)
	}
	if len(rows) != want {
		w.Fatalf("list_jobs %s gives %d rows, want %d: %v", arguments, len(rows), want, rows)
	}
	totals, _ = out["totals"].(map[string]any)
	return rows, totals
}

// TestWhatWasMadeIsListed holds that a video is in list_jobs from its create to its end, with what it did cost.
func TestWhatWasMadeIsListed(t *testing.T) {
	t.Parallel()
	w := newPaidWorld(t)
	made := w.CallTool(t, "create_video_from_avatar", w.hello)
	id, _ := made["video_id"].(string)
	rows, totals := w.listed(`{}`, 1)
	if ids, _ := rows[0]["ids"].([]any); rows[0]["state"] != "running" || rows[0]["title"] != "Hello" || len(ids) != 1 || ids[0] != id {
		t.Errorf("the row is %v, want the running video %s", rows[0], id)
	}
	if totals["estimated_cost_usd"] != made["estimated_cost_usd"] || made["estimated_cost_usd"] == nil {
		t.Errorf("the totals are %v, want the estimate of %v", totals, made)
	}
	w.Pass(t, "600")
	rows, totals = w.listed(`{"state":"done","since":"today","kind":"video"}`, 1)
	video := w.CallTool(t, "get_video", `{"video_id":"`+id+`"}`)
	if rows[0]["cost_usd"] == nil || rows[0]["cost_usd"] != video["cost_usd"] || totals["cost_usd"] != video["cost_usd"] {
		t.Errorf("list_jobs says %v, totals %v, and get_video %v of the cost", rows[0]["cost_usd"], totals, video["cost_usd"])
	}
	if rows[0]["cost_basis"] != "computed" || rows[0]["duration_seconds"] != video["duration"] {
		t.Errorf("the row is %v, want a computed cost and the length %v", rows[0], video["duration"])
	}
	w.listed(`{"state":"failed"}`, 0)
	w.listed(`{"since":"2099-01-01"}`, 0)
	if r := w.CallTool(t, "list_jobs", `{"since":"next week"}`); r["param"] != "since" {
		t.Errorf("a time that is none is answered with %v, want a refusal of since", r)
	}
}

// TestARepeatIsOneRecord holds that an equal create is the first one's record, says that it is
// replayed, and reserves nothing.
func TestARepeatIsOneRecord(t *testing.T) {
	t.Parallel()
	w := newPaidWorld(t)
	first := w.CallTool(t, "create_video_from_avatar", w.hello)
	again := w.CallTool(t, "create_video_from_avatar", strings.Replace(w.hello, `{`, `{"max_cost_usd":9,`, 1))
	if again["video_id"] != first["video_id"] || again["replayed"] != true || first["replayed"] != nil {
		t.Errorf("a repeat answers %v, want the replayed %v", again, first)
	}
	_, totals := w.listed(`{}`, 1)
	if totals["estimated_cost_usd"] != first["estimated_cost_usd"] {
		t.Errorf("after a repeat the totals are %v, want the estimate of one, %v", totals, first["estimated_cost_usd"])
	}
}

// TestWhatHeyGenRefusesCostsNothing holds that a refusal gives back what was reserved, and that nothing is listed.
func TestWhatHeyGenRefusesCostsNothing(t *testing.T) {
	t.Parallel()
	w := newPaidWorld(t)
	if r := w.CallTool(t, "create_video_from_avatar", `{"avatar_id":"nobody","script":"Hello there."}`); r["error"] != true {
		t.Fatalf("an avatar that is not there is answered with %v", r)
	}
	w.listed(`{}`, 0)
	if spent, err := w.book.Spent(t.Context(), "caller", "", w.Now); err != nil || spent != 0 {
		t.Errorf("%v is spent, %v, want nothing", spent, err)
	}
}

// TestALostAnswerIsSettled holds that a create whose answer was lost is listed as open, and found at a later look.
func TestALostAnswerIsSettled(t *testing.T) {
	t.Parallel()
	w := newPaidWorld(t)
	for range 8 { // more often than the client tries
		w.Fault(t, "lost")
	}
	if r := w.CallTool(t, "create_video_from_avatar", w.hello); r["error"] != true {
		t.Fatalf("a create whose answers are all lost is answered with %v", r)
	}
	rows, _ := w.listed(`{}`, 1)
	if step, _ := rows[0]["next_step"].(string); rows[0]["state"] != "open" || !strings.Contains(step, "idempotency_key") || rows[0]["idempotency_key"] == nil {
		t.Errorf("the row is %v, want one that is open, with its key", rows[0])
	}
	w.Now = w.Now.Add(3 * time.Minute)
	rows, _ = w.listed(`{}`, 1)
	if ids, _ := rows[0]["ids"].([]any); rows[0]["state"] == "open" || len(ids) != 1 {
		t.Errorf("at a later look the row is %v, want the video that was made", rows[0])
	}
}

// TestWhatWasSeenBeforeItsRecordIsSettled holds that what a lost answer had begun is told with its cost also where a
// list had it, as done, before its record did.
func TestWhatWasSeenBeforeItsRecordIsSettled(t *testing.T) {
	t.Parallel()
	w := newPaidWorld(t)
	for range 8 { // more often than the client tries
		w.Fault(t, "lost")
	}
	w.CallTool(t, "create_video_from_avatar", w.hello)
	w.Control(t, "clock", `{"advance_seconds":120}`)
	w.Now = w.Now.Add(3 * time.Minute)
	w.CallTool(t, "list_videos", `{}`)
	w.listed(`{}`, 1)
	if rows, totals := w.listed(`{"state":"done"}`, 1); rows[0]["cost_usd"] == nil || rows[0]["cost_usd"] != totals["cost_usd"] {
		t.Errorf("the row is %v, the totals %v, want what the video has cost", rows[0], totals)
	}
}

// TestWhatNeverHappenedIsGivenBack holds that a record of a request that never reached HeyGen is
// given up once HeyGen's list is sure to be complete.
func TestWhatNeverHappenedIsGivenBack(t *testing.T) {
	t.Parallel()
	w := newPaidWorld(t)
	e := ledger.Entry{Account: "caller", Tool: "create_video_from_avatar", Kind: "video", Title: "Never", Estimate: ledger.Estimate{High: 5}}
	if _, err := w.book.Begin(t.Context(), e, nil, w.Now); err != nil {
		t.Fatal(err)
	}
	w.Now = w.Now.Add(3 * time.Minute)
	w.listed(`{"state":"open"}`, 1)
	w.Now = w.Now.Add(14 * time.Minute)
	w.listed(`{}`, 0)
	if spent, err := w.book.Spent(t.Context(), "caller", "", w.Now); err != nil || spent != 0 {
		t.Errorf("%v is spent, %v, want nothing", spent, err)
	}
}

// TestCallsThatWouldCostTooMuch holds that nothing is sent.
func TestCallsThatWouldCostTooMuch(t *testing.T) {
	t.Parallel()
	w := newPaidWorld(t)
	var caps []ledger.Cap
	var away error
	w.Change(t, func(c *tools.Config) {
		c.Spending = func(context.Context) (tools.Spending, error) {
			return tools.Spending{Grant: "g", Caps: caps, Raise: "The operator can raise it.", RaiseGrant: "The user can raise it."}, away
		}
	})
	refused := func(code, arguments string) map[string]any {
		t.Helper()
		r := w.CallTool(t, "create_video_from_avatar", arguments)
		if r["error_code"] != code {
			t.Errorf("%s is answered with %v, want %s", arguments, r, code)
		}
		return r
	}
	quote, _ := w.CallTool(t, "estimate_cost", `{"tool":"create_video_from_avatar","arguments":`+w.hello+`}`)["estimated_cost_usd"].(float64)
	for _, most := range []string{"0.01", fmt.Sprint(quote - 0.0001), "-1"} {
		r := refused("cost_over_max", strings.Replace(w.hello, `{`, `{"max_cost_usd":`+most+`,`, 1))
		// A limit as high as what is told must let the call through.
		if says, _ := r["message"].(string); !strings.Contains(says, fmt.Sprintf("may cost %s USD", usd.Text(quote))) {
			t.Errorf("above %s USD the refusal is %q, and the estimate was %v", most, says, quote)
		}
	}
	refused("cost_over_max", `{"avatar_id":"A","audio_url":"https://a.example/unknown","max_cost_usd":9}`)
	if r := w.CallTool(t, "create_podcast", strings.Replace(w.PodcastArgs(t), `{`, `{"max_cost_usd":9,`, 1)); r["error_code"] != "cost_not_bounded" {
		t.Errorf("a podcast with a limit is answered with %v, want cost_not_bounded", r)
	}
	for _, connection := range []bool{true, false} {
		raise := map[bool]string{true: "The user can raise it.", false: "The operator can raise it."}[connection]
		caps = []ledger.Cap{{Grant: connection, Most: ledger.Dollars(0.1)}}
		r := refused("spend_cap_reached", w.hello)
		told := w.CallTool(t, "estimate_cost", `{"tool":"create_video_from_avatar","arguments":`+w.hello+`}`)
		if note, _ := told["note"].(string); told["sufficient"] != false || !strings.Contains(note, "0.10 USD") || told["next_step"] != r["next_step"] {
			t.Errorf("the estimate is %v, want that the cap is too low for it, with the step of %v", told, r)
		}
		told = w.CallTool(t, "estimate_cost", `{"tool":"create_podcast","arguments":`+w.PodcastArgs(t)+`}`)
		if note, _ := told["note"].(string); told["sufficient"] != false || !strings.Contains(note, "no price for podcasts") {
			t.Errorf("the estimate of a podcast under a cap is %v, want that it would be refused", told)
		}
		for _, says := range []string{raise, "T00:00:00Z"} {
			if step, _ := r["next_step"].(string); !strings.Contains(step, says) {
				t.Errorf("the next step is %q, want it to say %q", step, says)
			}
		}
	}
	away = errors.New("nobody can tell")
	refused("ledger_unavailable", w.hello)
	if n := w.Asked(t, "POST", "/v3/videos"); n != 0 {
		t.Errorf("HeyGen was asked for %d videos, want none", n)
	}
	w.listed(`{}`, 0)
}

// TestAPriceThatIsNotPublishedIsNoCost holds that a range of prices is told as an estimate and never as what something
// cost.
func TestAPriceThatIsNotPublishedIsNoCost(t *testing.T) {
	t.Parallel()
	for resolution, want := range map[string]any{"2k": 0.45, "1080p": nil} {
		b := toolstest.New(t)
		b.KeepLedger(t)
		made := b.CallTool(t, "text_to_video", `{"prompt":"x","resolution":"`+resolution+`"}`)
		b.Pass(t, "3600")
		got := b.CallTool(t, "get_model_video", fmt.Sprintf(`{"video_id":%q}`, made["video_id"]))
		if note, _ := b.CallTool(t, "list_jobs", `{}`)["note"].(string); strings.Contains(note, "Of 1 that are done, the cost is not known") != (resolution == "1080p") {
			t.Errorf("%s: list_jobs says %q", resolution, note)
		}
		if got["cost_usd"] != want || made["estimated_cost_usd"] != 0.45 {
			t.Errorf("%s: %v was estimated and %v is told as the cost, want %v", resolution, made["estimated_cost_usd"], got["cost_usd"], want)
		}
	}
}
