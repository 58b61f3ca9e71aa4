package main

import (
	"context"
	"encoding/json"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"heygen-mcp/cmd/mcp-server/demo"
)

// connected is what a client holds.
type connected struct{ mcpURL, client, access, refresh string }

// connectAtHeyGen is a whole sign-in of mia's to a broker, by HeyGen's own.
func connectAtHeyGen(t *testing.T, mcpURL string) *connected {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	b := demo.Browser{HTTP: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	issuer := strings.TrimSuffix(mcpURL, "/mcp")
	client, err := b.Register(t.Context(), issuer+"/oauth/register")
	if err != nil {
		t.Fatal(err)
	}
	const verifier, challenge = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM" // of RFC 7636
	page, at, _, err := b.Page(t.Context(), http.MethodGet, issuer+"/oauth/authorize?"+url.Values{"response_type": {"code"}, "client_id": {client},
		"redirect_uri": {demo.RedirectURI}, "state": {"s"}, "code_challenge": {challenge}, "code_challenge_method": {"S256"}}.Encode(), nil)
	if err != nil {
		t.Fatal(err)
	}
	link := regexp.MustCompile(`href="([^"]*/oauth/heygen[^"]*)"`).FindStringSubmatch(page)
	if link == nil {
		t.Fatalf("no way to HeyGen on %s: %s", at, page)
	}
	to, err := url.Parse(at)
	if err == nil {
		to, err = to.Parse(html.UnescapeString(link[1]))
	}
	if err != nil {
		t.Fatal(err)
	}
	back, err := b.Consent(t.Context(), to.String(), "mia")
	if err != nil || back.Get("code") == "" {
		t.Fatalf("sent back with %v, %v", back, err)
	}
	g := &connected{mcpURL: mcpURL, client: client}
	if status, body, err := g.token(t.Context(), url.Values{"grant_type": {"authorization_code"}, "code": {back.Get("code")},
		"redirect_uri": {demo.RedirectURI}, "code_verifier": {verifier}}); err != nil || status != http.StatusOK {
		t.Fatalf("got %d %s %v, want no error and %v", status, body, err, http.StatusOK)
	}
	return g
}

// token asks for tokens, and keeps those that come.
func (g *connected) token(ctx context.Context, form url.Values) (status int, body string, err error) {
	form.Set("client_id", g.client)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimSuffix(g.mcpURL, "/mcp")+"/oauth/token", strings.NewReader(form.Encode()))
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
func (g *connected) tryRenew(ctx context.Context) (int, string, error) {
	return g.token(ctx, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {g.refresh}})
}

func (g *connected) renew(t *testing.T) (int, string) {
	t.Helper()
	status, body, err := g.tryRenew(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return status, body
}
