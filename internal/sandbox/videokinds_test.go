package sandbox

import (
	"encoding/json"
	"maps"
	"math"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// made creates a video and lets it come to its end.
func (b *box) made(body map[string]any) reply {
	b.t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		b.t.Fatal(err)
	}
	id := b.do(http.MethodPost, "/v3/videos", string(raw)).want(200, "").text("data", "video_id")
	b.advance(3600)
	return b.get("/v3/videos/"+id).want(200, "")
}

// rule is what becomes of a body with some members more.
type rule struct {
	more   map[string]any
	status int
	param  string
}

// hold sends a body with the members of each rule on top.
func (b *box) hold(base map[string]any, rules map[string]rule) {
	b.t.Helper()
	for name, c := range rules {
		body := maps.Clone(base)
		maps.Copy(body, c.more)
		raw, err := json.Marshal(body)
		if err != nil {
			b.t.Fatal(err)
		}
		b.advance(1800) // ends the jobs of the cases before, of which ten may run at once; no link may end meanwhile
		res := b.do(http.MethodPost, "/v3/videos", string(raw))
		if res.status != c.status || res.status != 200 && res.text("error", "param") != c.param {
			b.t.Errorf("%s: %d %s", name, res.status, res.body)
		}
	}
}

func TestImageVideos(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	voice := b.get("/v3/voices?engine=starfish").text("data", 0, "voice_id")
	type m = map[string]any
	image := m{"type": "url", "url": "https://a.example/a.png"}
	base := m{"type": "image", "image": image, "script": strings.Repeat("word ", 50), "voice_id": voice}
	one := b.made(base)
	if one.at("data", "duration") != 20.0 || math.Abs(100-b.balance()-20*0.05) > 1e-9 {
		t.Errorf("%s, %v left", one.body, b.balance())
	}
	if shown := b.get("/v3/videos/"+one.text("data", "id")+"/scenes").want(200, ""); shown.text("data", "scenes", 0, "elements", 0, "type") != "image" ||
		shown.text("data", "scenes", 0, "script", 0, "voice_id") != voice {
		t.Error(shown.body)
	}
	b.hold(base, map[string]rule{
		"inline":             {m{"image": m{"type": "base64", "media_type": "image/png", "data": "iVBORw0KGgo="}}, 200, ""},
		"inline, not base64": {m{"image": m{"type": "base64", "media_type": "image/png", "data": "?"}}, 400, "image.data"},
		"inline, no image":   {m{"image": m{"type": "base64", "media_type": "image/png", "data": "iVBORw0K"}}, 400, "image.data"},
		"a video":            {m{"image": m{"type": "url", "url": "https://a.example/a.mp4"}}, 400, "image.url"},
		"plain http":         {m{"image": m{"type": "url", "url": "http://a.example/a.png"}}, 400, "image.url"},
		"a private host":     {m{"image": m{"type": "url", "url": "https://10.0.0.1/a.png"}}, 400, "image.url"},
		"no such asset":      {m{"image": m{"type": "asset_id", "asset_id": "none"}}, 404, "image.asset_id"},
		"no image":           {m{"image": nil}, 400, "image"},
		"an avatar":          {m{"avatar_id": "a"}, 400, "avatar_id"},
		"an engine":          {m{"engine": m{"type": engineIV}}, 400, "engine"},
		"no voice":           {m{"voice_id": nil}, 400, "voice_id"},
		"audio needs none":   {m{"voice_id": nil, "script": nil, "audio_url": "https://a.example/a.mp3"}, 200, ""},
		"expressive, moving": {m{"expressiveness": "high", "motion_prompt": "wave"}, 200, ""},
		"webm":               {m{"output_format": "webm"}, 200, ""},
		"webm, background":   {m{"output_format": "webm", "background": m{"type": "color", "value": "#fff"}}, 400, "background"},
		"audio of pictures":  {m{"script": nil, "audio_url": "https://a.example/a.png"}, 400, "audio_url"},
		"folder":             {m{"folder_id": "none"}, 404, "folder_id"},
	})
}

func TestWatermarksAreForEnterprise(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	type m = map[string]any
	base := m{"type": "avatar", "avatar_id": b.look(studioAvatar, engineIV), "script": "Hello there"}
	mark := func(url string) m { return m{"watermark": m{"image": m{"type": "url", "url": url}}} }
	b.hold(base, map[string]rule{"below": {mark("https://a.example/a.png"), 403, "watermark"}})
	b.control("account", `{"account":"ana","plan":"enterprise"}`)
	b.hold(base, map[string]rule{
		"a picture":    {mark("https://a.example/a.png"), 200, ""},
		"a video":      {mark("https://a.example/a.mp4"), 400, "watermark.image.url"},
		"out of reach": {mark("https://localhost/a.png"), 400, "watermark.image.url"},
		"no asset":     {m{"watermark": m{"image": m{"type": "asset_id", "asset_id": "none"}}}, 404, "watermark.image.asset_id"},
	})
}

