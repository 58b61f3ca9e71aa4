package player_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"heygen-mcp/internal/player"
	"heygen-mcp/internal/words"
)

// hostile is a text that must stay one.
const hostile = `"><script>alert(1)</script>'`

// newPlayer shows one film to whoever sends the header Account.
func newPlayer(t *testing.T, f *player.Film, err error, change ...func(*player.Config)) *player.Player {
	t.Helper()
	cfg := player.Config{
		Base: "/heygen",
		Visit: func(r *http.Request) (context.Context, string, bool, error) {
			account := r.Header.Get("Account")
			return r.Context(), account, account != "", nil
		},
		Ask: func(w http.ResponseWriter, _ *http.Request, to string) {
			w.Header().Set("Asked", to)
		},
		Film:  func(context.Context, string) (*player.Film, error) { return f, err },
		State: func(context.Context, string) (player.State, error) { return player.Running, err },
		Captions: func(context.Context, string) (webVTT, srt []byte, _ error) {
			return []byte("WEBVTT\n\n"), []byte("1\n"), err
		},
		Media:   []string{"https://*.heygen.ai", "http://127.0.0.1:9"},
		Trouble: func(*http.Request, error) {},
	}
	for _, c := range change {
		c(&cfg)
	}
	return player.New(cfg)
}

func get(t *testing.T, p http.Handler, path, account string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	if account != "" {
		r.Header.Set("Account", account)
	}
	rec := httptest.NewRecorder()
	p.ServeHTTP(rec, r)
	return rec
}

// TestOnlyFilesOfHeyGenPlay holds from where a page may load what it plays.
func TestOnlyFilesOfHeyGenPlay(t *testing.T) {
	t.Parallel()
	for link, plays := range map[string]bool{
		"https://files2.heygen.ai/a.mp4?Expires=1": true, "http://127.0.0.1:9/a.mp4": true,
		"https://heygen.ai/a.mp4": false, "https://files.heygen.ai.example.com/a.mp4": false, "https://evilheygen.ai/a.mp4": false,
		"http://files2.heygen.ai/a.mp4": false, "https://files2.heygen.ai:8443/a.mp4": false, "https://x@files2.heygen.ai/a.mp4": false,
		"http://127.0.0.1:10/a.mp4": false, "javascript:alert(1)//.heygen.ai": false, "//files2.heygen.ai/a.mp4": false,
	} {
		f := &player.Film{What: words.Of("player.a_video"), State: player.Done, Video: link, Poster: link, Captioned: link, HasCaptions: true}
		rec := get(t, newPlayer(t, f, nil), "/heygen/v/one", "mia")
		csp, body := rec.Header().Get("Content-Security-Policy"), rec.Body.String()
		if got := strings.Contains(body, "<video") && strings.Contains(body, "poster="); got != plays {
			t.Errorf("%s plays: %t", link, got)
		}
		media := "media-src 'self' https://*.heygen.ai http://127.0.0.1:9"
		if strings.Contains(csp, media) != plays || strings.Contains(csp, "media-src") != plays || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: the policy is %s", link, csp)
		}
		// What does not play can be taken away all the same, over https.
		to := get(t, newPlayer(t, f, nil), "/v/one/download", "mia")
		if takes := plays || strings.HasPrefix(link, "https://"); takes != (to.Header().Get("Location") == link) {
			t.Errorf("%s: the download answers %d %v", link, to.Code, to.Header())
		}
	}
}

