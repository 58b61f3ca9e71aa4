package brokertest

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

// Answer is a response, read.
type Answer struct {
	Status int
	Header http.Header
	Body   string
}

// Text is a member of a JSON body.
func (a Answer) Text(name string) string {
	var m map[string]any
	_ = json.Unmarshal([]byte(a.Body), &m) // what is no JSON has no members
	s, _ := m[name].(string)
	return s
}

// Read makes a request and reads the answer.
func Read(t testing.TB, web *http.Client, req *http.Request) Answer {
	t.Helper()
	res, err := web.Do(req) //nolint:gosec // G704: the test's own servers
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return Answer{res.StatusCode, res.Header, string(body)}
}

// Send makes a request with headers given as name, value, name, value.
func (d *Deployment) Send(web *http.Client, method, path, body string, headers ...string) Answer {
	d.T.Helper()
	target := path
	if strings.HasPrefix(path, "/") {
		target = d.URL + path
	}
	req, err := http.NewRequestWithContext(d.T.Context(), method, target, strings.NewReader(body))
	if err != nil {
		d.T.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	return Read(d.T, web, req)
}

// Form posts a form.
func (d *Deployment) Form(path string, form url.Values, headers ...string) Answer {
	d.T.Helper()
	return d.Send(d.Client, http.MethodPost, path, form.Encode(), append([]string{"Content-Type", "application/x-www-form-urlencoded"}, headers...)...)
}

// Register makes a client, and gives its id and secret.
func (d *Deployment) Register(document string) (id, secret string) {
	d.T.Helper()
	res := d.Send(d.Client, http.MethodPost, "/oauth/register", document, "Content-Type", "application/json")
	if res.Status != http.StatusCreated {
		d.T.Fatalf("register: %d %s", res.Status, res.Body)
	}
	return res.Text("client_id"), res.Text("client_secret")
}

// Public registers a public client.
func (d *Deployment) Public() string {
	d.T.Helper()
	id, _ := d.Register(`{"client_name":"A client","redirect_uris":["` + Callback + `","` + Hosted + `"],"token_endpoint_auth_method":"none"}`)
	return id
}

// ChallengeOf is the PKCE challenge of a verifier.
func ChallengeOf(verifier string) string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// Ask is an authorization request; pairs change it, and an empty value takes a parameter out.
func (d *Deployment) Ask(client string, pairs ...string) url.Values {
	return With(url.Values{
		"response_type": {"code"}, "client_id": {client}, "redirect_uri": {Callback}, "state": {`s"<&>`}, "resource": {d.URL + "/mcp"},
		"code_challenge": {ChallengeOf(Verifier)}, "code_challenge_method": {"S256"},
	}, pairs...)
}

// With changes a form by pairs of name and value; an empty value takes a parameter out.
func With(form url.Values, pairs ...string) url.Values {
	for i := 0; i+1 < len(pairs); i += 2 {
		if form.Set(pairs[i], pairs[i+1]); pairs[i+1] == "" {
			form.Del(pairs[i])
		}
	}
	return form
}

// CodeOf takes the code out of where the client waits.
func (d *Deployment) CodeOf(at string) string {
	d.T.Helper()
	u, err := url.Parse(at)
	if err != nil {
		d.T.Fatal(err)
	}
	q := u.Query()
	if q.Get("code") == "" || q.Get("state") != `s"<&>` || q.Get("iss") != d.URL {
		d.T.Fatalf("sent back to %s", at)
	}
	return q.Get("code")
}

// Redemption is a token request for a code.
func (d *Deployment) Redemption(client, code string, pairs ...string) url.Values {
	return With(url.Values{"grant_type": {"authorization_code"}, "client_id": {client}, "code": {code}, "redirect_uri": {Callback},
		"code_verifier": {Verifier}, "resource": {d.URL + "/mcp"}}, pairs...)
}

// Tokens is a pair.
type Tokens struct{ Client, Access, Refresh, Scope string }

// Redeem makes a token request that must succeed.
func (d *Deployment) Redeem(form url.Values) Tokens {
	d.T.Helper()
	res := d.Form("/oauth/token", form)
	if res.Status != http.StatusOK {
		d.T.Fatalf("token: %d %s", res.Status, res.Body)
	}
	return Tokens{form.Get("client_id"), res.Text("access_token"), res.Text("refresh_token"), res.Text("scope")}
}

// SignIn is a whole sign-in with an API key.
func (d *Deployment) SignIn(account string, pairs ...string) Tokens {
	d.T.Helper()
	client := d.Public()
	return d.Redeem(d.Redemption(client, d.CodeOf(d.Person().WithKey(d.Ask(client, pairs...), account))))
}

// SignInAtHeyGen is a whole sign-in of mia's by HeyGen's own.
func (d *Deployment) SignInAtHeyGen() Tokens {
	d.T.Helper()
	client := d.Public()
	return d.Redeem(d.Redemption(client, d.CodeOf(d.Person().WithHeyGen(d.Ask(client), "mia"))))
}

// Renewal is a token request with a refresh token.
func Renewal(t Tokens, pairs ...string) url.Values {
	return With(url.Values{"grant_type": {"refresh_token"}, "client_id": {t.Client}, "refresh_token": {t.Refresh}}, pairs...)
}

// MCP calls the endpoint with a token.
func (d *Deployment) MCP(token, query string) Answer {
	d.T.Helper()
	return d.Send(d.Client, http.MethodPost, "/mcp"+query, "", "Authorization", "Bearer "+token)
}

// Wants demands an OAuth error.
func Wants(t testing.TB, res Answer, status int, code string) {
	t.Helper()
	if res.Status != status || res.Text("error") != code || res.Text("error_description") == "" || res.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("got %d %s %v, want %d %s", res.Status, res.Body, res.Header, status, code)
	}
}

// WellKnown are the addresses of the documents.
func WellKnown() []string {
	return []string{"/.well-known/oauth-authorization-server", "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server/mcp", "/.well-known/oauth-protected-resource"}
}

// Basic is the header of a client that sends its secret by HTTP Basic, as name and value.
func Basic(id, secret string) []string {
	return []string{"Authorization", "Basic " + base64.StdEncoding.EncodeToString([]byte(url.QueryEscape(id)+":"+url.QueryEscape(secret)))}
}
