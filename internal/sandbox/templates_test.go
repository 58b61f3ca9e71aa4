package sandbox

import (
	"encoding/json"
	"maps"
	"net/http"
	"strings"
	"testing"

	"heygen-mcp/internal/sandbox/contract/contracttest"
)

func TestTemplatesHaveEveryKindOfVariable(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	kinds := map[string]bool{}
	list := b.get("/v3/templates?limit=2").want(200, "")
	rest := b.get("/v3/templates?limit=2&token="+list.text("next_token")).want(200, "")
	if len(list.list("data")) != 2 || len(rest.list("data")) != 2 || rest.at("has_more") != false {
		t.Error(list.body, rest.body)
	}
	for i := range 4 {
		from := list
		if i > 1 {
			from = rest
		}
		id := from.text("data", i%2, "id")
		one := b.get("/v3/templates/"+id).want(200, "")
		for _, v := range contracttest.Members(one.at("data", "variables")) {
			kinds[contracttest.Part(v, "type").(string)] = true
		}
		// What is read can be sent back as it is.
		raw, err := json.Marshal(map[string]any{"variables": one.at("data", "variables"), "scene_ids": one.at("data", "scene_ids")})
		if err != nil {
			t.Fatal(err)
		}
		made := b.do(http.MethodPost, "/v3/templates/"+id, string(raw)).want(200, "")
		b.advance(600)
		done := b.get("/v3/videos/" + made.text("data", "id"))
		if done.text("data", "status") != "completed" || strings.Contains(b.get(done.text("data", "subtitle_url")).body, "{{") {
			t.Errorf("%s: got %s, want data.status %q and no %q in it", id, done.body, "completed", "{{")
		}
		if done.text("data", "title") != one.text("data", "name") {
			t.Errorf("%s: %s", id, done.body)
		}
	}
	if len(kinds) != 6 {
		t.Errorf("variables of %v", kinds)
	}
	b.get("/v3/templates/none").want(404, "template_not_found")
	b.do(http.MethodPost, "/v3/templates/none", `{"variables":{}}`).want(404, "template_not_found")
}

