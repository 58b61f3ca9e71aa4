package sandbox

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

// box is a sandbox behind real HTTP whose clock stands still.
type box struct {
	t      *testing.T
	url    string
	client *http.Client
}

func newBox(t *testing.T, cfg Config) *box {
	t.Helper()
	b, _ := newBoxOf(t, cfg)
	return b
}

// newBoxOf also gives the sandbox itself, for what no request can ask.
func newBoxOf(t *testing.T, cfg Config) (*box, *Sandbox) {
	t.Helper()
	if cfg.Clock == nil {
		cfg.Clock = func() time.Time { return time.Unix(1_800_000_000, 0) }
	}
	s, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s)
	t.Cleanup(srv.Close)
	// Every request has its own connection: on a used one that breaks, net/http
	// repeats a request that has an Idempotency-Key by itself, unseen.
	return &box{t: t, url: srv.URL, client: &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}}, s
}

// reply is one answer, read whole. Its status is 0 when there was none.
type reply struct {
	t      *testing.T
	status int
	header http.Header
	body   string
}

// do sends a request as account "ana" unless headers say otherwise; headers
// are pairs of name and value.
func (b *box) do(method, path, body string, headers ...string) reply {
	b.t.Helper()
	if !strings.Contains(path, "://") {
		path = b.url + path
	}
	req, err := http.NewRequestWithContext(b.t.Context(), method, path, strings.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	for pair := range slices.Chunk(headers, 2) {
		req.Header.Set(pair[0], pair[len(pair)-1])
	}
	if strings.HasPrefix(req.URL.Path, "/v3/") && req.Header.Get("X-Api-Key") == "" && req.Header.Get("Authorization") == "" {
		req.Header.Set("X-Api-Key", "sk_sandbox_ana")
	}
	res, err := b.client.Do(req)
	if err != nil {
		return reply{t: b.t}
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	out := reply{t: b.t, status: res.StatusCode, header: res.Header, body: string(raw)}
	b.judged(method, req.URL.Path, out)
	return out
}

func (b *box) get(path string) reply { b.t.Helper(); return b.do(http.MethodGet, path, "") }

// control sends to one of the sandbox's own controls, which must agree.
func (b *box) control(name, body string) reply {
	b.t.Helper()
	method := http.MethodPost
	if name == "calls" {
		method = http.MethodGet
	}
	res := b.do(method, "/_sandbox/"+name, body)
	if res.status != http.StatusOK {
		b.t.Fatalf("control %s: %d %s", name, res.status, res.body)
	}
	return res
}

// at finds a value in the JSON body by keys and indexes.
func (r reply) at(path ...any) any {
	r.t.Helper()
	var v any
	if err := json.Unmarshal([]byte(r.body), &v); err != nil {
		r.t.Fatalf("%v in %q", err, r.body)
	}
	for _, step := range path {
		switch step := step.(type) {
		case string:
			m, ok := v.(map[string]any)
			if !ok {
				r.t.Fatalf("no %v in %s", path, r.body)
			}
			v = m[step]
		case int:
			l, ok := v.([]any)
			if !ok || step >= len(l) {
				r.t.Fatalf("no %v in %s", path, r.body)
			}
			v = l[step]
		}
	}
	return v
}

func (r reply) text(path ...any) string { r.t.Helper(); s, _ := r.at(path...).(string); return s }

func (r reply) list(path ...any) []any { r.t.Helper(); l, _ := r.at(path...).([]any); return l }

func (r reply) want(status int, code string) reply {
	r.t.Helper()
	if r.status != status || code != "" && r.text("error", "code") != code {
		r.t.Fatalf("got %d %s, want %d %s", r.status, r.body, status, code)
	}
	return r
}

// look finds a public look of a kind that supports an engine.
func (b *box) look(kind, engine string) string {
	b.t.Helper()
	for _, one := range b.get("/v3/avatars/looks?limit=50&ownership=public&avatar_type="+kind).want(200, "").list("data") {
		m, _ := one.(map[string]any)
		engines, _ := m["supported_api_engines"].([]any)
		if slices.Contains(engines, any(engine)) && m["default_voice_id"] != nil {
			id, _ := m["id"].(string)
			return id
		}
	}
	b.t.Fatalf("no %s with %s", kind, engine)
	return ""
}

// video is the body of a create, with more members on top.
func (b *box) video(more map[string]any) string {
	b.t.Helper()
	m := map[string]any{"type": "avatar", "script": strings.Repeat("word ", 50)}
	maps.Copy(m, more)
	if m["avatar_id"] == nil {
		m["avatar_id"] = b.look(studioAvatar, engineIV)
	}
	raw, err := json.Marshal(m)
	if err != nil {
		b.t.Fatal(err)
	}
	return string(raw)
}

func (b *box) create(headers ...string) reply {
	b.t.Helper()
	return b.do(http.MethodPost, "/v3/videos", b.video(nil), headers...)
}

// signIn signs in as an account, and returns the access token.
func (b *box) signIn(account string) string {
	b.t.Helper()
	const (
		redirect  = "http://127.0.0.1/callback"
		verifier  = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk" // with its challenge, from RFC 7636, appendix B
		challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
	)
	client := b.do(http.MethodPost, "/v1/oauth/register", `{"redirect_uris":["`+redirect+`"]}`).text("client_id")
	b.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	form := func(path string, values url.Values) reply {
		return b.do(http.MethodPost, path, values.Encode(), "Content-Type", "application/x-www-form-urlencoded")
	}
	sent := form("/v1/oauth/authorize", url.Values{
		"response_type": {"code"}, "client_id": {client}, "redirect_uri": {redirect}, "account": {account},
		"code_challenge": {challenge}, "code_challenge_method": {"S256"},
	})
	to, err := url.Parse(sent.header.Get("Location"))
	if err != nil {
		b.t.Fatal(err)
	}
	res := form("/v1/oauth/token", url.Values{
		"grant_type": {"authorization_code"}, "client_id": {client}, "redirect_uri": {redirect},
		"code": {to.Query().Get("code")}, "code_verifier": {verifier},
	}).want(http.StatusOK, "")
	return res.text("access_token")
}

func TestConfigIsRefusedOrWorks(t *testing.T) {
	t.Parallel()
	for _, cfg := range []Config{{Speed: -1}, {Looks: -1}, {Voices: -1}} {
		if _, err := New(cfg); err == nil {
			t.Errorf("%+v was taken", cfg)
		}
	}
	if _, err := New(Config{}); err != nil {
		t.Error(err)
	}
}

func TestCredentials(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	for name, c := range map[string]struct {
		headers []string
		status  int
	}{
		"key":          {[]string{"X-Api-Key", "sk_sandbox_bo"}, 200},
		"key, bearer":  {[]string{"Authorization", "Bearer sk_sandbox_bo"}, 200},
		"wrong key":    {[]string{"X-Api-Key", "sk_other"}, 401},
		"no name":      {[]string{"X-Api-Key", "sk_sandbox_"}, 401},
		"wrong bearer": {[]string{"Authorization", "Bearer nobody"}, 401},
		"both":         {[]string{"Authorization", "Bearer sk_sandbox_bo", "X-Api-Key", "sk_sandbox_bo"}, 401},
	} {
		res := b.do(http.MethodGet, "/v3/users/me", "", c.headers...)
		if res.status != c.status {
			t.Errorf("%s: got %d %s, want %v", name, res.status, res.body, c.status)
		}
		if res.status == 200 && (res.text("data", "username") != "bo" || res.text("data", "billing_type") != "wallet") {
			t.Errorf("%s: %s", name, res.body)
		}
		if res.header.Get("X-Request-Id") == "" {
			t.Errorf("%s: no X-Request-Id", name)
		}
	}
}

func TestUnknownPathsAnswerInV3sEnvelope(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	b.get("/v3/nothing").want(404, "not_found")
	b.do(http.MethodPatch, "/v3/videos", "").want(405, "method_not_allowed")
}

func TestCallsSayWhoAskedForWhat(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	b.create("X-Api-Key", "sk_sandbox_bo", "Idempotency-Key", "k1").want(200, "")
	b.get("/v3/users/me")
	calls := b.control("calls", "")
	n := len(calls.list()) - 2
	if calls.text(n, "account") != "bo" || calls.text(n, "idempotency_key") != "k1" || calls.text(n, "method") != "POST" ||
		calls.text(n, "path") != "/v3/videos" || calls.at(n, "status") != 200.0 || calls.text(n+1, "account") != "ana" {
		t.Errorf("got %s, want account %q, idempotency_key %q, method %q, path %q, status %v and calls.text(n+1, \"account\") %q", calls.body, "bo", "k1", "POST", "/v3/videos", 200.0, "ana")
	}
	b.control("reset", "")
	if got := b.control("calls", "").body; got != "[]" {
		t.Errorf("after a reset: %s", got)
	}
}
