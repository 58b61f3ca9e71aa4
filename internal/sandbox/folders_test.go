package sandbox

import (
	"net/http"
	"testing"
)

func TestFoldersHoldVideos(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	made := b.do(http.MethodPost, "/v3/folders", `{"name":"Launch"}`).want(200, "")
	id := made.text("data", "folder_id")
	if made.text("data", "type") != "mixed" || made.at("data", "parent_id") != nil || made.text("data", "creator_username") != "ana" {
		t.Error(made.body)
	}
	inner := b.do(http.MethodPost, "/v3/folders", `{"name":"Launch","type":"video","parent_id":"`+id+`"}`).want(200, "").text("data", "folder_id")
	if got := b.get("/v3/folders/"+inner).want(200, ""); got.text("data", "parent_id") != id || got.text("data", "type") != "video" || inner == id {
		t.Error(got.body)
	}
	placed := b.do(http.MethodPost, "/v3/videos", b.video(map[string]any{"folder_id": inner})).want(200, "").text("data", "video_id")
	batch := b.do(http.MethodPost, "/v3/videos/batches", `{"folder_id":"`+id+`","videos":[`+b.video(nil)+`]}`).want(202, "").text("data", "batch_id")
	one := b.get("/v3/videos/batches/"+batch).text("data", "items", 0, "video_id")
	if got := b.get("/v3/videos/" + one); got.text("data", "folder_id") != id {
		t.Errorf("a video of a batch in a folder: %s", got.body)
	}
	b.do(http.MethodDelete, "/v3/videos/"+one, "").want(200, "")
	b.do(http.MethodPost, "/v3/videos/batches", `{"folder_id":"none","videos":[`+b.video(nil)+`]}`).want(404, "resource_not_found")
	root := b.create().want(200, "").text("data", "video_id")
	if got := b.get("/v3/videos?folder_id=" + inner); len(got.list("data")) != 1 || got.text("data", 0, "id") != placed || got.text("data", 0, "folder_id") != inner {
		t.Error(got.body)
	}
	if got := b.get("/v3/videos?folder_id=" + id); len(got.list("data")) != 0 {
		t.Errorf("what is in a folder inside is not in this one: %s", got.body)
	}
	if got := b.get("/v3/videos/" + root); got.at("data", "folder_id") != nil {
		t.Error(got.body)
	}
}

func TestFoldersAreTheAccountsOwn(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	id := b.do(http.MethodPost, "/v3/folders", `{"name":"Mine"}`).want(200, "").text("data", "folder_id")
	other := []string{"X-Api-Key", "sk_sandbox_bo"}
	b.do(http.MethodGet, "/v3/folders/"+id, "", other...).want(404, "resource_not_found")
	b.do(http.MethodPost, "/v3/videos", b.video(map[string]any{"folder_id": id}), other...).want(404, "resource_not_found")
	if got := b.do(http.MethodGet, "/v3/videos", "", other...); len(got.list("data")) != 0 {
		t.Errorf("a refusal left something: %s", got.body)
	}
	for body, param := range map[string]string{`{"name":""}`: "name", `{}`: "name", `{"name":"x","type":"other"}`: "type"} {
		if res := b.do(http.MethodPost, "/v3/folders", body).want(400, "invalid_parameter"); res.text("error", "param") != param {
			t.Error(res.body)
		}
	}
	if res := b.do(http.MethodPost, "/v3/folders", `{"name":"x","parent_id":"none"}`).want(404, "resource_not_found"); res.text("error", "param") != "parent_id" {
		t.Error(res.body)
	}
	b.do(http.MethodPost, "/v3/folders", `{"name":"x","parent_id":""}`).want(200, "")
}
