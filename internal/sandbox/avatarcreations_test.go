package sandbox

import (
	"net/http"
	"strings"
	"testing"
)

func (b *box) avatar(body string) reply {
	b.t.Helper()
	return b.do(http.MethodPost, "/v3/avatars", body)
}

const (
	aPrompt = `{"type":"prompt","name":"Robin","prompt":"A gardener in a green jacket","aspect_ratio":"1:1"}`
	aPhoto  = `{"type":"photo","name":"Kim","file":{"type":"url","url":"https://files.example/kim.jpg"}}`
	aTwin   = `{"type":"digital_twin","name":"Sam","file":{"type":"url","url":"https://files.example/sam.mp4"}}`
)

func TestAnAvatarIsTrained(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	for body, want := range map[string]struct {
		orientation, status string
		balance             float64
		consent             any
	}{
		aPrompt: {"square", "completed", 100, nil}, aPhoto: {"portrait", "completed", 99, nil}, aTwin: {"landscape", "pending_consent", 99, "pending"},
	} {
		b.control("reset", "")
		made := b.avatar(body).want(200, "")
		look, group := "/v3/avatars/looks/"+made.text("data", "avatar_item", "id"), "/v3/avatars/"+made.text("data", "avatar_group", "id")
		if one := b.get(look).want(200, ""); one.text("data", "status") != "processing" || one.at("data", "preview_image_url") != nil ||
			one.at("data", "image_width") != nil || b.get(group).text("data", "status") != "processing" {
			t.Errorf("at first: %s", one.body)
		}
		video := b.video(map[string]any{"avatar_id": made.text("data", "avatar_item", "id"), "voice_id": b.get("/v3/voices").text("data", 0, "voice_id")})
		b.do(http.MethodPost, "/v3/videos", video).want(409, "resource_not_ready")
		b.advance(400)
		one := b.get(look).want(200, "")
		if one.text("data", "status") != want.status || one.text("data", "preferred_orientation") != want.orientation ||
			len(one.list("data", "supported_api_engines")) < 2 || one.at("data", "default_voice_id") != nil {
			t.Errorf("at last: %s", one.body)
		}
		if picture := b.get(one.text("data", "preview_image_url")); !strings.HasPrefix(picture.body, "\x89PNG") {
			t.Errorf("the preview: %d", picture.status)
		}
		if g := b.get(group); g.text("data", "status") != want.status || g.at("data", "consent_status") != want.consent || g.at("data", "looks_count") != 1.0 {
			t.Error(g.body)
		}
		if left := b.get("/v3/users/me").at("data", "wallet", "remaining_balance"); left != want.balance {
			t.Errorf("%s: %v left", body, left)
		}
		code := map[string]int{"completed": 200, "pending_consent": 403}[want.status]
		if res := b.do(http.MethodPost, "/v3/videos", video); res.status != code {
			t.Errorf("a video: %s", res.body)
		}
		b.do(http.MethodGet, look, "", "X-Api-Key", "sk_sandbox_bo").want(404, "not_found")
	}
}

func TestATrainingThatFails(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	b.control("faults", `{"method":"POST","path":"/v3/avatars","fault":"fail"}`)
	made := b.avatar(aPhoto).want(200, "")
	b.advance(400)
	id := made.text("data", "avatar_item", "id")
	one := b.get("/v3/avatars/looks/"+id).want(200, "")
	if one.text("data", "status") != "failed" || one.text("data", "error", "message") == "" {
		t.Error(one.body)
	}
	if g := b.get("/v3/avatars/" + made.text("data", "avatar_group", "id")); g.text("data", "status") != "failed" || g.text("data", "error", "code") == "" {
		t.Error(g.body)
	}
	b.do(http.MethodPost, "/v3/videos", b.video(map[string]any{"avatar_id": id})).want(400, "invalid_parameter")
	if res := b.avatar(`{"type":"prompt","name":"x","prompt":"y","avatar_id":"`+id+`"}`).want(400, ""); res.text("error", "param") != "avatar_id" {
		t.Error(res.body)
	}
	if left := b.get("/v3/users/me").at("data", "wallet", "remaining_balance"); left != 100.0 {
		t.Errorf("a failed training cost: %v left", left)
	}
}

