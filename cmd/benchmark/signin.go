package main

import (
	"context"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"

	"heygen-mcp/cmd/mcp-server/demo"
)

// signedIn is a client that somebody signed in with at the product's broker.
type signedIn struct {
	token   string // where tokens are had
	client  string
	access  string
	refresh string
}

// headers are those that show who calls.
func (s *signedIn) headers() []string { return []string{"Authorization: Bearer " + s.access} }

// signIn signs in to the product's broker with an API key, as a person does.
func signIn(ctx context.Context, endpoint, key string) (*signedIn, error) {
	const verifier, challenge = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM" // of RFC 7636
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	issuer := strings.TrimSuffix(endpoint, "/mcp")
	b := demo.Browser{HTTP: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	s := &signedIn{token: issuer + "/oauth/token"}
	if s.client, err = b.Register(ctx, issuer+"/oauth/register"); err != nil {
		return nil, err
	}
	back, err := b.Consent(ctx, issuer+"/oauth/authorize?"+url.Values{"response_type": {"code"}, "client_id": {s.client}, "redirect_uri": {demo.RedirectURI},
		"state": {"s"}, "code_challenge": {challenge}, "code_challenge_method": {"S256"}}.Encode(), key)
	if err != nil {
		return nil, err
	}
	return s, s.ask(ctx, url.Values{"grant_type": {"authorization_code"}, "code": {back.Get("code")}, "redirect_uri": {demo.RedirectURI}, "code_verifier": {verifier}})
}

// renew has the refresh token give the next pair, n times.
func (s *signedIn) renew(ctx context.Context, n int) error {
	for range n {
		if err := s.ask(ctx, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {s.refresh}}); err != nil {
			return err
		}
	}
	return nil
}

// ask has the token endpoint give tokens.
func (s *signedIn) ask(ctx context.Context, form url.Values) error {
	form.Set("client_id", s.client)
	var tokens struct {
		Access  string `json:"access_token"`
		Refresh string `json:"refresh_token"`
	}
	err := demo.Browser{HTTP: http.DefaultClient}.PostForm(ctx, s.token, form, &tokens)
	s.access, s.refresh = tokens.Access, tokens.Refresh
	return err
}
