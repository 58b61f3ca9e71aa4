package auth_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// answer is a response, read.
type answer struct {
	status int
	header http.Header
	body   string
}

// text is a member of a JSON body.
func (a answer) text(name string) string {
	var m map[string]any
	_ = json.Unmarshal([]byte(a.body), &m) // what is no JSON has no members
	s, _ := m[name].(string)
	return s
}

func read(t testing.TB, web *http.Client, req *http.Request) answer {
	t.Helper()
	res, err := web.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{res.StatusCode, res.Header, string(body)}
}

// send makes a request with headers given as name, value, name, value.
func (d *deployment) send(web *http.Client, method, path, body string, headers ...string) answer {
	d.t.Helper()
	target := path
	if strings.HasPrefix(path, "/") {
		target = d.url + path
	}
	req, err := http.NewRequestWithContext(d.t.Context(), method, target, strings.NewReader(body))
	if err != nil {
		d.t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	return read(d.t, web, req)
}

func (d *deployment) form(path string, form url.Values, headers ...string) answer {
	d.t.Helper()
	return d.send(d.client, http.MethodPost, path, form.Encode(), append([]string{"Content-Type", "application/x-www-form-urlencoded"}, headers...)...)
}

// register makes a client, and gives its id and secret.
func (d *deployment) register(document string) (id, secret string) {
	d.t.Helper()
	res := d.send(d.client, http.MethodPost, "/oauth/register", document, "Content-Type", "application/json")
	if res.status != http.StatusCreated {
		d.t.Fatalf("register: %d %s", res.status, res.body)
	}
	return res.text("client_id"), res.text("client_secret")
}

// public registers a public client.
func (d *deployment) public() string {
	d.t.Helper()
	id, _ := d.register(`{"client_name":"A client","redirect_uris":["` + callback + `","` + hosted + `"],"token_endpoint_auth_method":"none"}`)
	return id
}

func challengeOf(verifier string) string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// ask is an authorization request; pairs change it, and an empty value takes a parameter out.
func (d *deployment) ask(client string, pairs ...string) url.Values {
	return with(url.Values{
		"response_type": {"code"}, "client_id": {client}, "redirect_uri": {callback}, "state": {`s"<&>`}, "resource": {d.url + "/mcp"},
		"code_challenge": {challengeOf(verifier)}, "code_challenge_method": {"S256"},
	}, pairs...)
}

func with(form url.Values, pairs ...string) url.Values {
	for i := 0; i+1 < len(pairs); i += 2 {
		if form.Set(pairs[i], pairs[i+1]); pairs[i+1] == "" {
			form.Del(pairs[i])
		}
	}
	return form
}

// codeOf takes the code out of where the client waits.
func (d *deployment) codeOf(at string) string {
	d.t.Helper()
	u, err := url.Parse(at)
	if err != nil {
		d.t.Fatal(err)
	}
	q := u.Query()
	if q.Get("code") == "" || q.Get("state") != `s"<&>` || q.Get("iss") != d.url {
		d.t.Fatalf("sent back to %s", at)
	}
	return q.Get("code")
}

func (d *deployment) redemption(client, code string, pairs ...string) url.Values {
	return with(url.Values{"grant_type": {"authorization_code"}, "client_id": {client}, "code": {code}, "redirect_uri": {callback},
		"code_verifier": {verifier}, "resource": {d.url + "/mcp"}}, pairs...)
}

// tokens is a pair.
type tokens struct{ client, access, refresh, scope string }

func (d *deployment) redeem(form url.Values) tokens {
	d.t.Helper()
	res := d.form("/oauth/token", form)
	if res.status != http.StatusOK {
		d.t.Fatalf("token: %d %s", res.status, res.body)
	}
	return tokens{form.Get("client_id"), res.text("access_token"), res.text("refresh_token"), res.text("scope")}
}

// signIn is a whole sign-in with an API key.
func (d *deployment) signIn(account string, pairs ...string) tokens {
	d.t.Helper()
	client := d.public()
	return d.redeem(d.redemption(client, d.codeOf(d.person().withKey(d.ask(client, pairs...), account))))
}

// signInAtHeyGen is a whole sign-in of mia's by HeyGen's own.
func (d *deployment) signInAtHeyGen() tokens {
	d.t.Helper()
	client := d.public()
	return d.redeem(d.redemption(client, d.codeOf(d.person().withHeyGen(d.ask(client), "mia"))))
}

func renewal(t tokens, pairs ...string) url.Values {
	return with(url.Values{"grant_type": {"refresh_token"}, "client_id": {t.client}, "refresh_token": {t.refresh}}, pairs...)
}

// mcp calls the endpoint with a token.
func (d *deployment) mcp(token, query string) answer {
	d.t.Helper()
	return d.send(d.client, http.MethodPost, "/mcp"+query, "", "Authorization", "Bearer "+token)
}

// wants demands an OAuth error.
func wants(t testing.TB, res answer, status int, code string) {
	t.Helper()
	if res.status != status || res.text("error") != code || res.text("error_description") == "" || res.header.Get("Cache-Control") != "no-store" {
		t.Errorf("got %d %s %v, want %d %s", res.status, res.body, res.header, status, code)
	}
}
