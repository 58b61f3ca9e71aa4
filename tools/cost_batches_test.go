package tools_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"heygen-mcp/internal/ledger"
	"heygen-mcp/tools/toolstest"
)

// batchOfThree makes a batch of three videos, of which one will fail and one has a mixed price.
func batchOfThree(t *testing.T, b *toolstest.Bench) string {
	t.Helper()
	photo, twin := look(t, b, "photo_avatar"), look(t, b, "digital_twin")
	scene := func(look, engine string) string {
		return fmt.Sprintf(`{"type":"avatar_video","input":{"type":"avatar","avatar_id":%q,"engine":{"type":%q},"script":"one two three four five"}}`, look, engine)
	}
	b.Control(t, "faults", `{"method":"POST","path":"/v3/videos/batches","fault":"fail","items":[1],"times":1}`)
	made := b.CallTool(t, "create_video_batch", fmt.Sprintf(`{"videos":[{"type":"avatar","avatar_id":%q,"script":"one two three"},`+
		`{"type":"avatar","avatar_id":%q,"script":"four five six"},{"type":"studio","scenes":[%s,%s]}]}`,
		photo, photo, scene(photo, "avatar_iv"), scene(twin, "avatar_iii")))
	id, _ := made["batch_id"].(string)
	if id == "" {
		t.Fatalf("the batch is %v", made)
	}
	return id
}

// TestAWaitForABatchTellsItsCost holds that a wait, the get of the batch and the gets of its videos tell what they
// cost, and that those of the videos are the sum.
func TestAWaitForABatchTellsItsCost(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	b.KeepLedger(t)
	had := wallet(t, b)
	id := batchOfThree(t, b)
	b.Pass(t, "3600")
	spent := had - wallet(t, b)
	waited := b.CallTool(t, "wait_for_jobs", fmt.Sprintf(`{"kind":"video_batch","ids":[%q]}`, id))
	if text := fmt.Sprint(waited["jobs"], waited["done"]); !strings.Contains(text, "cost_usd") {
		t.Errorf("the wait says %v, want what the batch cost", waited)
	}
	batch := b.CallTool(t, "get_video_batch", fmt.Sprintf(`{"batch_id":%q}`, id))
	if got, _ := batch["cost_usd"].(float64); math.Abs(got-spent) > 1e-4 || batch["cost_basis"] != "computed" {
		t.Errorf("the batch says %v, want %v USD", batch, spent)
	}
	sum, ids := 0.0, []string{}
	items, _ := batch["items"].([]any)
	for _, it := range items {
		item, _ := it.(map[string]any)
		video := b.CallTool(t, "get_video", fmt.Sprintf(`{"video_id":%q}`, item["video_id"]))
		cost, told := video["cost_usd"].(float64)
		if told != (video["state"] == "done") {
			t.Errorf("the video is %v", video)
		}
		sum += cost
		ids = append(ids, fmt.Sprintf("%q", item["video_id"]))
	}
	if math.Abs(sum-spent) > 1e-4 {
		t.Errorf("the videos cost %v USD together, and HeyGen charged %v", sum, spent)
	}
	several := b.CallTool(t, "wait_for_jobs", `{"kind":"video","ids":[`+strings.Join(ids, ",")+`]}`)
	if n := strings.Count(fmt.Sprint(several), "cost_usd"); n != 2 {
		t.Errorf("a wait for the videos tells %d costs, want 2: %v", n, several)
	}
}

// TestABatchWhoseVideosWereSeenBefore holds that it makes no difference to what a batch is told to have cost whether
// its videos were listed or got before anybody knew that they are its own.
func TestABatchWhoseVideosWereSeenBefore(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	b.KeepLedger(t)
	had := wallet(t, b)
	id := batchOfThree(t, b)
	b.Pass(t, "3600")
	listed, _ := b.CallTool(t, "list_videos", `{}`)["items"].([]any)
	first, _ := listed[0].(map[string]any)
	b.CallTool(t, "get_video", fmt.Sprintf(`{"video_id":%q}`, first["video_id"]))
	spent := had - wallet(t, b)
	batch := b.CallTool(t, "get_video_batch", fmt.Sprintf(`{"batch_id":%q}`, id))
	if got, _ := batch["cost_usd"].(float64); math.Abs(got-spent) > 1e-4 || spent == 0 {
		t.Errorf("the batch says %v, want %v USD", batch, spent)
	}
}

// TestABatchWhoseAnswerWasLost holds that a batch is found by the videos that it has made, and that these are not taken
// for what a lost create of one video has made.
func TestABatchWhoseAnswerWasLost(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	b.Now = time.Now() // which the sandbox's clock has, too
	book := b.KeepLedger(t)
	had := wallet(t, b)
	never := ledger.Entry{Account: "caller", Tool: "create_video_from_avatar", Kind: "video", Estimate: ledger.Estimate{High: 5}}
	if _, err := book.Begin(t.Context(), never, nil, b.Now); err != nil {
		t.Fatal(err)
	}
	photo := look(t, b, "photo_avatar")
	for _, title := range []string{`"title":"Twins",`, ``} {
		b.Control(t, "faults", `{"method":"POST","path":"/v3/videos/batches","fault":"lost","times":8}`) // more often than the client tries
		made := b.CallTool(t, "create_video_batch", fmt.Sprintf(`{%s"videos":[{"type":"avatar","avatar_id":%q,"script":"one two three"},`+
			`{"type":"avatar","avatar_id":%q,"script":"four five six seven"}]}`, title, photo, photo))
		if made["error"] != true {
			t.Fatalf("a batch whose answers are all lost is answered with %v", made)
		}
	}
	b.Control(t, "clock", `{"advance_seconds":120}`)
	b.Now = b.Now.Add(3 * time.Minute)
	b.CallTool(t, "list_jobs", `{}`)
	out := b.CallTool(t, "list_jobs", `{"state":"done"}`)
	rows, _ := out["items"].([]any)
	totals, _ := out["totals"].(map[string]any)
	cost, _ := totals["cost_usd"].(float64)
	if spent := had - wallet(t, b); len(rows) != 2 || math.Abs(cost-spent) > 1e-3 || spent == 0 {
		t.Errorf("HeyGen charged %v USD, and what is done is %v", spent, out)
	}
	if open, _ := b.CallTool(t, "list_jobs", `{"state":"open"}`)["items"].([]any); len(open) != 1 {
		t.Errorf("what never happened is taken to have made a video of a batch: %v", open)
	}
}
