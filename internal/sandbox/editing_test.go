package sandbox

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"fmt"
	"net/http"
	"testing"

	"heygen-mcp/internal/sandbox/media"
)

// project zips an index.html, given as text, under a name.
func project(t *testing.T, name, html string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	to, err := w.Create(name)
	if err == nil {
		_, err = to.Write([]byte(html))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// spent is what a wallet has lost.
func (b *box) spent() string {
	b.t.Helper()
	left, _ := b.get("/v3/users/me").at("data", "wallet", "remaining_balance").(float64)
	return fmt.Sprintf("%.4f", 100-left)
}

func (b *box) post(path, format string, args ...any) reply {
	b.t.Helper()
	return b.do(http.MethodPost, path, fmt.Sprintf(format, args...))
}

func TestAProjectIsRendered(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	zipped := project(t, "index.html", `<div data-composition-id="main" data-duration="12.5"></div>`)
	slot := b.slot("p.zip", media.TypeZip, len(zipped), "").want(200, "")
	b.put(slot, zipped)
	asset := slot.text("data", "asset_id")
	b.post("/v3/assets/"+asset+"/complete", `{}`).want(200, "")
	const path = "/v3/hyperframes/renders"
	id := b.post(path, `{"project":{"type":"asset_id","asset_id":%q},"format":"mov","quality":"high","title":"T"}`, asset).want(202, "").text("data", "render_id")
	one := b.get(path+"/"+id).want(200, "")
	if one.text("data", "status") != "queued" || one.at("data", "video_url") != nil {
		t.Error(one.body)
	}
	b.advance(60)
	one = b.get(path+"/"+id).want(200, "")
	if one.text("data", "status") != "completed" || one.at("data", "duration") != 12.5 || one.at("data", "fps") != 30.0 || b.spent() != "0.0625" {
		t.Errorf("%s for %s", one.body, b.spent())
	}
	if file := b.get(one.text("data", "video_url")); file.header.Get("Content-Type") != "video/quicktime" || file.body[4:8] != "ftyp" {
		t.Errorf("got %d %v, want Content-Type %q and file.body[4:8] %q", file.status, file.header, "video/quicktime", "ftyp")
	}
	inline := base64.StdEncoding.EncodeToString(project(t, "other.html", "<html></html>"))
	b.post(path, `{"project":{"type":"base64","media_type":"application/zip","data":%q},"composition":"other.html","resolution":"4k"}`, inline).want(202, "")
	b.post(path, `{"project":{"type":"url","url":"https://a.example/p.zip"}}`).want(202, "")
	if got := len(b.get(path).want(200, "").list("data")); got != 3 {
		t.Errorf("%d renders", got)
	}
	for body, code := range map[string]string{
		`{"project":{"type":"base64","media_type":"application/zip","data":"` + inline + `"}}`:                                                                           "hyperframes_project_invalid",
		`{"project":{"type":"base64","media_type":"application/zip","data":"UEsDBA=="}}`:                                                                                 "hyperframes_project_invalid",
		`{"project":{"type":"base64","media_type":"application/zip","data":"JVBERi0xLjc="}}`:                                                                             "invalid_parameter",
		`{"project":{"type":"url","url":"https://a.example/p.zip"},"resolution":"4k","format":"webm"}`:                                                                   "invalid_parameter",
		`{"project":{"type":"url","url":"https://a.example/p.zip"},"fps":241}`:                                                                                           "invalid_parameter",
		`{"project":{"type":"base64","media_type":"application/zip","data":"` + base64.StdEncoding.EncodeToString(project(t, "index.html", `data-duration="."`)) + `"}}`: "hyperframes_project_invalid",
	} {
		b.post(path, "%s", body).want(400, code)
	}
	b.post(path, `{"project":{"type":"asset_id","asset_id":"none"}}`).want(404, "asset_not_found")
	b.do(http.MethodDelete, path+"/"+id, "").want(200, "")
	b.get(path+"/"+id).want(404, "not_found")
}

func TestABackgroundIsRemoved(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	const path = "/v3/background-removals"
	const video = `"video":{"type":"url","url":"https://a.example/talk.mp4"}`
	made := b.post(path, `{%s,"request_id":"r","layers":["foreground","mask"]}`, video).want(200, "")
	id := made.text("data", "id")
	if again := b.post(path, `{%s,"request_id":"r"}`, video).want(200, ""); again.text("data", "id") != id {
		t.Error(again.body)
	}
	other := b.do(http.MethodPost, path, `{`+video+`}`, "Idempotency-Key", "k").want(200, "").text("data", "id")
	if again := b.do(http.MethodPost, path, `{`+video+`}`, "Idempotency-Key", "k").want(200, ""); again.text("data", "id") == other {
		t.Error("the header was honoured")
	}
	b.advance(600)
	one := b.get(path+"/"+id).want(200, "")
	if one.text("data", "status") != "completed" || one.at("data", "layers", "background") != nil {
		t.Error(one.body)
	}
	for layer, kind := range map[string]string{"foreground": "video/webm", "mask": "video/mp4"} {
		if file := b.get(one.text("data", "layers", layer)); file.header.Get("Content-Type") != kind {
			t.Errorf("%s: got %d %v, want Content-Type %v", layer, file.status, file.header, kind)
		}
	}
	if done := b.control("calls", ""); done.at(1, "done") != false {
		t.Errorf("a repeat counts as done: %s", done.body)
	}
	b.do(http.MethodDelete, path+"/"+id, "").want(200, "")
	b.do(http.MethodDelete, path+"/"+id, "").want(404, "not_found")
	if gone := b.get(path+"/"+id).want(200, ""); gone.text("data", "status") != "deleted" || gone.at("data", "layers") != nil {
		t.Error(gone.body)
	}
	if got := len(b.get(path).want(200, "").list("data")); got != 2 {
		t.Errorf("%d are listed", got)
	}
	b.post(path, `{%s,"layers":["sky"]}`, video).want(400, "invalid_parameter")
	b.control("faults", `{"method":"POST","path":"/v3/background-removals","fault":"fail"}`)
	bad := b.post(path, `{%s}`, video).want(200, "").text("data", "id")
	b.advance(600)
	if failed := b.get(path + "/" + bad); failed.text("data", "status") != "failed" || failed.text("data", "error") == "" {
		t.Error(failed.body)
	}
}

func TestClipsAreCut(t *testing.T) {
	t.Parallel()
	b, in := newBox(t, Config{}), newReceiver(t)
	const path = "/v3/ai-clipping"
	id := b.do(http.MethodPost, path, `{"callback_url":"`+in.url+`","callback_id":"mine","video":{"type":"url","url":"https://a.example/talk.mp4"},"output_settings":{"duration_types":["30","long"]},"title":"Talk"}`).want(202, "").text("data", "ai_clipping_id")
	one := b.get(path+"/"+id).want(200, "")
	if one.text("data", "status") != "pending" || len(one.list("data", "clips")) != 0 || one.at("data", "source_duration") != elsewhereSeconds {
		t.Error(one.body)
	}
	b.advance(60)
	one = b.get(path+"/"+id).want(200, "")
	if one.text("data", "clips", 0, "status") != "completed" || one.text("data", "clips", 1, "status") != "pending" {
		t.Error(one.body)
	}
	if listed := b.get(path).want(200, ""); listed.at("data", 0, "progress") != 0.0 {
		t.Error(listed.body)
	}
	b.advance(600)
	one = b.get(path+"/"+id).want(200, "")
	if one.at("data", "clips", 1, "duration_seconds") != elsewhereSeconds || one.at("data", "progress") != 100.0 || b.spent() != "0.3000" {
		t.Errorf("%s for %s", one.body, b.spent())
	}
	if _, said := in.took(1); said.text("event_type") != "ai_clipping.success" || said.text("event_data", "callback_id") != "mine" || len(said.list("event_data", "clips")) != 2 {
		t.Error(said.body)
	}
	link := one.text("data", "clips", 0, "video_url")
	if file := b.get(link); file.status != 200 || file.body[4:8] != "ftyp" {
		t.Errorf("got %d, want %v and file.body[4:8] %q", file.status, 200, "ftyp")
	}
	b.do(http.MethodDelete, path+"/"+id, "").want(200, "")
	b.get(path+"/"+id).want(404, "not_found")
	if got := b.get(link).status; got != 404 {
		t.Errorf("the clip of a deleted job: %d", got)
	}
	b.control("faults", `{"method":"POST","path":"/v3/ai-clipping","fault":"fail"}`)
	bad := b.post(path, `{"video":{"type":"url","url":"https://a.example/talk.mp4"}}`).want(202, "").text("data", "ai_clipping_id")
	b.advance(600)
	if failed := b.get(path + "/" + bad); failed.text("data", "status") != "failed" || len(failed.list("data", "clips")) != 0 || b.spent() != "0.3000" {
		t.Error(failed.body)
	}
	b.post(path, `{"video":{"type":"url","url":"https://a.example/talk.html"}}`).want(400, "download_failed")
	b.post(path, `{"video":{"type":"url","url":"https://a.example/a.mp4"},"output_settings":{"duration_types":["45"]}}`).want(400, "invalid_parameter")
}

func TestFillersAreCut(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	const path = "/v3/filler-word-removals"
	made := b.finished() // a video of 20 s
	before := b.spent()
	id := b.do(http.MethodPost, path, `{"video":{"type":"url","url":"`+made.text("data", "video_url")+`"}}`).want(202, "").text("data", "filler_word_removal_id")
	b.advance(60)
	one := b.get(path+"/"+id).want(200, "")
	if one.at("data", "num_cuts") != 2.0 || one.at("data", "output_duration") != 19.2 || one.at("data", "reduction_pct") != 4.0 || one.text("data", "title") != "Filler Removal" {
		t.Error(one.body)
	}
	if file := b.get(one.text("data", "video_url")); file.status != 200 || file.body[4:8] != "ftyp" {
		t.Errorf("got %d, want %v and file.body[4:8] %q", file.status, 200, "ftyp")
	}
	if now := b.spent(); now == before {
		t.Errorf("still %s", now)
	}
	asset := b.upload("a.wav", recording(t, 2)).text("data", "asset_id")
	b.post(path, `{"video":{"type":"asset_id","asset_id":%q}}`, asset).want(400, "invalid_parameter")
	before = b.spent()
	asset = b.upload("a.mp4", fileOf(t, ".mp4", 4)).text("data", "asset_id")
	id = b.post(path, `{"video":{"type":"asset_id","asset_id":%q}}`, asset).want(202, "").text("data", "filler_word_removal_id")
	b.advance(60)
	if same := b.get(path + "/" + id); same.at("data", "num_cuts") != 0.0 || same.at("data", "video_url") == nil || b.spent() != before {
		t.Errorf("%s for %s", same.body, b.spent())
	}
	b.get(path+"/none").want(404, "not_found")
}
