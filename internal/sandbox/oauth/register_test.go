package oauth

import (
	"net/http"
	"strings"
	"testing"
)

func TestRegister(t *testing.T) {
	t.Parallel()
	w := newTestServer(t)
	for body, code := range map[string]string{
		`{`:                              "invalid_client_metadata",
		`{"client_name":"x"}`:            "invalid_redirect_uri",
		`{"redirect_uris":[]}`:           "invalid_redirect_uri",
		redirects("/relative"):           "invalid_redirect_uri",
		redirects("http://a.b"):          "invalid_redirect_uri",
		redirects("https:///x"):          "invalid_redirect_uri",
		redirects("javascript:alert(1)"): "invalid_redirect_uri",
		redirects("https://a.b/#x"):      "invalid_redirect_uri",
		`{"redirect_uris":["https://a.b"],"grant_types":["client_credentials"]}`:       "invalid_client_metadata",
		`{"redirect_uris":["https://a.b"],"response_types":["token"]}`:                 "invalid_client_metadata",
		`{"redirect_uris":["https://a.b"],"x":"` + strings.Repeat("x", maxBody) + `"}`: "invalid_client_metadata",
	} {
		wantError(t, w.send(t, http.MethodPost, "/v1/oauth/register", "application/json", body), http.StatusBadRequest, code)
	}
	for _, uri := range []string{"https://a.b/c", "http://localhost:1/x", "http://[::1]/x", "cursor://anysphere.cursor-mcp/oauth/callback"} {
		res := w.send(t, http.MethodPost, "/v1/oauth/register", "application/json", redirects(uri))
		if res.status != http.StatusCreated || res.text("token_endpoint_auth_method") != "none" || !strings.Contains(res.body, uri) {
			t.Errorf("%s: got %+v, want res.status %v, token_endpoint_auth_method %q and %q in it", uri, res, http.StatusCreated, "none", uri)
		}
	}
}

func redirects(uri string) string { return `{"redirect_uris":["` + uri + `"]}` }
