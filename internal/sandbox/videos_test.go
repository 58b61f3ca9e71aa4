package sandbox

import (
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"
	"testing"

	"heygen-mcp/internal/sandbox/media"
)

func (b *box) advance(seconds float64) {
	b.t.Helper()
	b.control("clock", fmt.Sprintf(`{"advance_seconds":%v}`, seconds))
}

// balance is what is left in ana's wallet.
func (b *box) balance() float64 {
	b.t.Helper()
	n, _ := b.get("/v3/users/me").at("data", "wallet", "remaining_balance").(float64)
	return n
}

func TestAVideoMovesWithTheClock(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	made := b.do(http.MethodPost, "/v3/videos", b.video(map[string]any{"title": "Welcome", "caption": map[string]any{"style": "default"}})).want(200, "")
	id := made.text("data", "video_id")
	if made.text("data", "status") != "waiting" || made.text("data", "output_format") != "mp4" {
		t.Error(made.body)
	}
	status := func() (string, string) {
		t.Helper()
		return b.get("/v3/videos/"+id).want(200, "").text("data", "status"),
			b.get("/v3/videos/statuses?video_ids="+id).want(200, "").text("data", 0, "status")
	}
	for _, step := range []struct {
		seconds   float64
		one, bulk string
	}{{0, "pending", "queued"}, {4.9, "pending", "queued"}, {0.2, "processing", "processing"}, {49, "processing", "processing"}, {1, "completed", "completed"}} {
		b.advance(step.seconds)
		if one, bulk := status(); one != step.one || bulk != step.bulk {
			t.Fatalf("after %v s more: %s, %s", step.seconds, one, bulk)
		}
	}
	done := b.get("/v3/videos/" + id)
	if done.at("data", "duration") != 20.0 || done.text("data", "title") != "Welcome" {
		t.Error(done.body)
	}
	if got := 100 - b.balance(); math.Abs(got-20*0.0667) > 1e-9 {
		t.Errorf("20 s cost %v", got)
	}
	for _, link := range []string{"video_url", "captioned_video_url"} {
		file := b.get(done.text("data", link))
		if file.status != 200 || file.header.Get("Content-Type") != "video/mp4" || len(file.body) != len(fileOf(t, ".mp4", 20)) {
			t.Errorf("%s: %d, %d bytes", link, file.status, len(file.body))
		}
	}
	if srt := b.get(done.text("data", "subtitle_url")); !strings.HasPrefix(srt.body, "1\n00:00:00,000 --> 00:00:03,200\nword") {
		t.Errorf("got %q, want %q at its beginning", srt.body, "1\n00:00:00,000 --> 00:00:03,200\nword")
	}
	if png := b.get(done.text("data", "thumbnail_url")); !strings.HasPrefix(png.body, "\x89PNG") {
		t.Errorf("the thumbnail: %d", png.status)
	}

	b.do(http.MethodDelete, "/v3/videos/"+id, "").want(200, "")
	b.get("/v3/videos/"+id).want(404, "not_found")
	b.do(http.MethodDelete, "/v3/videos/"+id, "").want(404, "not_found")
	if got := b.get(done.text("data", "video_url")).status; got != 404 {
		t.Errorf("a deleted video's file: %d", got)
	}
}

func TestSpeedShortensJobs(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{Speed: 60})
	id := b.create().text("data", "video_id")
	b.advance(1)
	if got := b.get("/v3/videos/"+id).text("data", "status"); got != "completed" {
		t.Errorf("one second at speed 60: %s", got)
	}
}

func TestVideosAreTheAccountsOwn(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	id := b.create().text("data", "video_id")
	other := []string{"X-Api-Key", "sk_sandbox_bo"}
	b.do(http.MethodGet, "/v3/videos/"+id, "", other...).want(404, "not_found")
	b.do(http.MethodDelete, "/v3/videos/"+id, "", other...).want(404, "not_found")
	if got := b.do(http.MethodGet, "/v3/videos/statuses?video_ids="+id, "", other...).text("data", 0, "status"); got != "not_found" {
		t.Errorf("got %v, want %q", got, "not_found")
	}
	if res := b.do(http.MethodGet, "/v3/videos", "", other...); len(res.list("data")) != 0 {
		t.Error(res.body)
	}
}

