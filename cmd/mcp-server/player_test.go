package main

import (
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"heygen-mcp/cmd/mcp-server/demo"
)

// opened is what a browser was shown.
type opened struct {
	status int
	header http.Header
	body   string
}

// opens sends a request of a person's browser, which follows no redirect.
func (p *person) opens(t *testing.T, method, address string, form url.Values) opened {
	t.Helper()
	if strings.HasPrefix(address, "/") {
		address = p.at(address)
	}
	req, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept", "text/html")
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	res, err := p.web.HTTP.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return opened{res.StatusCode, res.Header, string(raw)}
}

// signsIn fills in the sign-in that a page is, and gives what it leads to.
func (p *person) signsIn(t *testing.T, page opened) (to string) {
	t.Helper()
	action, fields, err := demo.FillForm(page.body, p.at("/"), p.account)
	if err != nil || !strings.Contains(page.body, `name="api_key"`) {
		t.Fatalf("no sign-in: %d %s", page.status, page.body)
	}
	return p.opens(t, http.MethodPost, action, fields).header.Get("Location")
}

// watches opens a page of a film, and signs in where that is asked.
func (p *person) watches(t *testing.T, page string) opened {
	t.Helper()
	got := p.opens(t, http.MethodGet, page, nil)
	if !strings.Contains(got.body, `name="api_key"`) {
		return got
	}
	if to := p.signsIn(t, got); to != page {
		t.Errorf("the sign-in leads to %q, want back to %q", to, page)
	}
	return p.opens(t, http.MethodGet, page, nil)
}

// one is the only member of a list in an answer.
func one(t *testing.T, answer map[string]any, list string) map[string]any {
	t.Helper()
	items, _ := answer[list].([]any)
	if len(items) == 0 {
		t.Fatalf("nothing under %s: %v", list, answer)
	}
	item, _ := items[0].(map[string]any)
	return item
}

// TestPlayer is the way of a video from its create to a person's screen, and who does not see it: on one server, and on
// two replicas, of which each has a part in it.
func TestPlayer(t *testing.T) {
	t.Parallel()
	for name, serve := range map[string]func(t *testing.T, more ...string) *stack{"one server": newSigned, "two replicas": newPair} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			watchOne(t, serve(t))
		})
	}
}

func watchOne(t *testing.T, s *stack) {
	t.Helper()
	const title = `</title><script>alert(1)</script>`
	s.control(t, "clock", `{"hold":true}`)
	args := strings.Replace(s.create(t, "mia"), "{", fmt.Sprintf(`{"title":%q,"caption":{"style":"default"},`, title), 1)
	id, _ := s.tool(t, "mia", "create_video_from_avatar", args)["video_id"].(string)
	page, _ := s.tool(t, "mia", "get_video", `{"video_id":"`+id+`"}`)["page_url"].(string)
	mia, noa := s.person(t, "mia"), s.person(t, "noa")
	if page != mia.at("/v/"+id) {
		t.Fatalf("the page is %q", page)
	}

	// Nobody is let in without a sign-in, and a look at the head begins none.
	if got := mia.opens(t, http.MethodHead, page, nil); got.status != http.StatusOK || len(got.header.Values("Set-Cookie")) > 0 {
		t.Errorf("HEAD is answered with %d %v", got.status, got.header)
	}
	for _, path := range []string{"/state", "/captions.vtt"} {
		if got := mia.opens(t, http.MethodGet, page+path, nil); got.status != http.StatusUnauthorized {
			t.Errorf("%s without a sign-in: %d %s", path, got.status, got.body)
		}
	}
	rendering := mia.watches(t, page)
	if !strings.Contains(rendering.body, `id="waiting"`) || strings.Contains(rendering.body, "<script>") || !strings.Contains(rendering.body, html.EscapeString(title)) {
		t.Errorf("while it renders: %s", rendering.body)
	}
	if got := mia.opens(t, http.MethodGet, page+"/state", nil); got.status != http.StatusOK || !strings.Contains(got.body, `"under_way":true`) {
		t.Errorf("the state: %d %s", got.status, got.body)
	}
	if got := noa.watches(t, page); got.status != http.StatusNotFound || !strings.Contains(got.body, "another HeyGen account") || strings.Contains(got.body, "alert(1)") {
		t.Errorf("another account sees %d %s", got.status, got.body)
	}

	s.control(t, "clock", `{"hold":false,"advance_seconds":3600}`)
	done := one(t, s.tool(t, "mia", "wait_for_jobs", `{"ids":["`+id+`"]}`), "done")
	listed, recorded := one(t, s.tool(t, "mia", "list_videos", `{}`), "items"), one(t, s.tool(t, "mia", "list_jobs", `{}`), "items")
	if done["page_url"] != page || listed["page_url"] != page || recorded["page_url"] != page {
		t.Errorf("the page is told as %v, %v and %v", done["page_url"], listed["page_url"], recorded["page_url"])
	}
	if got := mia.opens(t, http.MethodGet, page+"/state", nil); !strings.Contains(got.body, `"under_way":false`) {
		t.Errorf("the state in the end: %s", got.body)
	}
	shown := mia.watches(t, page)
	film := regexp.MustCompile(`<video id="film" src="([^"]*)" poster="`).FindStringSubmatch(shown.body)
	policy := shown.header.Get("Content-Security-Policy")
	if film == nil || !strings.Contains(shown.body, `src="/v/`+id+`/captions.vtt"`) || strings.Contains(shown.body, "<script>") {
		t.Fatalf("it does not play: %s", shown.body)
	}
	if !strings.Contains(policy, "script-src 'self'") || !strings.Contains(policy, "media-src 'self' ") || !strings.Contains(policy, "frame-ancestors 'none'") {
		t.Errorf("the policy is %s", policy)
	}
	for path, says := range map[string]string{"/captions.vtt": "WEBVTT\n\n00:00:00.000 -->", "/captions.srt": "1\n00:00:00,000 -->"} {
		if got := mia.opens(t, http.MethodGet, page+path, nil); got.status != http.StatusOK || !strings.HasPrefix(got.body, says) {
			t.Errorf("%s: got %d %s, want %v and %q at its beginning", path, got.status, got.body, http.StatusOK, says)
		}
		if got := noa.opens(t, http.MethodGet, page+path, nil); got.status != http.StatusNotFound {
			t.Errorf("%s of another account: %d", path, got.status)
		}
	}
	if got := noa.opens(t, http.MethodGet, page+"/download", nil); got.status != http.StatusNotFound {
		t.Errorf("another account downloads: %d %v", got.status, got.header)
	}
	got := mia.opens(t, http.MethodGet, page+"/download", nil)
	if got.status != http.StatusOK || got.header.Get("Content-Type") != "video/mp4" || !strings.HasPrefix(got.header.Get("Content-Disposition"), "attachment; ") || !strings.Contains(got.body, "ftyp") {
		t.Errorf("the download answers %d %v", got.status, got.header)
	}
	if got := mia.opens(t, http.MethodPost, page, url.Values{}); got.status != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", got.status)
	}

	// Whoever is signed in to another account can change, and leaving closes the page.
	change := noa.opens(t, http.MethodGet, page+"?other-account=1", nil)
	noa.account = "mia"
	if noa.signsIn(t, change) != page || !strings.Contains(noa.watches(t, page).body, "<video") {
		t.Error("signing in to the right account does not show it")
	}
	action, fields, err := demo.FillForm(mia.connections(t), mia.at("/connections"), "mia")
	if err != nil {
		t.Fatal(err)
	}
	fields.Set("action", "leave")
	mia.opens(t, http.MethodPost, action, fields)
	if got := mia.opens(t, http.MethodGet, page, nil); !strings.Contains(got.body, "Sign in to watch") {
		t.Errorf("signed out: %s", got.body)
	}

	s.tool(t, "mia", "delete_video", `{"video_id":"`+id+`"}`)
	if got := mia.watches(t, page); got.status != http.StatusNotFound || !strings.Contains(got.body, "may have been deleted") {
		t.Errorf("deleted: %d %s", got.status, got.body)
	}
}

