package sandbox

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func (b *box) podcast(more string) string {
	b.t.Helper()
	look, voice := b.look(photoAvatar, engineIV), b.speaker("starfish")
	return fmt.Sprintf(`{"host_avatar_id":%q,"guest_avatar_id":%q,"host_voice_id":%q,"guest_voice_id":%q%s}`, look, look, voice, voice, more)
}

func TestAPodcastIsMadeOfATopic(t *testing.T) {
	t.Parallel()
	b, in := newBox(t, Config{}), newReceiver(t)
	b.hook(`{"url":"` + in.url + `"}`)
	made := b.do(http.MethodPost, "/v3/podcasts", b.podcast(`,"topic":"Tea in China. Be kind.","duration":"1min","layout":"portrait"`)).want(202, "")
	id := made.text("data", "podcast_id")
	path := "/v3/podcasts/" + id
	if one := b.get(path).want(200, ""); one.text("data", "status") != "processing" || one.at("data", "title") != nil {
		t.Errorf("at first: %s", one.body)
	}
	b.advance(100)
	if one := b.get(path); one.text("data", "status") != "processing" || !strings.Contains(one.text("data", "title"), "Tea in China") {
		t.Errorf("once its script is written: %s", one.body)
	}
	b.advance(100)
	one := b.get(path).want(200, "")
	if one.text("data", "status") != "completed" || one.at("data", "duration") != 60.0 || fmt.Sprintf("%.2f", b.balance()) != "97.00" {
		t.Errorf("at last: %s, %v left", one.body, b.balance())
	}
	for _, link := range []string{"video_url", "thumbnail_url"} {
		if file := b.get(one.text("data", link)); file.status != 200 {
			t.Errorf("%s: got %d, want %v", link, file.status, 200)
		}
	}
	if _, said := in.took(1); said.text("event_type") != "podcast.success" || said.text("event_data", "podcast_id") != id {
		t.Error(said.body)
	}
	b.do(http.MethodDelete, path, "", "X-Api-Key", "sk_sandbox_bo").want(404, "not_found")
	b.do(http.MethodDelete, path, "").want(200, "")
	b.do(http.MethodDelete, path, "").want(200, "")
	b.get(path).want(404, "not_found")
	if list := b.get("/v3/podcasts").want(200, ""); len(list.list("data")) != 0 {
		t.Errorf("a podcast that was deleted is listed: %s", list.body)
	}
}

func TestWhatPodcastsRefuse(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	pdf := `{"type":"url","url":"https://a.example/a.pdf"}`
	for name, c := range map[string]struct {
		body   string
		status int
		param  string
	}{
		"nothing to speak of": {b.podcast(""), 400, "topic"},
		"blank":               {b.podcast(`,"topic":"  "`), 400, "topic"},
		"a document":          {b.podcast(`,"source_files":[` + pdf + `]`), 202, ""},
		"six documents":       {b.podcast(`,"source_files":[` + strings.Repeat(pdf+",", 5) + pdf + `]`), 400, "source_files"},
		"inline":              {b.podcast(`,"source_files":[{"type":"base64","media_type":"application/pdf","data":"AA=="}]`), 400, "source_files[0].type"},
		"four minutes":        {b.podcast(`,"topic":"Tea","duration":"4min"`), 400, "duration"},
		"host of nobody":      {strings.Replace(b.podcast(`,"topic":"Tea"`), `"host_avatar_id":"`, `"host_avatar_id":"x`, 1), 404, "host_avatar_id"},
		"voice of nobody":     {strings.Replace(b.podcast(`,"topic":"Tea"`), `"guest_voice_id":"`, `"guest_voice_id":"x`, 1), 404, "guest_voice_id"},
	} {
		res := b.do(http.MethodPost, "/v3/podcasts", c.body)
		if res.status != c.status || c.param != "" && res.text("error", "param") != c.param {
			t.Errorf("%s: got %d %s, want %d %s", name, res.status, res.body, c.status, c.param)
		}
	}
	b.control("faults", `{"path":"/v3/podcasts","fault":"fail"}`)
	id := b.do(http.MethodPost, "/v3/podcasts", b.podcast(`,"topic":"Tea"`)).text("data", "podcast_id")
	b.advance(600)
	if one := b.get("/v3/podcasts/" + id); one.text("data", "status") != "failed" || one.text("data", "failure_message") == "" {
		t.Errorf("one that failed: %s", one.body)
	}
	b.control("account", `{"account":"bo","previews":["workflows"]}`)
	b.do(http.MethodGet, "/v3/podcasts", "", "X-Api-Key", "sk_sandbox_bo").want(403, "forbidden")
	b.do(http.MethodGet, "/v3/workflows", "", "X-Api-Key", "sk_sandbox_bo").want(200, "")
	b.control("account", `{"account":"bo","previews":["podcasts"]}`)
	b.do(http.MethodGet, "/v3/podcasts", "", "X-Api-Key", "sk_sandbox_bo").want(200, "")
}
