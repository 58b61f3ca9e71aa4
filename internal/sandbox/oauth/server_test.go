package oauth

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-chi/chi/v5"
)

const (
	testVerifier = "a-verifier-of-at-least-forty-three-characters-is-long"
	testCallback = "http://127.0.0.1/callback"
)

// testServer is an authorization server on a real listener, one registered client and a clock that
// the test moves.
type testServer struct {
	server *Server
	url    string
	client string
	passed atomic.Int64 // of the clock, in nanoseconds
}

// checkTestAccount takes names of up to 64 letters for names of accounts.
func checkTestAccount(name string) string {
	if len(name) > 64 || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz") != "" || name == "" {
		return "not a name"
	}
	return ""
}

func newTestServer(t *testing.T) *testServer {
	t.Helper()
	w := &testServer{}
	start := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	w.server = New(func() time.Time { return start.Add(time.Duration(w.passed.Load())) }, checkTestAccount)
	r := chi.NewRouter()
	w.server.Routes(r)
	s := httptest.NewServer(r)
	t.Cleanup(s.Close)
	w.url = s.URL
	res := w.send(t, http.MethodPost, "/v1/oauth/register", "application/json",
		`{"client_name":"A <b>client</b>","redirect_uris":["`+testCallback+`","https://app.example/cb?x=1"]}`)
	if res.status != http.StatusCreated {
		t.Fatalf("register: %+v", res)
	}
	w.client = res.text("client_id")
	return w
}

// reply is a response, read.
type reply struct {
	status int
	header http.Header
	body   string
}

// text is one member of a JSON body.
func (r reply) text(name string) string {
	var m map[string]any
	_ = json.Unmarshal([]byte(r.body), &m) // what is no JSON has no members
	s, _ := m[name].(string)
	return s
}

func (w *testServer) send(t *testing.T, method, path, contentType, body string, headers ...string) reply {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, w.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultTransport.RoundTrip(req) // which follows no redirect
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{res.StatusCode, res.Header, string(b)}
}

func (w *testServer) form(t *testing.T, path string, form url.Values) reply {
	t.Helper()
	return w.send(t, http.MethodPost, path, "application/x-www-form-urlencoded", form.Encode())
}

// formWith is a copy of a form with pairs of names and values changed; an empty value takes a
// parameter out.
func formWith(form url.Values, pairs ...string) url.Values {
	out := url.Values{}
	for k, v := range form {
		out[k] = slices.Clone(v)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if out.Set(pairs[i], pairs[i+1]); pairs[i+1] == "" {
			out.Del(pairs[i])
		}
	}
	return out
}

func (w *testServer) request() url.Values {
	sum := sha256.Sum256([]byte(testVerifier))
	return url.Values{
		"response_type": {"code"}, "client_id": {w.client}, "redirect_uri": {"http://127.0.0.1:49152/callback"},
		"code_challenge": {base64.RawURLEncoding.EncodeToString(sum[:])}, "code_challenge_method": {"S256"},
		"state": {`s"<&>`}, "scope": {"openid email"}, "resource": {"http://127.0.0.1:8080/mcp"},
	}
}

// code signs in as account.
func (w *testServer) code(t *testing.T, account string) string {
	t.Helper()
	res := w.form(t, "/v1/oauth/authorize", formWith(w.request(), "account", account))
	to, err := url.Parse(res.header.Get("Location"))
	if err != nil || res.status != http.StatusSeeOther || to.Host != "127.0.0.1:49152" {
		t.Fatalf("authorize: %+v", res)
	}
	if q := to.Query(); q.Get("state") != `s"<&>` || q.Get("iss") != w.url || q.Get("code") == "" {
		t.Fatalf("sent back with %v", q)
	}
	return to.Query().Get("code")
}

func (w *testServer) exchange(code string) url.Values {
	return url.Values{
		"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {"http://127.0.0.1:49152/callback"},
		"client_id": {w.client}, "code_verifier": {testVerifier}, "resource": {"http://127.0.0.1:8080/mcp"},
	}
}

func (w *testServer) renewal(token string) url.Values {
	return url.Values{"grant_type": {"refresh_token"}, "refresh_token": {token}, "client_id": {w.client}}
}

