package sandbox

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// batchOf is the body of a batch of n videos of two seconds each, with more items behind them.
func (b *box) batchOf(n int, more ...string) string {
	b.t.Helper()
	one := b.video(map[string]any{"script": "five short words are two"})
	items := append(strings.Split(strings.Repeat(one+"\n", n), "\n")[:n], more...)
	return `{"title":"Many","videos":[` + strings.Join(items, ",") + `]}`
}

func TestABatchOfAHundredTakesTurns(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	made := b.do(http.MethodPost, "/v3/videos/batches", b.batchOf(100)).want(202, "")
	id := made.text("data", "batch_id")
	if one := b.get("/v3/videos/batches/" + id); one.text("data", "status") != "processing" || one.at("data", "total_items") != 100.0 {
		t.Errorf("a batch at its start: %s", one.body)
	}
	// Its jobs wait for each other, five at a time, and single ones find room beside them.
	for range 2 {
		b.create().want(200, "")
		b.advance(6)
		if got := b.get("/v3/videos/batches/"+id).at("data", "counts_by_status", "processing"); got != 5.0 {
			t.Errorf("%v at once", got)
		}
	}
	path := "/v3/videos/batches/" + id + "?limit=40"
	seen := map[any]bool{}
	for next, pages := path, 0; pages < 3; pages++ {
		one := b.get(next).want(200, "")
		for i := range one.list("data", "items") {
			seen[one.at("data", "items", i, "item_index")] = true
		}
		if more := one.at("data", "has_more"); more != (pages < 2) {
			t.Errorf("page %d: has_more %v", pages, more)
		}
		next = path + "&token=" + url.QueryEscape(one.text("data", "next_token"))
	}
	if len(seen) != 100 {
		t.Errorf("%d items", len(seen))
	}
	b.advance(20 * 33) // twenty turns of 32 s each, and what went before
	done := b.get("/v3/videos/batches/"+id).want(200, "")
	if done.text("data", "status") != "completed" || done.at("data", "counts_by_status", "completed") != 100.0 {
		t.Error(done.body[:300])
	}
	video := b.get("/v3/videos/"+done.text("data", "items", 99, "video_id")).want(200, "")
	if video.text("data", "status") != "completed" {
		t.Error(video.body)
	}
}

func TestWhatCannotBeginIsAnItemThatFailed(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	b.control("faults", `{"method":"POST","path":"/v3/videos/batches","fault":"fail","items":[1]}`)
	bad := `{"type":"avatar","avatar_id":"none","script":"Hi"}`
	id := b.do(http.MethodPost, "/v3/videos/batches", b.batchOf(3, bad)).want(202, "").text("data", "batch_id")
	gone := b.get("/v3/videos/batches/"+id).text("data", "items", 2, "video_id")
	b.do(http.MethodDelete, "/v3/videos/"+gone, "").want(200, "")
	b.advance(60)
	one := b.get("/v3/videos/batches/"+id).want(200, "")
	for i, want := range []string{"completed ", "failed rendering_failed", "failed resource_not_found", "failed avatar_not_found"} {
		got := one.text("data", "items", i, "status") + " "
		if one.at("data", "items", i, "error") != nil {
			got += one.text("data", "items", i, "error", "code")
		}
		if got != want {
			t.Errorf("item %d: %s, want %s", i, got, want)
		}
	}
	if one.text("data", "status") != "completed" || one.text("data", "title") != "Many" {
		t.Error(one.body)
	}
	first := one.text("data", "items", 0, "video_id")
	bulk := b.get("/v3/videos/statuses?video_ids=x,"+first+"&batch_ids=none,"+id).want(200, "")
	if len(bulk.list("data")) != 7 || bulk.text("data", 1, "batch_id") != id || bulk.at("data", 1, "item_index") != 0.0 ||
		bulk.text("data", 2, "status") != "not_found" || bulk.text("data", 6, "error", "code") != "avatar_not_found" {
		t.Error(bulk.body)
	}
	all := b.do(http.MethodPost, "/v3/videos/batches", `{"videos":[`+bad+`]}`).want(202, "")
	if one := b.get("/v3/videos/batches/" + all.text("data", "batch_id")); one.text("data", "status") != "failed" {
		t.Errorf("a batch of which nothing can begin: %s", one.body)
	}
}

func TestBatchesAreRefusedByTheirShape(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	placed := b.video(map[string]any{"folder_id": "f"})
	for body, param := range map[string]string{
		`{}`:                          "videos",
		`{"videos":[]}`:               "videos",
		`{"videos":[{}]}`:             "videos[0].type",
		`{"videos":[` + placed + `]}`: "videos[0].folder_id",
		b.batchOf(101):                "videos",
	} {
		if res := b.do(http.MethodPost, "/v3/videos/batches", body).want(400, "invalid_parameter"); res.text("error", "param") != param {
			t.Errorf("%.80s: got %s, want error.param %v", body, res.body, param)
		}
	}
	id := b.do(http.MethodPost, "/v3/videos/batches", b.batchOf(1), "Idempotency-Key", "k").want(202, "").text("data", "batch_id")
	if again := b.do(http.MethodPost, "/v3/videos/batches", b.batchOf(2), "Idempotency-Key", "k").want(202, ""); again.text("data", "batch_id") != id {
		t.Errorf("not replayed: %s", again.body)
	}
	b.get("/v3/videos/batches/none").want(404, "not_found")
	b.do(http.MethodGet, "/v3/videos/batches/"+id, "", "X-Api-Key", "sk_sandbox_bo").want(404, "not_found")
}