func TestListVideosPagesFromTheNewest(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	var made []string
	for i := range 7 {
		body := b.video(map[string]any{"title": fmt.Sprintf("Take %d", i)})
		made = append(made, b.do(http.MethodPost, "/v3/videos", body).want(200, "").text("data", "video_id"))
	}
	slices.Reverse(made)
	first := b.get("/v3/videos?limit=3").want(200, "")
	b.create().want(200, "") // between two pages, and it shifts nothing
	second := b.get("/v3/videos?limit=3&token="+first.text("next_token")).want(200, "")
	for i, want := range made[:6] {
		from := first
		if i >= 3 {
			from = second
		}
		if got := from.text("data", i%3, "id"); got != want {
			t.Errorf("item %d: %s, want %s", i, got, want)
		}
	}
	if found := b.get("/v3/videos?title=take+4"); len(found.list("data")) != 1 {
		t.Error(found.body)
	}
}

func TestTenJobsAtOnce(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	for range 10 {
		b.create().want(200, "")
	}
	res := b.create().want(429, "rate_limit_exceeded")
	if got := res.header.Get("Retry-After"); got != "55" {
		t.Errorf("Retry-After %q, want the 55 s that the first job takes", got)
	}
	b.create("X-Api-Key", "sk_sandbox_bo").want(200, "")
	b.advance(55)
	b.create().want(200, "")
}

func TestCreditsAreSpentOnSuccessOnly(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	b.control("credits", `{"account":"ana","wallet_usd":2}`)
	b.create().want(200, "")
	if got := b.balance(); got != 2 {
		t.Errorf("charged before it was done: %v", got)
	}
	// 1.33 of the 2 dollars are spoken for by the job that runs.
	b.create().want(402, "insufficient_credit")
	b.control("faults", `{"method":"POST","path":"/v3/videos","fault":"fail"}`)
	b.control("credits", `{"account":"ana","wallet_usd":10}`)
	id := b.create().want(200, "").text("data", "video_id")
	b.advance(60)
	if got := b.balance(); math.Abs(got-(10-1.334)) > 1e-9 {
		t.Errorf("left: %v", got)
	}
	failed := b.get("/v3/videos/" + id)
	if failed.text("data", "status") != "failed" || failed.text("data", "failure_code") != "rendering_failed" || failed.at("data", "video_url") != nil {
		t.Error(failed.body)
	}
	if bulk := b.get("/v3/videos/statuses?video_ids=" + id); bulk.text("data", 0, "error", "code") != "rendering_failed" {
		t.Error(bulk.body)
	}
	gone := b.create().text("data", "video_id")
	b.do(http.MethodDelete, "/v3/videos/"+gone, "").want(200, "")
	b.advance(60)
	if got := b.balance(); math.Abs(got-(10-1.334)) > 1e-9 {
		t.Errorf("a deleted job was charged: %v", got)
	}
}

func TestOAuthSpendsThePlansCredits(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	access := b.signIn("ana")
	signedIn := []string{"Authorization", "Bearer " + access}
	b.create(signedIn...).want(200, "")
	b.advance(60)
	me := b.do(http.MethodGet, "/v3/users/me", "", signedIn...).want(200, "")
	// 20 s at 0.0667 USD are 1.334 USD, which is 7 credits of 0.20 USD begun.
	if me.text("data", "username") != "ana" || me.text("data", "billing_type") != "subscription" || me.at("data", "wallet") != nil ||
		me.at("data", "subscription", "credits", "premium_credits", "remaining") != 1000-7.0 {
		t.Error(me.body)
	}
	if got := b.balance(); got != 100 {
		t.Errorf("the wallet paid too: %v", got)
	}
	b.control("reset", "")
	b.do(http.MethodGet, "/v3/users/me", "", signedIn...).want(401, "unauthorized")
}

func TestEstimate(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		script string
		speed  float64
		want   float64
	}{{"one", 1, 1}, {strings.Repeat("a ", 25), 1, 10}, {strings.Repeat("a ", 25), 0.5, 20}, {strings.Repeat("語", 50), 1, 12}} {
		if got := media.SpeechSeconds(c.script, c.speed); got != c.want {
			t.Errorf("%.10q at %v: %v s, want %v", c.script, c.speed, got, c.want)
		}
	}
}