// signIn is a whole sign-in.
func (w *testServer) signIn(t *testing.T, account string) (access, refresh string) {
	t.Helper()
	res := w.form(t, "/v1/oauth/token", w.exchange(w.code(t, account)))
	if res.status != http.StatusOK {
		t.Fatalf("token: %+v", res)
	}
	return res.text("access_token"), res.text("refresh_token")
}

func (w *testServer) wantAccount(t *testing.T, token, want string) {
	t.Helper()
	if got, ok := w.server.Account(token); got != want || ok != (want != "") {
		t.Errorf("the token stands for %q, %t; want %q", got, ok, want)
	}
}

func wantError(t *testing.T, res reply, status int, code string) {
	t.Helper()
	if res.status != status || res.text("error") != code || res.text("error_description") == "" {
		t.Errorf("got %d %s, want %d %s", res.status, res.body, status, code)
	}
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	w := newTestServer(t)
	meta := w.send(t, http.MethodGet, "/.well-known/oauth-authorization-server", "", "")
	if meta.text("issuer") != w.url || meta.text("token_endpoint") != w.url+"/v1/oauth/token" ||
		meta.header.Get("Access-Control-Allow-Origin") != "*" || !strings.Contains(meta.body, `["S256"]`) {
		t.Errorf("metadata: %+v", meta)
	}
	page := w.send(t, http.MethodGet, "/v1/oauth/authorize?"+w.request().Encode(), "", "")
	if page.status != http.StatusOK || strings.Count(page.body, `type="text"`) != 1 || strings.Count(page.body, `type="submit"`) != 1 ||
		strings.Count(page.body, `type="hidden"`) != 8 {
		t.Errorf("page: %+v", page)
	}
	if strings.Contains(page.body, "<b>") || !strings.Contains(page.body, "s&#34;&lt;&amp;&gt;") {
		t.Errorf("the page is not escaped: %s", page.body)
	}

	res := w.form(t, "/v1/oauth/token", w.exchange(w.code(t, "mia")))
	var pair struct {
		Access  string `json:"access_token"`
		Type    string `json:"token_type"`
		Seconds int    `json:"expires_in"`
		Scope   string
	}
	if err := json.Unmarshal([]byte(res.body), &pair); err != nil {
		t.Fatal(err)
	}
	if pair.Type != "Bearer" || pair.Seconds != 3600 || pair.Scope != "openid email" || res.header.Get("Cache-Control") != "no-store" {
		t.Errorf("token: %+v", res)
	}
	w.wantAccount(t, pair.Access, "mia")
	info := w.send(t, http.MethodGet, "/v1/oauth/userinfo", "", "", "Authorization", "Bearer "+pair.Access)
	if info.text("sub") != "mia" || info.text("email") == "" || info.text("name") != "" {
		t.Errorf("userinfo: %+v", info)
	}
	none := w.send(t, http.MethodGet, "/v1/oauth/userinfo", "", "", "Authorization", "Bearer nonsense")
	wantError(t, none, http.StatusUnauthorized, "invalid_token")

	w.passed.Add(int64(time.Hour))
	w.wantAccount(t, pair.Access, "")
	w.wantAccount(t, "", "")
}

func TestCORS(t *testing.T) {
	t.Parallel()
	w := newTestServer(t)
	for _, path := range []string{"/.well-known/oauth-authorization-server", "/v1/oauth/register", "/v1/oauth/token"} {
		res := w.send(t, http.MethodOptions, path, "", "", "Origin", "https://app.example", "Access-Control-Request-Method", "POST")
		if res.status != http.StatusNoContent || res.header.Get("Access-Control-Allow-Origin") != "*" ||
			!strings.Contains(res.header.Get("Access-Control-Allow-Headers"), "Content-Type") {
			t.Errorf("%s: got %+v, want res.status %v, Access-Control-Allow-Origin %q and %q in it", path, res, http.StatusNoContent, "*", "Content-Type")
		}
	}
	page := w.send(t, http.MethodGet, "/v1/oauth/authorize?"+w.request().Encode(), "", "")
	if page.header.Get("Access-Control-Allow-Origin") != "" {
		t.Error("another origin's script may read the form")
	}
}