func TestCinematicVideos(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	type m = map[string]any
	base := m{"type": "cinematic_avatar", "prompt": "She walks through rain.", "avatar_id": []string{b.look(studioAvatar, engineIV)}}
	one := b.made(base)
	if one.at("data", "duration") != 10.0 || b.balance() != 93 || one.at("data", "subtitle_url") != nil {
		t.Errorf("%s, %v left", one.body, b.balance())
	}
	if shown := b.get("/v3/videos/"+one.text("data", "id")+"/scenes").want(200, ""); len(shown.list("data", "scenes")) != 0 {
		t.Error(shown.body)
	}
	b.control("account", `{"account":"ana","wallet_usd":1000}`)
	file := func(ending string) m { return m{"type": "url", "url": "https://a.example/a" + ending} }
	pending := b.get("/v3/avatars/looks?ownership=private").text("data", 1, "id")
	b.hold(base, map[string]rule{
		"references":        {m{"references": []m{file(".png"), file(".mp4"), file(".mp3")}}, 200, ""},
		"null references":   {m{"references": nil}, 200, ""},
		"nine images":       {m{"references": slices.Repeat([]m{file(".png")}, 9)}, 400, "references"},
		"four videos":       {m{"references": slices.Repeat([]m{file(".mp4")}, 4)}, 400, "references"},
		"a reference lost":  {m{"references": []m{file(".png"), {"type": "asset_id", "asset_id": "none"}}}, 404, "references[1].asset_id"},
		"an unknown look":   {m{"avatar_id": []string{"none"}}, 404, "avatar_id[0]"},
		"no consent":        {m{"avatar_id": []string{pending}}, 403, "avatar_id[0]"},
		"four looks":        {m{"avatar_id": []string{"a", "b", "c", "d"}}, 400, "avatar_id"},
		"one look, no list": {m{"avatar_id": "a"}, 400, "avatar_id"},
		"ratio":             {m{"aspect_ratio": "4:5"}, 400, "aspect_ratio"},
		"length":            {m{"duration": 15}, 200, ""},
		"too long":          {m{"duration": 16}, 400, "duration"},
		"any length":        {m{"auto_duration": true}, 200, ""},
		"any and one":       {m{"auto_duration": true, "duration": 5}, 400, "duration"},
		"4k":                {m{"resolution": "4k"}, 400, "resolution"},
		"a script":          {m{"script": "Hello"}, 400, "script"},
	})
	b.control("account", `{"account":"ana","plan":"creator"}`)
	raw, _ := json.Marshal(base)
	b.do(http.MethodPost, "/v3/videos", string(raw)).want(403, "forbidden")
	b.control("account", `{"account":"ana","plan":"pro","wallet_usd":6.99}`)
	b.do(http.MethodPost, "/v3/videos", string(raw)).want(402, "insufficient_credit")
}

