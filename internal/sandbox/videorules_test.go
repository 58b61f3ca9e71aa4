package sandbox

import (
	"maps"
	"net/http"
	"strings"
	"testing"
)

func TestVideoRules(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	type m = map[string]any
	studio, twin, photo := b.look(studioAvatar, engineIV), b.look(digitalTwin, engineV), b.look(photoAvatar, engineV)
	pending := b.get("/v3/avatars/looks?ownership=private").text("data", 1, "id")
	ready := b.get("/v3/avatars/looks?ownership=private").text("data", 0, "id")
	for name, c := range map[string]struct {
		more   m
		status int
		param  string
	}{
		"plain":                      {m{}, 200, ""},
		"nulls":                      {m{"title": nil, "background": nil, "engine": nil, "voice_id": nil}, 200, ""},
		"zeros":                      {m{"title": "", "folder_id": "", "callback_id": "", "voice_settings": m{"volume": 0, "pitch": 0}}, 200, ""},
		"unknown field":              {m{"sript": "x"}, 400, "sript"},
		"unknown nested field":       {m{"voice_settings": m{"sped": 1}}, 400, "voice_settings.sped"},
		"fields of another arm":      {m{"type": "image"}, 400, "image"},
		"no arm":                     {m{"type": "hologram"}, 400, "type"},
		"no source":                  {m{"script": nil}, 400, "script"},
		"two sources":                {m{"audio_url": "https://a.example/a.mp3"}, 400, "script"},
		"audio":                      {m{"script": nil, "audio_url": "https://a.example/a.mp3"}, 200, ""},
		"audio, plain http":          {m{"script": nil, "audio_url": "http://a.example/a.mp3"}, 400, "audio_url"},
		"audio asset":                {m{"script": nil, "audio_asset_id": "a"}, 404, "audio_asset_id"},
		"long script":                {m{"script": strings.Repeat("x", 5001)}, 400, "script"},
		"empty script":               {m{"script": ""}, 400, "script"},
		"script of a wrong type":     {m{"script": 7}, 400, "script"},
		"unknown avatar":             {m{"avatar_id": "none"}, 404, "avatar_id"},
		"unknown voice":              {m{"voice_id": "none"}, 404, "voice_id"},
		"speed":                      {m{"voice_settings": m{"speed": 1.6}}, 400, "voice_settings.speed"},
		"engine of no name":          {m{"engine": m{"type": "avatar_vi"}}, 400, "engine.type"},
		"engine as a string":         {m{"engine": "avatar_iv"}, 400, "engine"},
		"engine not supported":       {m{"engine": m{"type": engineV}}, 400, "engine.type"},
		"twin on V":                  {m{"avatar_id": twin, "engine": m{"type": engineV, "reference_look_id": twin}}, 200, ""},
		"reference to a photo":       {m{"avatar_id": photo, "engine": m{"type": engineV, "reference_look_id": photo}}, 400, "engine.reference_look_id"},
		"reference on IV":            {m{"engine": m{"type": engineIV, "reference_look_id": twin}}, 400, "engine.reference_look_id"},
		"expressive photo":           {m{"avatar_id": photo, "expressiveness": "high"}, 200, ""},
		"expressive photo on V":      {m{"avatar_id": photo, "expressiveness": "high", "engine": m{"type": engineV}}, 400, "expressiveness"},
		"expressive studio":          {m{"expressiveness": "high"}, 400, "expressiveness"},
		"motion of a studio":         {m{"motion_prompt": "wave"}, 400, "motion_prompt"},
		"motion of a photo":          {m{"avatar_id": photo, "motion_prompt": "wave"}, 200, ""},
		"motion on III":              {m{"avatar_id": photo, "motion_prompt": "wave", "engine": m{"type": engineIII}}, 400, "motion_prompt"},
		"webm":                       {m{"output_format": "webm"}, 200, ""},
		"webm with a background":     {m{"output_format": "webm", "background": m{"type": "color", "value": "#fff"}}, 400, "background"},
		"color":                      {m{"background": m{"type": "color", "value": "#00ff00"}}, 200, ""},
		"color without a value":      {m{"background": m{"type": "color"}}, 400, "background.value"},
		"color by name":              {m{"background": m{"type": "color", "value": "green"}}, 400, "background.value"},
		"image":                      {m{"background": m{"type": "image", "url": "https://a.example/a.png"}}, 200, ""},
		"image of nowhere":           {m{"background": m{"type": "image"}}, 400, "background"},
		"image of two places":        {m{"background": m{"type": "image", "url": "https://a.example/a.png", "asset_id": "a"}}, 400, "background"},
		"watermark":                  {m{"watermark": m{"image": m{"type": "asset_id", "asset_id": "a"}}}, 403, "watermark"},
		"watermark of no size":       {m{"watermark": m{"image": m{"type": "asset_id", "asset_id": "a"}, "scale": 0}}, 400, "watermark.scale"},
		"folder":                     {m{"folder_id": "f"}, 404, "folder_id"},
		"glossary":                   {m{"brand_glossary_id": "g"}, 404, "brand_glossary_id"},
		"twin without consent":       {m{"avatar_id": pending}, 403, "avatar_id"},
		"twin with consent":          {m{"avatar_id": ready}, 200, ""},
		"resolution":                 {m{"resolution": "8k"}, 400, "resolution"},
		"a null that is not allowed": {m{"output_format": nil}, 400, "output_format"},
	} {
		body := m{"avatar_id": studio}
		maps.Copy(body, c.more)
		b.advance(120) // ends the jobs of the cases before, of which ten may run at once
		res := b.do(http.MethodPost, "/v3/videos", b.video(body))
		if res.status != c.status || res.status != 200 && res.text("error", "param") != c.param {
			t.Errorf("%s: %d %s", name, res.status, res.body)
		}
	}
	several := b.do(http.MethodPost, "/v3/videos", `{"type":"avatar","x":1,"y":2}`).want(400, "invalid_parameter")
	if len(several.list("error", "errors")) != 3 {
		t.Error(several.body)
	}
}

func TestVoiceEnginesMustFit(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	voice := b.get("/v3/voices?engine=elevenlabs").text("data", 0, "voice_id")
	for settings, status := range map[string]int{
		`{"engine_type":"elevenlabs","model":"eleven_v3","stability":0.5}`: 200,
		`{"engine_type":"elevenlabs","model":"eleven_v3","stability":0.3}`: 400,
		`{"engine_type":"fish"}`: 400,
		`{"engine_type":"none"}`: 400,
		`{}`:                     400,
	} {
		body := `{"type":"avatar","avatar_id":"` + b.look(studioAvatar, engineIV) + `","script":"Hello there","voice_id":"` + voice +
			`","voice_settings":{"engine_settings":` + settings + `}}`
		b.do(http.MethodPost, "/v3/videos", body).want(status, "")
	}
}
