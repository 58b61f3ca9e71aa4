package sandbox

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestCatalogComesFromItsSeed(t *testing.T) {
	t.Parallel()
	a, b, c := publicCatalog(1, 24, 30), publicCatalog(1, 24, 30), publicCatalog(2, 24, 30)
	if a.looks[5].id != b.looks[5].id || a.voices[5].name != b.voices[5].name {
		t.Error("one seed gave two catalogs")
	}
	if a.looks[5].id == c.looks[5].id {
		t.Error("two seeds gave one catalog")
	}
	large := publicCatalog(1, 5000, 700)
	if len(large.looks) != 5000 || len(large.lookByID) != 5000 || len(large.voiceByID) != 700 {
		t.Errorf("%d looks, %d ids, %d voices", len(large.looks), len(large.lookByID), len(large.voiceByID))
	}
}

// walk goes through every page of a list and counts the different ids.
func walk(t *testing.T, b *box, path, id string) int {
	t.Helper()
	seen := map[string]bool{}
	items := 0
	for next := path; ; {
		res := b.get(next).want(200, "")
		for i := range res.list("data") {
			seen[res.text("data", i, id)] = true
			items++
		}
		if res.at("has_more") != true {
			if res.at("next_token") != nil {
				t.Errorf("a token on the last page: %s", res.body)
			}
			break
		}
		next = path + "&token=" + url.QueryEscape(res.text("next_token"))
	}
	if len(seen) != items {
		t.Errorf("%s: %d items, %d different", path, items, len(seen))
	}
	return items
}

func TestPagesCoverAListOnce(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{Looks: 23, Voices: 17})
	for _, c := range []struct {
		path, id string
		want     int
	}{
		{"/v3/avatars/looks?limit=5&ownership=public", "id", 23},
		{"/v3/avatars/looks?limit=5", "id", 25},
		{"/v3/avatars/looks?limit=1&ownership=private", "id", 2},
		{"/v3/avatars?limit=3", "id", 10},
		{"/v3/voices?limit=17", "voice_id", 17},
		{"/v3/voices?limit=4", "voice_id", 17},
		{"/v3/voices?type=private", "voice_id", 1},
		{"/v3/voices?language=klingon", "voice_id", 0},
	} {
		if got := walk(t, b, c.path, c.id); got != c.want {
			t.Errorf("%s: %d items, want %d", c.path, got, c.want)
		}
	}
}

func TestListParametersAreChecked(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	token := url.QueryEscape(b.get("/v3/voices?limit=1").text("next_token"))
	for path, param := range map[string]string{
		"/v3/avatars?limit=51":                      "limit",
		"/v3/avatars/looks?limit=0":                 "limit",
		"/v3/voices?limit=101":                      "limit",
		"/v3/videos?limit=ten":                      "limit",
		"/v3/videos?title=":                         "title",
		"/v3/avatars?ownership=mine":                "ownership",
		"/v3/avatars/looks?avatar_type=robot":       "avatar_type",
		"/v3/voices?type=cloned":                    "type",
		"/v3/voices?token=made-up":                  "token",
		"/v3/voices?gender=male&token=" + token:     "token",
		"/v3/videos?token=" + token:                 "token",
		"/v3/videos/statuses":                       "video_ids",
		"/v3/videos/statuses?video_ids=" + ids(101): "video_ids",
	} {
		res := b.get(path).want(400, "invalid_parameter")
		if res.text("error", "param") != param || !strings.HasSuffix(res.text("error", "doc_url"), "#invalid-parameter") {
			t.Errorf("%s: %s", path, res.body)
		}
	}
	if got := b.get("/v3/videos?limit=0").text("error", "message"); got != "'limit' must be between 1 and 100." {
		t.Errorf("got %v, want %q", got, "'limit' must be between 1 and 100.")
	}
}

func ids(n int) string { return strings.TrimSuffix(strings.Repeat("x,", n), ",") }

func TestGettersFindWhatListsShow(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	group := b.get("/v3/avatars").text("data", 0, "id")
	look := b.get("/v3/avatars/looks?group_id="+group).text("data", 0, "id")
	one := b.get("/v3/avatars/looks/"+look).want(200, "")
	if one.text("data", "group_id") != group {
		t.Error(one.body)
	}
	b.get("/v3/avatars/"+group).want(200, "")
	b.get("/v3/voices/"+one.text("data", "default_voice_id")).want(200, "")
	b.get("/v3/avatars/none").want(404, "avatar_not_found")
	b.get("/v3/avatars/looks/none").want(404, "not_found")
	b.get("/v3/voices/none").want(404, "voice_not_found")

	picture := b.get(one.text("data", "preview_image_url"))
	if picture.status != 200 || !strings.HasPrefix(picture.body, "\x89PNG") {
		t.Errorf("the preview: %d, %d bytes", picture.status, len(picture.body))
	}
}

func TestWhatIsPrivateIsTheAccountsOwn(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	mine := b.get("/v3/avatars/looks?ownership=private").text("data", 0, "id")
	b.do(http.MethodGet, "/v3/avatars/looks/"+mine, "", "X-Api-Key", "sk_sandbox_bo").want(404, "not_found")
}

func TestDesignedVoicesDependOnPromptAndSeed(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	design := func(body string) reply { t.Helper(); return b.do(http.MethodPost, "/v3/voices", body) }
	first := design(`{"prompt":"a warm female narrator","gender":"female","locale":"en-US"}`).want(200, "")
	if again := design(`{"prompt":"a warm female narrator","gender":"female","locale":"en-US","seed":0}`); again.body != first.body {
		t.Errorf("not the same voices:\n%s\n%s", first.body, again.body)
	}
	if next := design(`{"prompt":"a warm female narrator","gender":"female","locale":"en-US","seed":1}`); next.body == first.body {
		t.Errorf("the same voices for another seed: %s", next.body)
	}
	if n := len(first.list("data", "voices")); n == 0 || n > 3 {
		t.Errorf("%d voices", n)
	}
	b.get("/v3/voices/"+first.text("data", "voices", 0, "voice_id")).want(200, "")
	for body, param := range map[string]string{
		`{}`:                         "prompt",
		`{"prompt":""}`:              "prompt",
		`{"prompt":"x","seed":-1}`:   "seed",
		`{"prompt":"x","seed":1.5}`:  "seed",
		`{"prompt":"x","seed":null}`: "seed",
		`{"prompt":"x","style":"y"}`: "style",
		`[]`:                         "",
		`{"prompt":"x"`:              "",
	} {
		if res := design(body).want(400, "invalid_parameter"); res.text("error", "param") != param {
			t.Errorf("%s: got %s, want error.param %v", body, res.body, param)
		}
	}
}
