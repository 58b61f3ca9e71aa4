package auth_test

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"heygen-mcp/auth"
)

// TestNoSecretIsKept plants secrets by going every way there is, and looks for each of them in every byte of the
// database, in the log and in the audit log.
func TestNoSecretIsKept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "store.db")
	d := deploy(t, func() auth.Store { return opened(t, "", file) })
	secrets := map[string]string{"the API key": "sk_sandbox_secretive", "the verifier": verifier}
	client, secret := d.register(`{"client_name":"x","redirect_uris":["` + callback + `"],"token_endpoint_auth_method":"client_secret_post"}`)
	secrets["the client's secret"] = secret
	for name, sign := range map[string]func(*person) string{
		"key":    func(p *person) string { return p.withKey(d.ask(client, "state", `s"<&>`), "secretive") },
		"HeyGen": func(p *person) string { return p.withHeyGen(d.ask(client), "mia") },
	} {
		p := d.person()
		at := sign(p)
		code := d.codeOf(at)
		secrets["the code by "+name] = code
		got := d.redeem(d.redemption(client, code, "client_secret", secret))
		secrets["the access token by "+name], secrets["the refresh token by "+name] = got.access, got.refresh
		next := d.redeem(with(renewal(got), "client_secret", secret))
		secrets["the second refresh token by "+name] = next.refresh
		u, err := url.Parse(d.url)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range p.web.Jar.Cookies(u) {
			secrets["the cookie by "+name] = c.Value
		}
		d.mcp(next.access, "?call")
		d.form("/oauth/token", with(renewal(got), "client_secret", secret+"wrong"))
		d.form("/oauth/token", with(renewal(got), "client_secret", secret, "refresh_token", got.refresh+"x"))
	}
	begun := d.form("/oauth/device_authorization", url.Values{"client_id": {client}, "client_secret": {secret}})
	secrets["the device's code"], secrets["the person's code"] = begun.text("device_code"), begun.text("user_code")
	p := d.person()
	p.open("/oauth/authorize?" + d.ask(client).Encode())
	p.submit("api_key", "sk_sandbox_unfinished")
	secrets["the key of a sign-in that is not finished"] = "sk_sandbox_unfinished"
	// HeyGen's own tokens are whatever its sandbox made; their beginning gives them away.
	secrets["an access token of HeyGen's"], secrets["a refresh token of HeyGen's"] = "sandbox_at_", "sandbox_rt_"

	stored := []byte(d.log.String() + fmt.Sprint(d.events.all))
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		stored = append(stored, raw...)
	}
	if !bytes.Contains(stored, []byte(client)) {
		t.Fatal("the database was not read: it does not hold what it should")
	}
	for name, value := range secrets {
		for _, form := range []string{value, hex.EncodeToString([]byte(value))} {
			if value == "" || bytes.Contains(stored, []byte(form)) {
				t.Errorf("%s is kept in the clear", name)
			}
		}
	}
}

