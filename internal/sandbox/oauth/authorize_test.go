package oauth

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestAuthorizeRefusals(t *testing.T) {
	t.Parallel()
	w := newTestServer(t)
	for name, c := range map[string]struct {
		change []string
		code   string // "" where the browser must not be sent to the client
	}{
		"unknown client":      {[]string{"client_id", "nobody"}, ""},
		"no redirect":         {[]string{"redirect_uri", ""}, ""},
		"other path":          {[]string{"redirect_uri", "http://127.0.0.1:49152/other"}, ""},
		"other loopback name": {[]string{"redirect_uri", "http://localhost:49152/callback"}, ""},
		"user in redirect":    {[]string{"redirect_uri", "http://127.0.0.1@evil.example/callback"}, ""},
		"fragment":            {[]string{"redirect_uri", "http://127.0.0.1:49152/callback#x"}, ""},
		"port of a web host":  {[]string{"redirect_uri", "https://app.example:8443/cb?x=1"}, ""},
		"no PKCE":             {[]string{"code_challenge", ""}, "invalid_request"},
		"plain PKCE":          {[]string{"code_challenge_method", "plain"}, "invalid_request"},
		"no response type":    {[]string{"response_type", ""}, "invalid_request"},
		"implicit":            {[]string{"response_type", "token"}, "unsupported_response_type"},
		"unknown scope":       {[]string{"scope", "openid admin"}, "invalid_scope"},
		"relative resource":   {[]string{"resource", "mcp"}, "invalid_target"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			form := formWith(w.request(), c.change...)
			for _, res := range []reply{
				w.send(t, http.MethodGet, "/v1/oauth/authorize?"+form.Encode(), "", ""),
				w.form(t, "/v1/oauth/authorize", formWith(form, "account", "mia")),
			} {
				to, err := url.Parse(res.header.Get("Location"))
				if err != nil {
					t.Fatal(err)
				}
				switch {
				case c.code == "" && (res.status != http.StatusBadRequest || to.String() != ""):
					t.Errorf("got %+v, want a page and no redirect", res)
				case c.code != "" && (res.status != http.StatusSeeOther || to.Query().Get("error") != c.code || to.Query().Get("state") == ""):
					t.Errorf("got %+v, want the error %s", res, c.code)
				}
			}
		})
	}
}

func TestAuthorizeForm(t *testing.T) {
	t.Parallel()
	w := newTestServer(t)
	for _, account := range []string{"", "  ", "a b", `"><script>`, strings.Repeat("x", 65)} {
		res := w.form(t, "/v1/oauth/authorize", formWith(w.request(), "account", account))
		if res.status != http.StatusBadRequest || !strings.Contains(res.body, `class="error"`) || strings.Contains(res.body, "<script>") {
			t.Errorf("account %q: %+v", account, res)
		}
	}
	res := w.form(t, "/v1/oauth/authorize", formWith(w.request(), "account", "mia", "redirect_uri", "https://app.example/cb?x=1"))
	if to := res.header.Get("Location"); !strings.HasPrefix(to, "https://app.example/cb?x=1&code=") {
		t.Errorf("sent to %q", to)
	}
	twice := w.request()
	twice.Add("scope", "email")
	res = w.send(t, http.MethodGet, "/v1/oauth/authorize?"+twice.Encode(), "", "")
	if !strings.Contains(res.header.Get("Location"), "error=invalid_request") {
		t.Errorf("a parameter twice: %+v", res)
	}
}
