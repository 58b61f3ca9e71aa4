package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"heygen-mcp/internal/sandbox"
)

// rotating is a HeyGen whose tokens end when a test wants it, and that lets the test do something at each point of a
// renewal:
//
//	asked    it has the request, and has done nothing
//	rotated  the old refresh token is dead, and nobody has the new one
//	sent     every byte of the answer is on its way
//	used     somebody comes with an access token of the answer
type rotating struct {
	*httptest.Server
	box       http.Handler
	seconds   int // that tokens live
	forgiving bool
	asked     atomic.Int64 // how often

	mu     sync.Mutex
	point  string
	do     func()
	given  map[string]bool                       // access tokens from renewals
	before map[string]*httptest.ResponseRecorder // the answers, by what was asked with
}

func newRotating(t *testing.T, seconds int) *rotating {
	t.Helper()
	box, err := sandbox.New(sandbox.Config{})
	if err != nil {
		t.Fatal(err)
	}
	h := &rotating{box: box, seconds: seconds, given: map[string]bool{}, before: map[string]*httptest.ResponseRecorder{}}
	h.Server = httptest.NewServer(h)
	t.Cleanup(h.Close)
	return h
}

// at does something when a point is reached next.
func (h *rotating) at(point string, do func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.point, h.do = point, do
}

// reached says whether something was done, after which nobody waits for an answer.
func (h *rotating) reached(point string) bool {
	h.mu.Lock()
	do := h.do
	if h.point != point || do == nil {
		h.mu.Unlock()
		return false
	}
	h.do = nil
	h.mu.Unlock()
	do()
	return true
}

func (h *rotating) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/v1/oauth/token" {
		if h.isGiven(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")) && h.reached("used") {
			return
		}
		h.box.ServeHTTP(w, r)
		return
	}
	raw, err := io.ReadAll(r.Body)
	form, bad := url.ParseQuery(string(raw))
	if errors.Join(err, bad) != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(raw))
	renews := form.Get("grant_type") == "refresh_token"
	if renews {
		h.asked.Add(1)
		if h.reached("asked") {
			return
		}
	}
	answer := h.answer(r, form.Get("refresh_token"))
	if renews && h.reached("rotated") {
		return
	}
	for name, values := range answer.Header() {
		w.Header()[name] = values
	}
	w.WriteHeader(answer.Code)
	_, _ = w.Write(answer.Body.Bytes()) // it may have been killed
	_ = http.NewResponseController(w).Flush()
	if renews {
		h.reached("sent")
	}
}

// answer is what the sandbox says, but for how long its tokens live.
func (h *rotating) answer(r *http.Request, refresh string) *httptest.ResponseRecorder {
	h.mu.Lock()
	old, known := h.before[refresh]
	h.mu.Unlock()
	if h.forgiving && known {
		return old
	}
	rec := httptest.NewRecorder()
	h.box.ServeHTTP(rec, r)
	var body map[string]any
	if rec.Code != http.StatusOK || json.Unmarshal(rec.Body.Bytes(), &body) != nil {
		return rec
	}
	body["expires_in"] = h.seconds
	raw, err := json.Marshal(body)
	if err != nil {
		return rec
	}
	rec.Body = bytes.NewBuffer(raw)
	rec.Header().Del("Content-Length")
	if refresh != "" {
		h.mu.Lock()
		defer h.mu.Unlock()
		access, _ := body["access_token"].(string)
		h.given[access], h.before[refresh] = true, rec
	}
	return rec
}

func (h *rotating) isGiven(access string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.given[access]
}

// connected is what a client holds.
type connected struct{ client, access, refresh string }

// connect is a whole sign-in of mia's by HeyGen's own.
func (k *killed) connect() *connected {
	k.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		k.t.Fatal(err)
	}
	b := browser{client: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	issuer := strings.TrimSuffix(k.mcpURL, "/mcp")
	client, err := b.register(k.ctx, issuer+"/oauth/register")
	if err != nil {
		k.t.Fatal(err)
	}
	const verifier, challenge = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM" // of RFC 7636
	page, at, _, err := b.page(k.ctx, http.MethodGet, issuer+"/oauth/authorize?"+url.Values{"response_type": {"code"}, "client_id": {client},
		"redirect_uri": {demoRedirect}, "state": {"s"}, "code_challenge": {challenge}, "code_challenge_method": {"S256"}}.Encode(), nil)
	if err != nil {
		k.t.Fatal(err)
	}
	link := regexp.MustCompile(`href="([^"]*/oauth/heygen[^"]*)"`).FindStringSubmatch(page)
	if link == nil {
		k.t.Fatalf("no way to HeyGen on %s: %s", at, page)
	}
	to, err := url.Parse(at)
	if err == nil {
		to, err = to.Parse(html.UnescapeString(link[1]))
	}
	if err != nil {
		k.t.Fatal(err)
	}
	back, err := b.consent(k.ctx, to.String(), "mia")
	if err != nil || back.Get("code") == "" {
		k.t.Fatalf("sent back with %v, %v", back, err)
	}
	g := &connected{client: client}
	if status, body, err := g.token(k, url.Values{"grant_type": {"authorization_code"}, "code": {back.Get("code")},
		"redirect_uri": {demoRedirect}, "code_verifier": {verifier}}); err != nil || status != http.StatusOK {
		k.t.Fatalf("%d %s %v", status, body, err)
	}
	return g
}

// token asks for tokens, and keeps those that come.
func (g *connected) token(k *killed, form url.Values) (status int, body string, err error) {
	form.Set("client_id", g.client)
	req, err := http.NewRequestWithContext(k.ctx, http.MethodPost, strings.TrimSuffix(k.mcpURL, "/mcp")+"/oauth/token", strings.NewReader(form.Encode()))
	if err != nil {
		return 0, "", err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	var answer struct {
		Access  string `json:"access_token"`
		Refresh string `json:"refresh_token"`
	}
	if err == nil && res.StatusCode == http.StatusOK {
		if err = json.Unmarshal(raw, &answer); err == nil {
			g.access, g.refresh = answer.Access, answer.Refresh
		}
	}
	return res.StatusCode, string(raw), err
}

// tryRenew refreshes, which fails where nobody answers; renew fails the test then.
func (g *connected) tryRenew(k *killed) (int, string, error) {
	return g.token(k, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {g.refresh}})
}

func (g *connected) renew(k *killed) (int, string) {
	k.t.Helper()
	status, body, err := g.tryRenew(k)
	if err != nil {
		k.t.Fatal(err)
	}
	return status, body
}
