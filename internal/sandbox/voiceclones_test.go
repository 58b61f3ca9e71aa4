package sandbox

import (
	"fmt"
	"strings"
	"testing"
)

const cloneBody = `{"voice_name":"Mine","language":"de","audio":{"type":"url","url":"https://a.example/me.mp3"}}`

func (b *box) clone() string {
	b.t.Helper()
	return b.do("POST", "/v3/voices/clone", cloneBody).want(200, "").text("data", "voice_clone_id")
}

func TestACloneBecomesAVoice(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	id := b.clone()
	path := "/v3/voices/" + id
	if res := b.get(path).want(200, ""); res.text("data", "status") != "processing" || res.at("data", "name") != nil {
		t.Errorf("got %s, want data.status %q and data.name nil", res.body, "processing")
	}
	speak := fmt.Sprintf(`{"text":"Hallo zusammen.","voice_id":%q}`, id)
	b.do("POST", "/v3/voices/speech", speak).want(409, "resource_not_ready")
	b.advance(60)
	if res := b.get(path).want(200, ""); res.text("data", "status") != "complete" || res.text("data", "name") != "Mine" || res.text("data", "language") != "German" {
		t.Errorf("got %s, want data.status %q, data.name %q and data.language %q", res.body, "complete", "Mine", "German")
	}
	b.do("POST", "/v3/voices/speech", speak).want(200, "")
	list := b.get("/v3/voices?type=private&limit=1").want(200, "")
	next := b.get("/v3/voices?type=private&limit=1&token="+list.text("next_token")).want(200, "")
	if next.text("data", 0, "voice_id") != id || next.at("has_more") != false {
		t.Errorf("got %s, want data.0.voice_id %v and has_more %v", next.body, id, false)
	}
	b.do("POST", "/v3/voices/speech", speak, "X-Api-Key", "sk_sandbox_bo").want(404, "voice_not_found")
	b.do("DELETE", path, "", "X-Api-Key", "sk_sandbox_bo").want(404, "voice_not_found")
	b.do("DELETE", path, "").want(200, "")
	b.do("DELETE", path, "").want(404, "voice_not_found")
	b.get(path).want(404, "voice_not_found")
	b.do("DELETE", "/v3/voices/"+list.text("data", 0, "voice_id"), "").want(200, "")
	if res := b.get("/v3/voices?type=private").want(200, ""); len(res.list("data")) != 0 {
		t.Errorf("got %s, want len(res.list(\"data\")) %v", res.body, 0)
	}
	public := b.get("/v3/voices?limit=1").text("data", 0, "voice_id")
	b.do("DELETE", "/v3/voices/"+public, "").want(404, "voice_not_found")
}

func TestACloneThatFailsSaysWhy(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	b.control("faults", `{"method":"POST","path":"/v3/voices/clone","fault":"fail"}`)
	id := b.clone()
	b.advance(60)
	res := b.get("/v3/voices/"+id).want(200, "")
	if res.text("data", "status") != "failed" || res.text("data", "failure_message") == "" {
		t.Errorf("got %s, want data.status %q and data.failure_message not empty", res.body, "failed")
	}
	b.do("POST", "/v3/voices/speech", fmt.Sprintf(`{"text":"Hi.","voice_id":%q}`, id)).want(400, "voice_unavailable")
	b.do("DELETE", "/v3/voices/"+id, "").want(200, "")
}

func TestWhatCannotBeCloned(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	for audio, code := range map[string]string{
		`{"type":"url","url":"http://a.example/x.mp3"}`:              "invalid_parameter",
		`{"type":"url","url":"https://a.example/x.html"}`:            "download_failed",
		`{"type":"base64","media_type":"image/png","data":"AAAA"}`:   "invalid_parameter",
		`{"type":"base64","media_type":"audio/wav","data":"!"}`:      "invalid_parameter",
		`{"type":"url","url":"https://a.example/x.mp3","data":"AA"}`: "invalid_parameter",
	} {
		b.do("POST", "/v3/voices/clone", `{"voice_name":"x","audio":`+audio+`}`).want(400, code)
	}
	b.do("POST", "/v3/voices/clone", strings.Replace(cloneBody, "Mine", " ", 1)).want(400, "invalid_parameter")
	for range maxClones - 1 { // every account begins with one
		b.clone()
	}
	b.do("POST", "/v3/voices/clone", cloneBody).want(400, "resource_limit_reached")
}
