package sandbox

import (
	"net/http"
	"testing"
)

// TestDubbing holds the life of translations, proofreads and lip-syncs, and that their sources are
// looked at.
func TestDubbing(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	done := b.finished()
	made := `{"video":{"type":"url","url":"` + done.text("data", "video_url") + `"}`
	ids := b.do("POST", "/v3/video-translations", made+`,"output_languages":["German (Germany)","French (France)"],"mode":"precision"}`).want(http.StatusOK, "")
	one := ids.text("data", "video_translation_ids", 0)
	b.advance(600)
	got := b.get("/v3/video-translations/" + one)
	if got.at("data", "duration") != done.at("data", "duration") || got.text("data", "status") != "completed" {
		t.Errorf("a translation of a video made here is not as long as it: %v", got.at("data"))
	}
	b.do("PATCH", "/v3/video-translations/"+one, `{"title":"T"}`).want(http.StatusOK, "")
	b.get("/v3/video-translations?limit=1").want(http.StatusOK, "")
	b.get("/v3/video-translations/languages").want(http.StatusOK, "")
	b.get("/v3/video-translations/statuses?video_translation_ids="+one).want(http.StatusOK, "")
	b.do("DELETE", "/v3/video-translations/"+one, "").want(http.StatusOK, "")
	batch := b.do("POST", "/v3/video-translations/batches", `{"video_translations":[`+made+`,"output_languages":["German (Germany)"]}]}`).want(http.StatusAccepted, "")
	b.get("/v3/video-translations/batches/"+batch.text("data", "batch_id")).want(http.StatusOK, "")

	lips := made + `,"audio":{"type":"url","url":"https://a.b/c.mp3"},"enable_caption":true`
	lip := b.do("POST", "/v3/lipsyncs", lips+`}`).want(http.StatusOK, "").text("data", "lipsync_id")
	b.do("PATCH", "/v3/lipsyncs/"+lip, `{"title":"T"}`).want(http.StatusOK, "")
	b.advance(600)
	if got := b.get("/v3/lipsyncs/" + lip); got.at("data", "caption_url") == nil {
		t.Error("captions were asked for and are not there")
	}
	b.get("/v3/lipsyncs").want(http.StatusOK, "")
	b.get("/v3/lipsyncs/statuses?lipsync_ids="+lip).want(http.StatusOK, "")
	b.do("DELETE", "/v3/lipsyncs/"+lip, "").want(http.StatusOK, "")
	batch = b.do("POST", "/v3/lipsyncs/batches", `{"lipsyncs":[`+lips+`}]}`).want(http.StatusAccepted, "")
	b.get("/v3/lipsyncs/batches/"+batch.text("data", "batch_id")).want(http.StatusOK, "")

	for body, status := range map[string]int{
		lips + `,"start_time":900}`: http.StatusBadRequest,
		lips + `,"folder_id":"f"}`:  http.StatusNotFound,
		`{"video":{"type":"asset_id","asset_id":"x"},"audio":{"type":"url","url":"https://a.b/c.mp3"}}`:     http.StatusNotFound,
		`{"video":{"type":"url","url":"ftp://a.b/c.mp4"},"audio":{"type":"url","url":"https://a.b/c.mp3"}}`: http.StatusBadRequest,
	} {
		if got := b.do("POST", "/v3/lipsyncs", body).status; got != status {
			t.Errorf("%s: got %d, want %v", body, got, status)
		}
	}
}

// TestProofreads holds the order of the steps, that a person's subtitles are those of the
// translation, and that a session ends.
func TestProofreads(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	id := b.do("POST", "/v3/video-translations/proofreads", `{"video":{"type":"url","url":"https://a.b/c.mp4"},"output_languages":["German (Germany)"],"title":"T"}`).
		want(http.StatusOK, "").text("data", "proofread_ids", 0)
	path := "/v3/video-translations/proofreads/" + id
	b.get(path).want(http.StatusOK, "")
	b.get(path+"/srt").want(http.StatusConflict, "resource_not_ready")
	b.do("POST", path+"/generate", `{}`).want(http.StatusConflict, "resource_not_ready")
	b.advance(300)
	srt := b.get(path+"/srt").want(http.StatusOK, "").text("data", "srt_url")
	b.do("PUT", path+"/srt", `{"srt":{"type":"url","url":"https://a.b/c.srt"}}`).want(http.StatusBadRequest, "download_failed")
	b.do("PUT", path+"/srt", `{"srt":{"type":"url","url":"`+srt+`"}}`).want(http.StatusOK, "")
	edited := "1\n00:00:00,000 --> 00:00:02,000\nGuten Tag\n\n"
	asset := b.upload("a.srt", []byte(edited)).want(http.StatusOK, "").text("data", "asset_id")
	b.do("PUT", path+"/srt", `{"srt":{"type":"asset_id","asset_id":"`+asset+`"}}`).want(http.StatusOK, "")
	if got := b.get(b.get(path+"/srt").text("data", "srt_url")).body; got != edited {
		t.Errorf("an edited file is served as %q, want %q", got, edited)
	}
	given := b.do("POST", "/v3/video-translations/proofreads", `{"video":{"type":"url","url":"https://a.b/c.mp4"},"output_languages":["German (Germany)"],"title":"T","srt":{"type":"asset_id","asset_id":"`+asset+`"}}`).
		want(http.StatusOK, "").text("data", "proofread_ids", 0)
	b.advance(300)
	if got := b.get(b.get("/v3/video-translations/proofreads/"+given+"/srt").text("data", "srt_url")).body; got != edited {
		t.Errorf("subtitles to begin with are served as %q, want %q", got, edited)
	}
	made := b.do("POST", path+"/generate", `{}`).want(http.StatusOK, "").text("data", "video_translation_id")
	b.advance(600)
	if got := b.get("/v3/video-translations/" + made); got.at("data", "srt_caption_url") == nil {
		t.Error("the translation has no subtitles")
	}
	b.advance(25 * 3600)
	b.get(path).want(http.StatusNotFound, "not_found")
}