func TestStudioVideos(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	type m = map[string]any
	voice := b.get("/v3/voices?engine=starfish").text("data", 0, "voice_id")
	look, photo := b.look(studioAvatar, engineIV), b.look(photoAvatar, engineV)
	source := func(ending string) m { return m{"type": "url", "url": "https://a.example/a" + ending} }
	speaking := m{"type": "avatar_video", "input": m{"type": "avatar", "avatar_id": look, "script": strings.Repeat("one ", 25), "background": m{"type": "color", "color": "#1a2b3c"}}}
	still := m{"type": "image", "source": source(".png"), "duration": 2.5}
	narrated := m{"type": "image", "source": source(".png"), "script": strings.Repeat("two ", 10), "voice_id": voice, "voice_settings": m{"speed": 1.25}}
	clip := m{"type": "video", "source": source(".mp4"), "playback": m{"mute": true}}
	one := b.made(m{"type": "studio", "title": "Tour", "scenes": []m{speaking, still, narrated, clip}, "aspect_ratio": "9:16", "caption": m{"style": "default"}})
	if one.at("data", "duration") != 10+2.5+3.2+clipSeconds || math.Abs(100-b.balance()-10*0.0667) > 1e-9 {
		t.Errorf("%s, %v left", one.body, b.balance())
	}
	if srt := b.get(one.text("data", "subtitle_url")); !strings.Contains(srt.body, "one") || !strings.Contains(srt.body, "two") {
		t.Error(srt.body)
	}
	shown := b.get("/v3/videos/"+one.text("data", "id")+"/scenes").want(200, "")
	if shown.text("data", "video", "title") != "Tour" || shown.text("data", "video", "aspect_ratio") != "9:16" ||
		shown.at("data", "video", "caption", "enabled") != true || len(shown.list("data", "scenes")) != 4 ||
		shown.text("data", "scenes", 0, "elements", 0, "avatar_id") != look || shown.text("data", "scenes", 0, "background", "color") != "#1a2b3c" ||
		shown.at("data", "scenes", 1, "script", 0, "duration") != 2.5 || shown.at("data", "scenes", 2, "script", 0, "voice_settings", "speed") != 1.25 ||
		shown.at("data", "scenes", 3, "elements", 0, "volume") != 0.0 || len(shown.list("data", "scenes", 3, "script")) != 0 {
		t.Error(shown.body)
	}
	if again := b.get("/v3/videos/" + one.text("data", "id") + "/scenes"); again.body != shown.body {
		t.Error("the ids of scenes change")
	}
	b.get("/v3/videos/none/scenes").want(404, "not_found")

	with := func(scene m, name string, v any) m {
		out := maps.Clone(scene)
		out[name] = v
		return out
	}
	input := func(name string, v any) []m {
		in, _ := speaking["input"].(m)
		return []m{with(speaking, "input", with(in, name, v))}
	}
	own := one.text("data", "video_url")
	b.hold(m{"type": "studio", "scenes": []m{speaking}}, map[string]rule{
		"no scenes":               {m{"scenes": []m{}}, 400, "scenes"},
		"51 scenes":               {m{"scenes": slices.Repeat([]m{still}, 51)}, 400, "scenes"},
		"31 minutes":              {m{"scenes": slices.Repeat([]m{with(still, "duration", 300)}, 7)}, 400, "scenes"},
		"another type":            {m{"scenes": []m{{"type": "text"}}}, 400, "scenes[0].type"},
		"webm":                    {m{"output_format": "webm"}, 400, "output_format"},
		"silent and narrated":     {m{"scenes": []m{with(narrated, "duration", 2)}}, 400, "scenes[0].duration"},
		"neither":                 {m{"scenes": []m{still, {"type": "image", "source": source(".png")}}}, 400, "scenes[1].duration"},
		"narrated by nobody":      {m{"scenes": []m{with(narrated, "voice_id", nil)}}, 400, "scenes[0].voice_id"},
		"narrated twice":          {m{"scenes": []m{with(narrated, "audio_url", "https://a.example/a.mp3")}}, 400, "scenes[0].script"},
		"held for nothing":        {m{"scenes": []m{with(still, "duration", 0)}}, 400, "scenes[0].duration"},
		"a still of a clip":       {m{"scenes": []m{with(still, "source", source(".mp4"))}}, 400, "scenes[0].source.url"},
		"a clip of a still":       {m{"scenes": []m{with(clip, "source", source(".png"))}}, 400, "scenes[0].source.url"},
		"a clip with voice":       {m{"scenes": []m{with(with(clip, "script", "Look at this."), "voice_id", voice)}}, 200, ""},
		"a clip with a recording": {m{"scenes": []m{with(clip, "audio_url", "https://a.example/a.mp3")}}, 200, ""},
		"a clip's two voices":     {m{"scenes": []m{with(with(clip, "script", "x"), "audio_url", "https://a.example/a.mp3")}}, 400, "scenes[0].script"},
		"a video made here":       {m{"scenes": []m{with(clip, "source", m{"type": "url", "url": own})}}, 200, ""},
		"a video that was here":   {m{"scenes": []m{with(clip, "source", m{"type": "url", "url": b.url + "/files/videos/none.mp4"})}}, 400, "scenes[0].source.url"},
		"too loud":                {m{"scenes": []m{with(clip, "playback", m{"volume": 1.1})}}, 400, "scenes[0].playback.volume"},
		"input of another type":   {m{"scenes": input("type", "photo")}, 400, "scenes[0].input.type"},
		"unknown look":            {m{"scenes": input("avatar_id", "none")}, 404, "scenes[0].input.avatar_id"},
		"nothing to say":          {m{"scenes": input("script", nil)}, 400, "scenes[0].input.script"},
		"engine":                  {m{"scenes": input("engine", m{"type": engineV})}, 400, "scenes[0].input.engine.type"},
		"expressive studio":       {m{"scenes": input("expressiveness", "low")}, 400, "scenes[0].input.expressiveness"},
		"motion of a studio":      {m{"scenes": input("motion_prompt", "wave")}, 400, "scenes[0].input.motion_prompt"},
		"a photo that moves":      {m{"scenes": []m{{"type": "avatar_video", "input": m{"type": "avatar", "avatar_id": photo, "script": "Hi there", "motion_prompt": "wave"}}}}, 200, ""},
		"a color of three":        {m{"scenes": input("background", m{"type": "color", "color": "#fff"})}, 400, "scenes[0].input.background.color"},
		"watermark":               {m{"watermark": m{"image": m{"type": "asset_id", "asset_id": "a"}}}, 403, "watermark"},
		"folder":                  {m{"folder_id": "none"}, 404, "folder_id"},
	})
	before := len(b.get("/v3/videos?limit=100").list("data"))
	b.do(http.MethodPost, "/v3/videos", `{"type":"studio","scenes":[{"type":"image","source":{"type":"url","url":"https://a.example/a.png"},"duration":1},{"type":"avatar_video","input":{"type":"avatar","avatar_id":"none","script":"x"}}]}`).want(404, "avatar_not_found")
	if after := len(b.get("/v3/videos?limit=100").list("data")); after != before {
		t.Errorf("%d videos, then %d", before, after)
	}
}
