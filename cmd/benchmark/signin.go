package main

import (
	"context"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"

	"heygen-mcp/cmd/mcp-server/demo"
)

// signIn signs in to the product's broker with an API key, as a person does, and gives an access token.
func signIn(ctx context.Context, endpoint string) (string, error) {
	const verifier, challenge = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM" // of RFC 7636
	jar, err := cookiejar.New(nil)
	if err != nil {
		return "", err
	}
	issuer := strings.TrimSuffix(endpoint, "/mcp")
	b := demo.Browser{HTTP: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	client, err := b.Register(ctx, issuer+"/oauth/register")
	if err != nil {
		return "", err
	}
	back, err := b.Consent(ctx, issuer+"/oauth/authorize?"+url.Values{"response_type": {"code"}, "client_id": {client}, "redirect_uri": {demo.RedirectURI},
		"state": {"s"}, "code_challenge": {challenge}, "code_challenge_method": {"S256"}}.Encode(), "mia")
	if err != nil {
		return "", err
	}
	var tokens struct {
		Access string `json:"access_token"`
	}
	err = b.PostForm(ctx, issuer+"/oauth/token", url.Values{"grant_type": {"authorization_code"}, "code": {back.Get("code")}, "client_id": {client},
		"redirect_uri": {demo.RedirectURI}, "code_verifier": {verifier}}, &tokens)
	return tokens.Access, err
}
