package sandbox

import (
	"net/http"
	"strings"
	"testing"
)

// twin makes a trained twin that waits for consent.
func (b *box) twin() (group, look string) {
	b.t.Helper()
	made := b.avatar(aTwin).want(200, "")
	b.advance(400)
	return made.text("data", "avatar_group", "id"), made.text("data", "avatar_item", "id")
}

func (b *box) consent(group, body string) reply {
	b.t.Helper()
	return b.do(http.MethodPost, "/v3/avatars/"+group+"/consent", body)
}

func TestConsentIsGivenOnce(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	group, look := b.twin()
	link := b.consent(group, `{}`).want(200, "").text("data", "url")
	page := b.get(link)
	if page.status != 200 || !strings.HasPrefix(page.body, "<!DOCTYPE html>") || strings.Count(page.body, "<form") != 1 {
		t.Errorf("got %d %s, want %v, %q at its beginning and strings.Count(page.body, \"<form\") %v", page.status, page.body, 200, "<!DOCTYPE html>", 1)
	}
	if g := b.get("/v3/avatars/" + group); g.text("data", "consent_status") != "pending" {
		t.Errorf("looking is not agreeing: %s", g.body)
	}
	b.do(http.MethodPost, link, "").want(200, "")
	if g := b.get("/v3/avatars/" + group); g.text("data", "consent_status") != "approved" || g.text("data", "status") != "completed" {
		t.Error(g.body)
	}
	b.do(http.MethodPost, "/v3/videos", b.video(map[string]any{"avatar_id": look, "voice_id": b.get("/v3/voices").text("data", 0, "voice_id")})).want(200, "")
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		b.do(method, link, "").want(http.StatusGone, "")
	}
	b.consent(group, `{}`).want(409, "conflict")
}

func TestConsentLinksExpire(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	group, look := b.twin()
	late, gone := b.consent(group, `{}`).text("data", "url"), ""
	b.advance(24 * 3600)
	gone = b.consent(group, `{}`).text("data", "url")
	b.do(http.MethodDelete, "/v3/avatars/looks/"+look, "").want(200, "")
	path, _, _ := strings.Cut(late, "?")
	for name, link := range map[string]string{"late": late, "its group is gone": gone, "unsigned": path, "made up": b.url + "/avatar-consents/x?expires=9999999999&signature=00"} {
		if res := b.do(http.MethodPost, link, ""); res.status != http.StatusGone {
			t.Errorf("%s: got %d, want %v", name, res.status, http.StatusGone)
		}
	}
}

func TestThePersonIsSentOn(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	b.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	group, _ := b.twin()
	link := b.consent(group, `{"reroute_url":"https://shop.example/thanks"}`).want(200, "").text("data", "url")
	if res := b.do(http.MethodPost, link, ""); res.status != http.StatusSeeOther || res.header.Get("Location") != "https://shop.example/thanks" {
		t.Errorf("got %d %s, want %v and %q", res.status, res.header.Get("Location"), http.StatusSeeOther, "https://shop.example/thanks")
	}
}

func TestConsentIsRefused(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	group, _ := b.twin()
	photo := b.avatar(aPhoto).want(200, "").text("data", "avatar_group", "id")
	b.consent(photo, `{}`).want(409, "conflict")
	b.consent("none", `{}`).want(404, "avatar_not_found")
	video := `"consent_video":{"type":"url","url":"https://files.example/i-agree.mp4"}`
	for body, want := range map[string]struct {
		status int
		param  string
	}{
		`{"consent_text":"I agree."}`:                       {403, "consent_text"},
		`{"consent_text":"<b>"}`:                            {400, "consent_text"},
		`{` + video + `}`:                                   {403, "consent_video"},
		`{` + video + `,"consent_text":"I agree."}`:         {400, "consent_video"},
		`{` + video + `,"reroute_url":"https://x.example"}`: {400, "consent_video"},
		`{"reroute_url":"javascript:alert(1)"}`:             {400, "reroute_url"},
	} {
		if res := b.consent(group, body); res.status != want.status || res.text("error", "param") != want.param {
			t.Errorf("%s: got %s, want res.status %v and error.param %v", body, res.body, want.status, want.param)
		}
	}
}

func TestEnterpriseConsents(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	b.control("account", `{"account":"ana","plan":"enterprise"}`)
	group, look := b.twin()
	if page := b.get(b.consent(group, `{"consent_text":"I & Sam agree."}`).want(200, "").text("data", "url")); !strings.Contains(page.body, "I &amp; Sam agree.") {
		t.Error(page.body)
	}
	made := b.consent(group, `{"consent_video":{"type":"url","url":"https://files.example/i-agree.mp4"}}`).want(200, "")
	if made.at("data", "url") != nil || made.text("data", "avatar_group", "consent_status") != "pending" {
		t.Error(made.body)
	}
	session := `{"prompt":"A short talk","avatar_id":"` + look + `"}`
	b.do(http.MethodPost, "/v3/video-agents", session).want(403, "avatar_consent_required")
	b.advance(120)
	b.do(http.MethodPost, "/v3/video-agents", session).want(200, "")
	if g := b.get("/v3/avatars/" + group); g.text("data", "consent_status") != "approved" || g.text("data", "status") != "completed" {
		t.Error(g.body)
	}
}
