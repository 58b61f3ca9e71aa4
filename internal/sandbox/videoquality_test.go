package sandbox

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

const comparisonsPath = "/v3/video-quality/comparisons"

func compared(video string) string {
	return fmt.Sprintf(`{"prompt":"Rain.","model_a":"ours","model_b":"theirs","video_a":{"type":"url","url":%q},"video_b":{"type":"url","url":%q},"question_id":"q1"}`, video, video)
}

func TestTwoVideosAreCompared(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	clip := b.do(http.MethodPost, "/v3/videos", b.video(map[string]any{"script": "Hi."})).text("data", "video_id")
	b.advance(120)
	quick := b.do(http.MethodPost, comparisonsPath, compared(b.get("/v3/videos/"+clip).text("data", "video_url"))).want(200, "")
	if quick.text("data", "status") != "completed" || quick.text("data", "result", "question_id") != "engagement" {
		t.Errorf("short videos: %s", quick.body)
	}
	slow := b.do(http.MethodPost, comparisonsPath, compared("https://a.example/a.mp4")).want(202, "")
	path := comparisonsPath + "/" + slow.text("data", "comparison_id")
	if slow.text("data", "status") != "processing" || slow.at("data", "result") != nil {
		t.Errorf("videos of which nothing is known: %s", slow.body)
	}
	b.advance(60)
	one := b.get(path).want(200, "")
	winner := one.text("data", "result", "winner")
	if side := one.text("data", "result", "winner_side"); winner != map[string]string{"a": "ours", "b": "theirs"}[side] || winner != quick.text("data", "result", "winner") {
		t.Errorf("the winner: %s, %s", one.body, quick.body)
	}
	b.do(http.MethodGet, path, "", "X-Api-Key", "sk_sandbox_bo").want(404, "not_found")
	b.control("faults", `{"path":"`+comparisonsPath+`","fault":"fail"}`)
	if bad := b.do(http.MethodPost, comparisonsPath, compared(b.get("/v3/videos/"+clip).text("data", "video_url"))).want(200, ""); bad.text("data", "error", "code") == "" {
		t.Errorf("one that failed: %s", bad.body)
	}
}

func TestComparisonsAreMadeInABatch(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	good, bad := compared("https://a.example/a.mp4"), compared("https://a.example/a.png")
	made := b.do(http.MethodPost, comparisonsPath+"/batches", `{"comparisons":[`+good+`,`+bad+`,`+good+`]}`).want(202, "")
	if made.text("data", "status") != "processing" || made.at("data", "total_items") != 3.0 {
		t.Errorf("made: %s", made.body)
	}
	path := comparisonsPath + "/batches/" + made.text("data", "batch_id")
	b.advance(120)
	first := b.get(path+"?limit=2").want(200, "")
	if first.text("data", "status") != "completed" || first.at("data", "counts", "failed") != 1.0 || first.at("data", "counts", "completed") != 2.0 ||
		first.text("data", "items", 1, "comparison", "error", "code") != "invalid_parameter" || first.at("data", "has_more") != true {
		t.Errorf("the first page: %s", first.body)
	}
	rest := b.get(path+"?limit=2&token="+first.text("data", "next_token")).want(200, "")
	if len(rest.list("data", "items")) != 1 || rest.at("data", "items", 0, "item_index") != 2.0 {
		t.Errorf("the second page: %s", rest.body)
	}
	b.get(comparisonsPath+"/batches/none").want(404, "not_found")
}

func TestComparisonsTakeAnAPIKeyAlone(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	token := b.signIn("bo")
	for _, path := range []string{comparisonsPath + "/x", comparisonsPath + "/batches/x"} {
		b.do(http.MethodGet, path, "", "Authorization", "Bearer "+token).want(401, "unauthorized")
		b.get(path).want(404, "not_found")
	}
	body := compared("https://a.example/a.mp4")
	for _, path := range []string{comparisonsPath, "/v3/models/audio/tts"} {
		b.do(http.MethodPost, path, body, "Authorization", "Bearer "+token).want(401, "unauthorized")
	}
	b.do(http.MethodPost, comparisonsPath, strings.Replace(body, `"question_id"`, `"judge_model_version":"x","question_id"`, 1)).want(400, "invalid_parameter")
	b.do(http.MethodPost, comparisonsPath, body, "X-Api-Key", "sk_sandbox_no-previews").want(403, "forbidden")
}