// TestThePageSaysHowFarItIs holds what a person reads of a film that they cannot watch.
func TestThePageSaysHowFarItIs(t *testing.T) {
	t.Parallel()
	for says, f := range map[string]*player.Film{
		"It waits for its turn":           {What: words.Of("player.a_video"), State: player.Pending},
		"HeyGen is making it.":            {What: words.Of("player.a_translation"), State: "a state of tomorrow"},
		"It could not be made.":           {What: words.Of("player.a_video"), State: player.Failed, Failure: hostile},
		"It was stopped before":           {What: words.Of("player.a_video"), State: player.Canceled},
		"HeyGen has no file of it":        {What: words.Of("player.a_video"), State: player.Done},
		"<audio":                          {What: words.Of("player.a_translation"), State: player.Done, Audio: "https://files2.heygen.ai/a.mp3", HasCaptions: true},
		"&#34;&gt;&lt;script&gt;alert(1)": {What: words.Of("player.a_video"), Title: hostile, Language: hostile, State: player.Running},
	} {
		rec := get(t, newPlayer(t, f, nil), "/v/one", hostile)
		body := rec.Body.String()
		if rec.Code != http.StatusOK || !strings.Contains(body, says) || strings.Contains(body, "<script>") || strings.Contains(body, "<track") {
			t.Errorf("want %q: %d %s", says, rec.Code, body)
		}
		// A link to the file that was kept leads to the page that says so.
		if to := get(t, newPlayer(t, f, nil), "/v/one/download?captioned", hostile); to.Code != http.StatusSeeOther || to.Header().Get("Location") != "/heygen/v/one" {
			t.Errorf("%q: the download answers %d %v", says, to.Code, to.Header())
		}
		waits := strings.Contains(body, `data-state="/heygen/v/one/state"`) && strings.Contains(body, `http-equiv="refresh"`)
		goesOn := f.State == player.Pending || f.State == player.Running || f.State == "a state of tomorrow"
		if waits != goesOn {
			t.Errorf("%q: the page waits: %t", says, waits)
		}
	}
}

// TestWhyNothingIsShown holds who is asked to sign in, and what else is answered.
func TestWhyNothingIsShown(t *testing.T) {
	t.Parallel()
	film := &player.Film{What: words.Of("player.a_video"), State: player.Done, Video: "https://files2.heygen.ai/a.mp4"}
	away := errors.New("HeyGen is away")
	for _, c := range []struct {
		path, account string
		err           error
		status        int
		asked, says   string
	}{
		{"/heygen/v/one", "", nil, 200, "/v/one", ""},
		{"/v/a%20b", "", nil, 200, "/v/a%20b", ""},
		{"/v/one?other-account=1", "mia", nil, 200, "/v/one", ""},
		{"/v/one", "mia", player.ErrSignedOut, 200, "/v/one", ""},
		{"/v/one/download", "", nil, 200, "/v/one", ""},
		{"/v/one/captions.srt", "", nil, 200, "/v/one", ""},
		{"/v/one/captions.vtt", "", nil, 401, "", "Sign in"},
		{"/v/one/state", "", nil, 401, "", "Sign in"},
		{"/v/one/state", "mia", player.ErrSignedOut, 401, "", ""},
		{"/v/one/state", "mia", player.ErrAbsent, 404, "", ""},
		{"/v/one/state", "mia", nil, 200, "", `{"text":"HeyGen is making it.","under_way":true}`},
		{"/v/one/captions.vtt", "mia", away, 503, "", ""},
		{"/v/one/captions.srt", "mia", away, 503, "", "Try again"},
		{"/v/one", "mia", away, 503, "", "cannot be asked now"},
		{"/v/one", "mia", player.ErrAbsent, 404, "", "/heygen/v/one?other-account=1"},
		{"/v/a%2Fb", "mia", nil, 404, "", "no such video"},
		{"/v/..%2fb", "mia", nil, 404, "", "no such video"},
		{"/v/" + strings.Repeat("a", 256), "mia", nil, 404, "", "no such video"},
		{"/v/%00", "mia", away, 404, "", "no such video"},
		{"/v/a%0d%0ab", "mia", away, 404, "", "no such video"},
		{"/v/%ff", "mia", away, 404, "", "no such video"},
		{"/v/one/two", "mia", nil, 404, "", "404 page not found\n"}, // which transport answers as any other path
		{"/v/", "mia", nil, 404, "", "404 page not found\n"},
	} {
		rec := get(t, newPlayer(t, film, c.err), c.path, c.account)
		if rec.Code != c.status || rec.Header().Get("Asked") != c.asked || !strings.Contains(rec.Body.String(), c.says) {
			t.Errorf("%s as %q with %v: %d %v %s", c.path, c.account, c.err, rec.Code, rec.Header(), rec.Body)
		}
		if strings.Contains(rec.Body.String(), "away") {
			t.Errorf("%s tells a person what the operator is told: %s", c.path, rec.Body)
		}
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/v/one", nil)
	rec := httptest.NewRecorder()
	newPlayer(t, film, nil).ServeHTTP(rec, r)
	if rec.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", rec.Code)
	}
}
