package demo

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestAuthParam(t *testing.T) {
	t.Parallel()
	const challenge = `Bearer error="invalid_token", resource_metadata="https://a.example/x"`
	for name, want := range map[string]string{"resource_metadata": "https://a.example/x", "error": "invalid_token", "scope": ""} {
		if got := AuthParam(challenge, name); got != want {
			t.Errorf("AuthParam(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestFillForm(t *testing.T) {
	t.Parallel()
	const hidden = `<input type="hidden" name="state" value="a&amp;b">`
	for name, c := range map[string]struct{ input, field, want string }{
		"the sandbox's page":  {`<input name="account">`, "account", "ana"},
		"the server's page":   {`<input name="api_key">`, "api_key", "sk_sandbox_ana"},
		"the page of consent": {``, "action", "agree"},
	} {
		page := `<p><form method="post" action="/next?x=1&amp;y=2">` + hidden + c.input + `</form>`
		action, fields, err := FillForm(page, "https://a.example/sign-in", "ana")
		if err != nil || action != "https://a.example/next?x=1&y=2" {
			t.Errorf("%s: got action %q, error %v", name, action, err)
		}
		if fields.Get("state") != "a&b" || fields.Get(c.field) != c.want {
			t.Errorf("%s: got fields %v, want state=a&b and %s=%s", name, fields, c.field, c.want)
		}
	}
}

// signInPages serves a page with a form, which is answered by what submit does.
func signInPages(t *testing.T, submit http.HandlerFunc) (Browser, string) {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /sign-in", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<form method="post" action="/submit"><input name="account"></form>`)
	})
	mux.HandleFunc("POST /submit", submit)
	mux.Handle("GET /loop", http.RedirectHandler("/loop", http.StatusFound))
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)
	return Browser{HTTP: &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}, srv.URL
}

func TestConsentEndsAtTheRedirect(t *testing.T) {
	t.Parallel()
	b, at := signInPages(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, RedirectURI+"?code="+r.FormValue("account"), http.StatusSeeOther) //nolint:gosec // G710: to a constant
	})
	if back, err := b.Consent(t.Context(), at+"/sign-in", "ana"); err != nil || back.Get("code") != "ana" {
		t.Errorf("got %v, error %v; want code=ana", back, err)
	}
}

// A sign-in that does not end is an error and not an endless loop.
func TestConsentGivesUp(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		submit     http.HandlerFunc
		from, want string
	}{
		"a page after the form":  {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "wrong name") }, "/sign-in", "wrong name"},
		"the same form again":    {http.RedirectHandler("/sign-in", http.StatusSeeOther).ServeHTTP, "/sign-in", "too many pages"},
		"redirects in a circle":  {http.NotFound, "/loop", "redirects too often"},
		"a refusal of the form":  {http.NotFound, "/sign-in", "404"},
		"a page that is nowhere": {http.NotFound, "/nowhere", "404"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, at := signInPages(t, c.submit)
			if back, err := b.Consent(t.Context(), at+c.from, "ana"); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, error %v; want an error with %q", back, err, c.want)
			}
		})
	}
}

func TestChallengeWantsA401ThatNamesTheMetadata(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		status    int
		challenge string
		ok        bool
	}{
		"as specified": {http.StatusUnauthorized, `Bearer resource_metadata="https://a.example/m"`, true},
		"no metadata":  {http.StatusUnauthorized, `Bearer`, false},
		"not a 401":    {http.StatusOK, `Bearer resource_metadata="https://a.example/m"`, false},
	} {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("WWW-Authenticate", c.challenge)
			w.WriteHeader(c.status)
		}))
		got, err := Browser{HTTP: http.DefaultClient}.challenge(t.Context(), srv.URL)
		srv.Close()
		if c.ok != (err == nil) || c.ok && got != c.challenge {
			t.Errorf("%s: got %q, error %v", name, got, err)
		}
	}
}
