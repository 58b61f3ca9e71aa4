package oauth

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestTokenRefusals(t *testing.T) {
	t.Parallel()
	w := newTestServer(t)
	for name, c := range map[string]struct {
		change []string
		status int
		code   string
	}{
		"wrong verifier":    {[]string{"code_verifier", strings.Repeat("x", 43)}, 400, "invalid_grant"},
		"short verifier":    {[]string{"code_verifier", "x"}, 400, "invalid_grant"},
		"no verifier":       {[]string{"code_verifier", ""}, 400, "invalid_request"},
		"wrong redirect":    {[]string{"redirect_uri", "https://app.example/cb?x=1"}, 400, "invalid_grant"},
		"other port":        {[]string{"redirect_uri", "http://127.0.0.1:49153/callback"}, 400, "invalid_grant"},
		"wrong code":        {[]string{"code", "guess"}, 400, "invalid_grant"},
		"unknown client":    {[]string{"client_id", "nobody"}, 401, "invalid_client"},
		"no grant type":     {[]string{"grant_type", ""}, 400, "invalid_request"},
		"other grant type":  {[]string{"grant_type", "password"}, 400, "unsupported_grant_type"},
		"relative resource": {[]string{"resource", "/mcp"}, 400, "invalid_target"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wantError(t, w.form(t, "/v1/oauth/token", formWith(w.exchange(w.code(t, "mia")), c.change...)), c.status, c.code)
		})
	}
}

func TestCodeOnce(t *testing.T) {
	t.Parallel()
	w := newTestServer(t)
	form := w.exchange(w.code(t, "mia"))
	first := w.form(t, "/v1/oauth/token", form)
	w.wantAccount(t, first.text("access_token"), "mia")
	wantError(t, w.form(t, "/v1/oauth/token", form), http.StatusBadRequest, "invalid_grant")
	w.wantAccount(t, first.text("access_token"), "") // what the code gave is revoked with it

	form = w.exchange(w.code(t, "mia"))
	wrong := formWith(form, "code_verifier", strings.Repeat("x", 43))
	wantError(t, w.form(t, "/v1/oauth/token", wrong), http.StatusBadRequest, "invalid_grant")
	wantError(t, w.form(t, "/v1/oauth/token", form), http.StatusBadRequest, "invalid_grant") // the wrong try used it up

	form = w.exchange(w.code(t, "mia"))
	w.passed.Add(int64(codeLifetime))
	wantError(t, w.form(t, "/v1/oauth/token", form), http.StatusBadRequest, "invalid_grant")
}

func TestRefresh(t *testing.T) {
	t.Parallel()
	w := newTestServer(t)
	_, first := w.signIn(t, "mia")
	wantError(t, w.form(t, "/v1/oauth/token", formWith(w.renewal(first), "scope", "profile")), http.StatusBadRequest, "invalid_scope")
	other := w.send(t, http.MethodPost, "/v1/oauth/register", "application/json", `{"redirect_uris":["`+testCallback+`"]}`)
	stolen := formWith(w.renewal(first), "client_id", other.text("client_id"))
	wantError(t, w.form(t, "/v1/oauth/token", stolen), http.StatusBadRequest, "invalid_grant")

	res := w.form(t, "/v1/oauth/token", w.renewal(first))
	access, second := res.text("access_token"), res.text("refresh_token")
	w.wantAccount(t, access, "mia")
	if second == "" || second == first {
		t.Fatalf("the refresh token did not rotate: %+v", res)
	}
	wantError(t, w.form(t, "/v1/oauth/token", w.renewal(first)), http.StatusBadRequest, "invalid_grant")
	w.wantAccount(t, access, "") // a reuse ends the whole sign-in
	wantError(t, w.form(t, "/v1/oauth/token", w.renewal(second)), http.StatusBadRequest, "invalid_grant")

	_, late := w.signIn(t, "mia")
	w.passed.Add(int64(refreshLifetime))
	wantError(t, w.form(t, "/v1/oauth/token", w.renewal(late)), http.StatusBadRequest, "invalid_grant")
}

func TestRevoke(t *testing.T) {
	t.Parallel()
	w := newTestServer(t)
	revoke := func(token string) reply {
		return w.form(t, "/v1/oauth/revoke", url.Values{"token": {token}, "client_id": {w.client}})
	}
	access, refresh := w.signIn(t, "mia")
	other, _ := w.signIn(t, "noah")
	for _, token := range []string{access, "unknown"} {
		if res := revoke(token); res.status != http.StatusOK {
			t.Errorf("revoke: %+v", res)
		}
	}
	w.wantAccount(t, access, "")
	renewed := w.form(t, "/v1/oauth/token", w.renewal(refresh))
	w.wantAccount(t, renewed.text("access_token"), "mia")
	revoke(renewed.text("refresh_token"))
	w.wantAccount(t, renewed.text("access_token"), "")
	w.wantAccount(t, other, "noah")
	wantError(t, revoke(""), http.StatusBadRequest, "invalid_request")

	w.server.Reset()
	w.wantAccount(t, other, "")
	wantError(t, revoke(other), http.StatusUnauthorized, "invalid_client")
}