func TestTemplatesAreFilled(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	type m = map[string]any
	template := b.get("/v3/templates").text("data", 0, "id")
	scenes := b.get("/v3/templates/"+template).list("data", "scene_ids")
	other := b.look(photoAvatar, engineIV)
	pending := b.get("/v3/avatars/looks?ownership=private").text("data", 1, "id")
	text := func(content string) m { return m{"type": "text", "content": content} }
	base := m{"variables": m{"product": text("Lamp")}, "title": "Lamps"}
	post := func(more m) reply {
		t.Helper()
		body := maps.Clone(base)
		maps.Copy(body, more)
		raw, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		b.advance(600)
		return b.do(http.MethodPost, "/v3/templates/"+template, string(raw))
	}
	made := post(m{
		"scene_ids": []any{scenes[2], scenes[0], scenes[2]}, "subtitles": m{"preset_name": "classic"}, "dimension": m{"width": 854, "height": 480},
		"variables": m{"product": text("{{audience}}"), "presenter": m{"type": "character", "character_id": other, "character_type": "talking_photo"}},
	}).want(200, "")
	if made.text("data", "status") != "pending" || made.text("data", "title") != "Lamps" || made.at("data", "video_url") != nil {
		t.Error(made.body)
	}
	b.advance(600)
	done := b.get("/v3/videos/" + made.text("data", "id"))
	srt := b.get(done.text("data", "subtitle_url")).body
	if strings.Count(srt, "Try it today.") != 2 || !strings.Contains(strings.Join(strings.Fields(srt), " "), "Meet {{audience}}, made for {{audience}}.") {
		t.Errorf("got %v, want strings.Count(srt, \"Try it today.\") %v and %q in it", srt, 2, "Meet {{audience}}, made for {{audience}}.")
	}
	if done.at("data", "captioned_video_url") == nil {
		t.Error(done.body)
	}
	shown := b.get("/v3/videos/" + made.text("data", "id") + "/scenes")
	if len(shown.list("data", "scenes")) != 3 || shown.text("data", "scenes", 0, "elements", 0, "avatar_id") != other {
		t.Error(shown.body)
	}
	one := func(name, kind string, members m) m {
		members["type"] = kind
		return m{"variables": m{name: members}}
	}
	url := func(name string) m { return m{"asset": m{"type": "url", "url": "https://a.example/" + name}} }
	for name, c := range map[string]rule{
		"nothing filled":      {m{"variables": m{}}, 200, ""},
		"no variables":        {m{"variables": nil}, 400, "variables"},
		"unknown":             {m{"variables": m{"prodct": text("x")}}, 400, "variables.prodct"},
		"only the text":       {m{"variables": m{"product": "Lamp"}}, 400, "variables.product"},
		"the older form":      {one("product", "text", m{"properties": m{"content": "x"}}), 400, "variables.product.content"},
		"another kind":        {one("product", "voice", m{"voice_id": "x"}), 400, "variables.product.type"},
		"text of no content":  {one("product", "text", m{}), 400, "variables.product.content"},
		"an empty text":       {one("product", "text", m{"content": ""}), 400, "variables.product.content"},
		"content of a number": {one("product", "text", m{"content": 7}), 400, "variables.product.content"},
		"image":               {one("product_image", "image", url("a.png")), 200, ""},
		"video for image":     {one("product_image", "video", url("a.mp4")), 200, ""},
		"video as image":      {one("product_image", "image", url("a.mp4")), 400, "variables.product_image.asset.url"},
		"image of nowhere":    {one("product_image", "image", m{"fit": "cover"}), 400, "variables.product_image.asset"},
		"audio for image":     {one("product_image", "audio", url("a.mp3")), 400, "variables.product_image.type"},
		"asset of nobody":     {one("music", "audio", m{"asset": m{"type": "asset_id", "asset_id": "none"}}), 404, "variables.music.asset.asset_id"},
		"loud video":          {one("demo", "video", m{"asset": url("a.mp4")["asset"], "volume": 2}), 400, "variables.demo.volume"},
		"voice of nobody":     {one("presenter_voice", "voice", m{"voice_id": "none"}), 404, "variables.presenter_voice.voice_id"},
		"look of nobody":      {one("presenter", "character", m{"character_id": "none"}), 404, "variables.presenter.character_id"},
		"look that waits":     {one("presenter", "character", m{"character_id": pending}), 403, "variables.presenter.character_id"},
		"scene of another":    {m{"scene_ids": []string{"none"}}, 400, "scene_ids"},
		"all scenes":          {m{"scene_ids": nil}, 200, ""},
		"tall":                {m{"dimension": m{"width": 1080, "height": 1920}}, 400, "dimension"},
		"odd":                 {m{"dimension": m{"width": 1281, "height": 720}}, 400, "dimension"},
		"frames":              {m{"fps": 24}, 400, "fps"},
		"many frames":         {m{"fps": 60}, 200, ""},
		"folder":              {m{"folder_id": "none"}, 404, "folder_id"},
		"glossary":            {m{"brand_voice_id": "none"}, 404, "brand_glossary_id"},
	} {
		if res := post(c.more); res.status != c.status || res.status != 200 && res.text("error", "param") != c.param {
			t.Errorf("%s: %d %s", name, res.status, res.body)
		}
	}
	key := []string{"Idempotency-Key", "one"}
	first := b.do(http.MethodPost, "/v3/templates/"+template, `{"variables":{}}`, key...).want(200, "")
	b.advance(600)
	if again := b.do(http.MethodPost, "/v3/templates/"+template, `{"variables":{}}`, key...); again.body != first.body {
		t.Errorf("a repeat answers what was so at first: %s", again.body)
	}
}
