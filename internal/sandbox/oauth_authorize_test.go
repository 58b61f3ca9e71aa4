package sandbox

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestOAuthAuthorizeRefusals(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
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
			for _, res := range []oauthReply{
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

func TestOAuthAuthorizeForm(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	for _, account := range []string{"", "  ", "a b", `"><script>`, strings.Repeat("x", maxName+1)} {
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

func TestOAuthRegister(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	for body, code := range map[string]string{
		`{`:                              "invalid_client_metadata",
		`{"client_name":"x"}`:            "invalid_redirect_uri",
		`{"redirect_uris":[]}`:           "invalid_redirect_uri",
		redirects("/relative"):           "invalid_redirect_uri",
		redirects("http://a.b"):          "invalid_redirect_uri",
		redirects("https:///x"):          "invalid_redirect_uri",
		redirects("javascript:alert(1)"): "invalid_redirect_uri",
		redirects("https://a.b/#x"):      "invalid_redirect_uri",
		`{"redirect_uris":["https://a.b"],"grant_types":["client_credentials"]}`:            "invalid_client_metadata",
		`{"redirect_uris":["https://a.b"],"response_types":["token"]}`:                      "invalid_client_metadata",
		`{"redirect_uris":["https://a.b"],"x":"` + strings.Repeat("x", maxOAuthBody) + `"}`: "invalid_client_metadata",
	} {
		wantError(t, w.send(t, http.MethodPost, "/v1/oauth/register", "application/json", body), http.StatusBadRequest, code)
	}
	for _, uri := range []string{"https://a.b/c", "http://localhost:1/x", "http://[::1]/x", "cursor://anysphere.cursor-mcp/oauth/callback"} {
		res := w.send(t, http.MethodPost, "/v1/oauth/register", "application/json", redirects(uri))
		if res.status != http.StatusCreated || res.text("token_endpoint_auth_method") != "none" || !strings.Contains(res.body, uri) {
			t.Errorf("%s: %+v", uri, res)
		}
	}
}

func redirects(uri string) string { return `{"redirect_uris":["` + uri + `"]}` }

func TestOAuthCORS(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	for _, path := range []string{"/.well-known/oauth-authorization-server", "/v1/oauth/register", "/v1/oauth/token"} {
		res := w.send(t, http.MethodOptions, path, "", "", "Origin", "https://app.example", "Access-Control-Request-Method", "POST")
		if res.status != http.StatusNoContent || res.header.Get("Access-Control-Allow-Origin") != "*" ||
			!strings.Contains(res.header.Get("Access-Control-Allow-Headers"), "Content-Type") {
			t.Errorf("%s: %+v", path, res)
		}
	}
	page := w.send(t, http.MethodGet, "/v1/oauth/authorize?"+w.request().Encode(), "", "")
	if page.header.Get("Access-Control-Allow-Origin") != "" {
		t.Error("another origin's script may read the form")
	}
}