// TestForeignValues puts foreign and malformed values into every field of every endpoint. None may cause a failure of
// the server, and none a redirect to a place that nobody registered.
func TestForeignValues(t *testing.T) {
	t.Parallel()
	d := deploy(t, func() auth.Store { return opened(t, "", "") })
	client := d.public()
	got := d.signIn("mia")
	values := []string{"", " ", "\x00", "%00", "a b", "é", "\xff\xfe", "\r\nSet-Cookie: x=1", strings.Repeat("x", 5000), "https://evil.example", "//evil.example",
		"javascript:alert(1)", "'; DROP TABLE tokens; --", `{"a":1}`, "-1", "99999999999999999999", "<script>alert(1)</script>", "../../etc/passwd", "none", "[]"}
	forms := map[string]url.Values{
		"/oauth/authorize":            with(d.ask(client), "scope", "heygen:read", "prompt", "", "nonce", "", "max_age", "", "ui_locales", "", "response_mode", "", "id_token_hint", "", "request", ""),
		"/oauth/token?code":           with(d.redemption(client, "hgm_ac_x"), "client_secret", "", "client_assertion", "", "client_assertion_type", "", "scope", ""),
		"/oauth/token?refresh":        with(renewal(got), "scope", "", "resource", "", "client_secret", ""),
		"/oauth/token?device":         {"grant_type": {"urn:ietf:params:oauth:grant-type:device_code"}, "device_code": {"x"}, "client_id": {client}},
		"/oauth/token?exchange":       {"grant_type": {"urn:ietf:params:oauth:grant-type:token-exchange"}, "subject_token": {"x"}, "subject_token_type": {"x"}, "client_id": {client}},
		"/oauth/revoke":               {"token": {"x"}, "token_type_hint": {"x"}, "client_id": {client}, "client_secret": {""}},
		"/oauth/device_authorization": {"client_id": {client}, "scope": {""}, "resource": {""}},
		"/oauth/sign-in":              {"flow": {"x"}, "csrf": {"x"}, "api_key": {"x"}, "action": {"x"}},
		"/oauth/consent":              {"flow": {"x"}, "csrf": {"x"}, "action": {"x"}},
		"/oauth/device":               {"csrf": {"x"}, "user_code": {"x"}},
		"/connections":                {"csrf": {"x"}, "grant": {"x"}, "action": {"x"}},
	}
	for _, name := range []string{"response_mode", "prompt", "nonce", "max_age", "ui_locales", "id_token_hint", "request"} {
		forms["/oauth/authorize"].Set(name, "")
	}
	check := func(what string, res answer) {
		t.Helper()
		if res.status >= 500 {
			t.Errorf("%s: %d %s", what, res.status, res.body)
		}
		if at := res.header.Get("Location"); at != "" && !strings.HasPrefix(at, d.url+"/") && !strings.HasPrefix(at, callback) && !strings.HasPrefix(at, hosted) {
			t.Errorf("%s: redirects to %s", what, at)
		}
		if res.header.Get("Set-Cookie") == "x=1" || strings.Contains(res.body, "<script>alert") {
			t.Errorf("%s: %v %s", what, res.header, res.body)
		}
	}
	p := d.person()
	p.open("/oauth/authorize?" + d.ask(client).Encode())
	for path, form := range forms {
		d.clock.advance(10 * time.Minute) // the bounds on strangers are not what is tried here
		bare, _, _ := strings.Cut(path, "?")
		for field := range form {
			for _, value := range values {
				changed := maps.Clone(form)
				changed[field] = []string{value}
				what := path + " " + field + "=" + fmt.Sprintf("%.40q", value)
				check(what+" by GET", d.send(p.web, http.MethodGet, bare+"?"+changed.Encode(), ""))
				check(what, d.send(p.web, http.MethodPost, bare, changed.Encode(), "Content-Type", "application/x-www-form-urlencoded"))
			}
		}
		for _, body := range []string{"", "%zz", "a=b;c=d", strings.Repeat("a=1&", 20000), "\x00\xff"} {
			check(path+" with a body of nonsense", d.send(p.web, http.MethodPost, bare, body, "Content-Type", "application/x-www-form-urlencoded"))
		}
		for _, credential := range []string{"Basic", "Basic !", "Basic " + "eDp5", "Bearer x", "Basic JTAwOiV6eg=="} {
			check(path+" with "+credential, d.send(p.web, http.MethodPost, bare, form.Encode(), "Content-Type", "application/x-www-form-urlencoded", "Authorization", credential))
		}
	}
	for _, path := range []string{"/oauth/", "/oauth/heygen", "/oauth/callback", "/oauth/cancel", "/oauth/keys", "/oauth/nothing", "/oauth/style.css", "/oauth/healthz", "/healthz"} {
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodHead, http.MethodOptions} {
			for _, value := range values {
				check(method+" "+path, d.send(p.web, method, path+"?"+url.Values{"flow": {value}, "state": {value + "." + value}, "code": {value}, "error": {value}, "iss": {value}}.Encode(), ""))
			}
		}
	}
	if strings.Contains(d.log.String(), `"level":"error"`) {
		t.Errorf("the log has errors:\n%s", d.log.String())
	}
}
