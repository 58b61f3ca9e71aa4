package sandbox

import (
	"net/http"
	"testing"
)

func TestTheLastLookTakesItsGroupAlong(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	made := b.avatar(aPrompt).want(200, "")
	group, first := "/v3/avatars/"+made.text("data", "avatar_group", "id"), made.text("data", "avatar_item", "id")
	second := b.avatar(`{"type":"photo","name":"Robin at work","avatar_group_id":"`+made.text("data", "avatar_group", "id")+
		`","file":{"type":"url","url":"https://files.example/a.png"}}`).want(200, "").text("data", "avatar_item", "id")
	b.do(http.MethodDelete, "/v3/avatars/looks/"+first, "").want(200, "")
	if g := b.get(group).want(200, ""); g.at("data", "looks_count") != 1.0 {
		t.Error(g.body)
	}
	b.do(http.MethodDelete, "/v3/avatars/looks/"+second, "").want(200, "")
	b.get(group).want(404, "avatar_not_found")
	b.advance(400)
	if left := b.get("/v3/users/me").at("data", "wallet", "remaining_balance"); left != 100.0 {
		t.Errorf("a look that was deleted before it was done cost: %v left", left)
	}
}

func TestAGroupIsChangedAndDeleted(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	made := b.avatar(aPhoto).want(200, "")
	group, look := "/v3/avatars/"+made.text("data", "avatar_group", "id"), "/v3/avatars/looks/"+made.text("data", "avatar_item", "id")
	b.advance(400)
	voice := b.get("/v3/voices").text("data", 0, "voice_id")
	res := b.do(http.MethodPatch, group, `{"default_voice_id":"`+voice+`"}`).want(200, "")
	if b.get(look).text("data", "default_voice_id") != voice {
		t.Error(res.body)
	}
	b.do(http.MethodPost, "/v3/videos", b.video(map[string]any{"avatar_id": made.text("data", "avatar_item", "id")})).want(200, "")
	for _, body := range []string{`{}`, `{"default_voice_id":""}`, `{"default_voice_id":null}`, `{"default_voice_id":"none"}`, `{"name":"Kim Lee"}`} {
		b.do(http.MethodPatch, group, body).want(400, "invalid_parameter")
	}
	clone := b.do(http.MethodPost, "/v3/voices/clone", `{"voice_name":"Mine","audio":{"type":"url","url":"https://a.example/a.mp3"}}`).want(200, "").text("data", "voice_clone_id")
	b.do(http.MethodPatch, group, `{"default_voice_id":"`+clone+`"}`).want(409, "resource_not_ready")
	b.do(http.MethodPatch, group, `{"default_voice_id":"`+voice+`"}`, "X-Api-Key", "sk_sandbox_bo").want(404, "avatar_not_found")
	if res := b.do(http.MethodPatch, look, `{"name":"In blue"}`).want(200, ""); res.text("data", "name") != "In blue" {
		t.Error(res.body)
	}
	b.do(http.MethodPatch, look, `{"name":null}`).want(400, "invalid_parameter")
	b.do(http.MethodDelete, group, "").want(200, "")
	b.get(look).want(404, "not_found")
	b.do(http.MethodDelete, group, "").want(404, "avatar_not_found")
}

func TestWhatIsPublicStays(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	group := "/v3/avatars/" + b.get("/v3/avatars?ownership=public").text("data", 0, "id")
	photo, studio := "/v3/avatars/looks/"+b.look(photoAvatar, engineIV), "/v3/avatars/looks/"+b.look(studioAvatar, engineIV)
	for _, method := range []string{http.MethodPatch, http.MethodDelete} {
		denied := map[string]string{http.MethodPatch: "resource_access_denied", http.MethodDelete: "forbidden"}[method]
		b.do(method, group, `{"default_voice_id":"x"}`).want(403, "resource_access_denied")
		b.do(method, photo, `{"name":"x"}`).want(403, denied)
		b.do(method, studio, `{"name":"x"}`).want(400, "invalid_parameter")
		b.do(method, "/v3/avatars/looks/none", `{"name":"x"}`).want(404, "not_found")
	}
	b.do(http.MethodPost, group+"/consent", `{}`).want(403, "resource_access_denied")
}
