package sandbox

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

const modelVideosPath = "/v3/models/videos"

func TestAModelVideoIsGenerated(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	made := b.do(http.MethodPost, modelVideosPath, `{"model":"heygen-video-1","mode":"text_to_video","prompt":"Rain.","resolution":"480p","seed":0,"aspect_ratio":"9:16"}`).want(202, "")
	path := modelVideosPath + "/" + made.text("data", "video_id")
	if one := b.get(path).want(200, ""); one.text("data", "status") != "pending" || one.at("data", "video_url") != nil || made.text("data", "status") != "pending" {
		t.Errorf("at first: %s", one.body)
	}
	b.advance(20)
	if one := b.get(path); one.text("data", "status") != "processing" {
		t.Errorf("while it runs: %s", one.body)
	}
	b.advance(60)
	one := b.get(path).want(200, "")
	if one.text("data", "status") != "completed" || one.at("data", "seed") != 0.0 || one.at("data", "width") != 480.0 || one.at("data", "height") != 852.0 ||
		one.at("data", "duration") != 5.0 || fmt.Sprintf("%.2f", b.balance()) != "99.90" {
		t.Errorf("at last: %s, %v left", one.body, b.balance())
	}
	if file := b.get(one.text("data", "video_url")); file.header.Get("Content-Type") != "video/mp4" {
		t.Errorf("the file is %d %v", file.status, file.header)
	}
	b.do(http.MethodGet, path, "", "X-Api-Key", "sk_sandbox_bo").want(404, "not_found")
	b.get("/v3/videos/"+made.text("data", "video_id")).want(404, "not_found")
	b.control("faults", `{"path":"/v3/models/videos","fault":"fail"}`)
	bad := b.do(http.MethodPost, modelVideosPath, `{"model":"heygen-video-1","mode":"text_to_video","prompt":"Rain."}`).text("data", "video_id")
	b.advance(120)
	if one := b.get(modelVideosPath + "/" + bad); one.text("data", "failure_code") != "generation_failed" || one.text("data", "failure_message") == "" {
		t.Errorf("one that failed: %s", one.body)
	}
}

func TestReferencesCostTwice(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	clip := b.do(http.MethodPost, "/v3/videos", b.video(map[string]any{})).text("data", "video_id")
	b.advance(120)
	shown := b.get("/v3/videos/" + clip)
	before := b.balance()
	b.do(http.MethodPost, modelVideosPath, `{"model":"heygen-video-1","prompt":"As <Video 1>.","duration":10,"reference_videos":[{"type":"url","url":"`+
		shown.text("data", "video_url")+`"}]}`).want(202, "")
	b.advance(120)
	length, _ := shown.at("data", "duration").(float64)
	if spent, want := before-b.balance(), 2*0.03*(10+length); fmt.Sprintf("%.4f", spent) != fmt.Sprintf("%.4f", want) {
		t.Errorf("spent %v, want %v", spent, want)
	}
}

func TestWhatModelVideosRefuse(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	picture := `{"type":"url","url":"https://a.example/a.png"}`
	long := b.get(b.get("/v3/avatars/looks").text("data", 0, "preview_image_url")).body
	inline := func(raw string) string {
		return `{"type":"base64","media_type":"image/png","data":"` + base64.StdEncoding.EncodeToString([]byte(raw)) + `"}`
	}
	for name, c := range map[string]struct{ body, param string }{
		"no image":            {`"mode":"image_to_video"`, "image"},
		"an image for text":   {`"mode":"text_to_video","image":` + picture, "image"},
		"references for text": {`"mode":"text_to_video","reference_images":[` + picture + `]`, "reference_images"},
		"no references":       {`"duration":5`, "reference_images"},
		"audio alone":         {`"reference_audio":[{"type":"url","url":"https://a.example/a.mp3"}]`, "reference_images"},
		"13 references": {`"reference_images":[` + strings.Repeat(picture+",", 8) + picture + `],"reference_videos":[` + strings.Repeat(`{"type":"url","url":"https://a.example/a.mp4"},`, 2) +
			`{"type":"url","url":"https://a.example/a.mp4"}],"reference_audio":[{"type":"url","url":"https://a.example/a.mp3"}]`, "reference_images"},
		"a ratio of an image":  {`"mode":"image_to_video","aspect_ratio":"16:9","image":` + picture, "aspect_ratio"},
		"adaptive of nothing":  {`"mode":"text_to_video","aspect_ratio":"adaptive"`, "aspect_ratio"},
		"large and square":     {`"mode":"text_to_video","aspect_ratio":"1:1","resolution":"2k"`, "resolution"},
		"large and adaptive":   {`"reference_images":[` + picture + `],"resolution":"1080p"`, "resolution"},
		"a video as image":     {`"mode":"image_to_video","image":{"type":"url","url":"https://a.example/a.mp4"}`, "image.url"},
		"an image that is big": {`"mode":"image_to_video","image":` + inline(long+strings.Repeat("x", maxInlineImage)), "image.data"},
		"too short":            {`"mode":"text_to_video","duration":4`, "duration"},
		"another model":        {`"mode":"text_to_video","model":"heygen-video-9"`, "model"},
	} {
		body := `{"model":"heygen-video-1","prompt":"Rain.",` + c.body + `}`
		if name == "another model" {
			body = strings.Replace(body, `"model":"heygen-video-1",`, "", 1)
		}
		if res := b.do(http.MethodPost, modelVideosPath, body).want(400, "invalid_parameter"); res.text("error", "param") != c.param {
			t.Errorf("%s: got %s, want the parameter %s", name, res.body, c.param)
		}
	}
	b.do(http.MethodPost, modelVideosPath, `{"model":"heygen-video-1","prompt":"x","mode":"text_to_video"}`, "X-Api-Key", "sk_sandbox_no-previews").want(202, "")
}