func TestALookGoesIntoAGroup(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	first := b.avatar(aPhoto).want(200, "")
	group := first.text("data", "avatar_group", "id")
	b.advance(400)
	like := `"avatar_id":"` + first.text("data", "avatar_item", "id") + `"`
	into := `"avatar_group_id":"` + group + `"`
	for _, more := range []string{like, into, like + "," + into} {
		res := b.avatar(`{"type":"prompt","name":"Kim outdoors","prompt":"In a park",`+more+`}`).want(200, "")
		if res.text("data", "avatar_item", "group_id") != group {
			t.Errorf("%s: got %s, want data.avatar_item.group_id %v", more, res.body, group)
		}
	}
	twin := b.avatar(strings.Replace(aTwin, `"type"`, into+`,"type"`, 1)).want(200, "")
	b.advance(400)
	if g := b.get("/v3/avatars/" + group); g.at("data", "looks_count") != 5.0 || g.text("data", "consent_status") != "pending" {
		t.Error(g.body)
	}
	voice := b.get("/v3/voices").text("data", 0, "voice_id")
	for id, status := range map[string]int{first.text("data", "avatar_item", "id"): 200, twin.text("data", "avatar_item", "id"): 403} {
		if res := b.do(http.MethodPost, "/v3/videos", b.video(map[string]any{"avatar_id": id, "voice_id": voice})); res.status != status {
			t.Error(res.body)
		}
	}
	late := b.avatar(`{"type":"prompt","name":"Kim indoors","prompt":"In a hall",`+into+`}`).want(200, "")
	b.advance(400)
	if one := b.get("/v3/avatars/looks/" + late.text("data", "avatar_item", "id")); len(one.list("data", "supported_api_engines")) != 3 {
		t.Errorf("it cannot borrow the twin's motion: %s", one.body)
	}
	borrowed := b.video(map[string]any{
		"avatar_id": late.text("data", "avatar_item", "id"), "voice_id": voice,
		"engine": map[string]any{"type": "avatar_v", "reference_look_id": twin.text("data", "avatar_item", "id")},
	})
	b.do(http.MethodPost, "/v3/videos", borrowed).want(403, "avatar_consent_required")
	b.do(http.MethodPost, b.consent(group, `{}`).text("data", "url"), "").want(200, "")
	b.do(http.MethodPost, "/v3/videos", borrowed).want(200, "")
	if n := walk(t, b, "/v3/avatars/looks?limit=2&group_id="+group, "id"); n != 6 {
		t.Errorf("%d looks on all pages", n)
	}
}

func TestAvatarsAreRefused(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	public := b.get("/v3/avatars?ownership=public").text("data", 0, "id")
	look := b.look(photoAvatar, engineIV)
	own := b.get("/v3/avatars/looks?ownership=private")
	short := b.upload("short.wav", recording(t, 20)).text("data", "asset_id")
	picture := b.upload("a.png", drawing(t)).text("data", "asset_id")
	for body, want := range map[string]struct {
		status int
		param  string
	}{
		`{"type":"robot","name":"x"}`:                                                                {400, "type"},
		`{"type":"prompt","name":" ","prompt":"y"}`:                                                  {400, "name"},
		`{"type":"prompt","name":"x","prompt":" "}`:                                                  {400, "prompt"},
		`{"type":"prompt","name":"x"}`:                                                               {400, "prompt"},
		`{"type":"photo","name":"x"}`:                                                                {400, "file"},
		`{"type":"photo","name":"x","prompt":"y"}`:                                                   {400, "file"},
		strings.Replace(aPhoto, `"type"`, `"avatar_group_id":"none","type"`, 1):                      {404, "avatar_group_id"},
		strings.Replace(aPhoto, `"type"`, `"avatar_group_id":"`+public+`","type"`, 1):                {403, "avatar_group_id"},
		`{"type":"prompt","name":"x","prompt":"y","avatar_id":"none"}`:                               {404, "avatar_id"},
		`{"type":"prompt","name":"x","prompt":"y","avatar_id":"` + look + `"}`:                       {403, "avatar_id"},
		`{"type":"digital_twin","name":"x","file":{"type":"asset_id","asset_id":"` + short + `"}}`:   {400, "file.asset_id"},
		`{"type":"digital_twin","name":"x","file":{"type":"asset_id","asset_id":"` + picture + `"}}`: {400, "file.asset_id"},
		`{"type":"photo","name":"x","file":{"type":"asset_id","asset_id":"none"}}`:                   {404, "file.asset_id"},
		`{"type":"prompt","name":"x","prompt":"y","avatar_id":"` + own.text("data", 0, "id") + `","avatar_group_id":"` +
			own.text("data", 1, "group_id") + `"}`: {400, "avatar_id"},
		`{"type":"prompt","name":"x","prompt":"y","reference_images":[{"type":"asset_id","asset_id":"` + picture + `"},{"type":"url","url":"http://localhost/a.png"}]}`: {400, "reference_images[1].url"},
	} {
		if res := b.avatar(body); res.status != want.status || res.text("error", "param") != want.param {
			t.Errorf("%s: got %s, want res.status %v and error.param %v", body, res.body, want.status, want.param)
		}
	}
	if n := len(b.get("/v3/avatars/looks?ownership=private").list("data")); n != len(ownConsents()) {
		t.Errorf("a refusal left something: %d looks", n)
	}
	b.control("credits", `{"account":"ana","wallet_usd":0.5}`)
	b.avatar(aTwin).want(402, "insufficient_credit")
	b.avatar(aPrompt).want(200, "")
}

func TestFootageHasALength(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	// A video of the sandbox's own, which is known to be some two seconds long.
	id := b.do(http.MethodPost, "/v3/videos", b.video(map[string]any{"script": "Hello there, and welcome."})).want(200, "").text("data", "video_id")
	b.advance(400)
	link := b.get("/v3/videos/"+id).text("data", "video_url")
	res := b.avatar(`{"type":"digital_twin","name":"x","file":{"type":"url","url":"`+link+`"}}`).want(400, "invalid_parameter")
	if res.text("error", "param") != "file" || !strings.Contains(res.text("error", "message"), "15 to 600") {
		t.Error(res.body)
	}
}