// TestPlayerShowsEveryFilm holds that what else is made as a film has its page by its id too.
func TestPlayerShowsEveryFilm(t *testing.T) {
	t.Parallel()
	s := newSigned(t)
	s.bearers = nil // tools of all sets are called, which a key may
	all := &stack{mcpURL: s.mcpURL + "/key/x/all", sandboxURL: s.sandboxURL}
	p := s.person(t, "mia")
	for tool, c := range map[string]struct{ args, id, says string }{
		"create_video_translation": {`{"video":"https://example.com/a.mp4","output_languages":["Spanish (Spain)"]}`, "video_translation_ids", "<dd>Spanish (Spain)</dd>"},
		"create_lipsync":           {`{"video":"https://example.com/a.mp4","audio":"https://example.com/a.mp3"}`, "lipsync_id", "captions.vtt"},
		"text_to_video":            {`{"prompt":"A whale"}`, "video_id", "Download the video"},
		"create_video_translation ": {`{"video":"https://example.com/b.mp4","output_languages":["French (France)"],"translate_audio_only":true}`,
			"video_translation_ids", "captions.srt"},
	} {
		made := all.tool(t, "mia", strings.TrimSpace(tool), c.args)
		id, _ := made[c.id].(string)
		if ids, ok := made[c.id].([]any); ok {
			id, _ = ids[0].(string)
		}
		if id == "" {
			t.Errorf("%s: got %v, want id not empty", tool, made)
			continue
		}
		s.control(t, "clock", `{"advance_seconds":3600}`)
		done := one(t, all.tool(t, "mia", "wait_for_jobs", `{"ids":["`+id+`"]}`), "done")
		page, _ := done["page_url"].(string)
		if got := p.watches(t, page); got.status != http.StatusOK || !strings.Contains(got.body, `id="film"`) || !strings.Contains(got.body, c.says) {
			t.Errorf("%s: %q is %d %s", tool, page, got.status, got.body)
		}
	}
	rows, _ := all.tool(t, "mia", "list_video_translations", `{}`)["items"].([]any)
	for _, row := range rows {
		if r, _ := row.(map[string]any); r["page_url"] == nil {
			t.Errorf("a row of a list has no page: %v", r)
		}
	}
}

// TestNoPlayerWithoutASignIn holds that a server that signs nobody in says so, and gives no addresses of pages.
func TestNoPlayerWithoutASignIn(t *testing.T) {
	t.Parallel()
	s := newStack(t)
	id, _ := s.tool(t, "mia", "create_video_from_avatar", s.create(t, "mia"))["video_id"].(string)
	if got := s.tool(t, "mia", "get_video", `{"video_id":"`+id+`"}`); got["page_url"] != nil || got["video_id"] != id {
		t.Errorf("the page is told as %v", got)
	}
	if got := s.person(t, "mia").opens(t, http.MethodGet, "/v/"+id, nil); got.status != http.StatusNotFound || !strings.Contains(got.body, "no sign-in of its own") {
		t.Errorf("the page: %d %s", got.status, got.body)
	}
}
