package demo

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
)

// RedirectURI is the redirect URI of the demo. A real client listens there. The demo is the browser
// as well, so it reads the code from the redirect, and nothing needs to listen.
const RedirectURI = "http://127.0.0.1:1/callback"

// maxResponse bounds how many bytes are read of a response; those of a sign-in are a few KB.
const maxResponse = 1 << 20

// SignIn does what every OAuth client of MCP does. It starts from the URL of the MCP endpoint, and
// returns an access token for the account, with the scopes that the endpoint's metadata names and
// with more. It reports each step to say.
func SignIn(
	ctx context.Context, mcpURL, account string, say func(step, result string), more ...string,
) (string, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return "", err
	}
	b := Browser{HTTP: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}

	challenge, err := b.challenge(ctx, mcpURL)
	if err != nil {
		return "", err
	}
	say("POST "+mcpURL, "401, as it should be: sign in first")

	metaURL := AuthParam(challenge, "resource_metadata")
	var resource struct {
		Resource string   `json:"resource"`
		Servers  []string `json:"authorization_servers"`
		Scopes   []string `json:"scopes_supported"`
	}
	if err := b.getJSON(ctx, metaURL, &resource); err != nil {
		return "", err
	}
	if resource.Resource != mcpURL || len(resource.Servers) == 0 {
		return "", fmt.Errorf("%s describes %q, not %s", metaURL, resource.Resource, mcpURL)
	}
	say("GET "+metaURL, "sign in at "+resource.Servers[0])

	issuer := resource.Servers[0]
	metaURL = issuer + "/.well-known/oauth-authorization-server"
	var server struct {
		Issuer    string   `json:"issuer"`
		Authorize string   `json:"authorization_endpoint"`
		Token     string   `json:"token_endpoint"`
		Register  string   `json:"registration_endpoint"`
		Methods   []string `json:"code_challenge_methods_supported"`
	}
	if err := b.getJSON(ctx, metaURL, &server); err != nil {
		return "", err
	}
	if server.Issuer != issuer || !slices.Contains(server.Methods, "S256") {
		return "", fmt.Errorf("%s names the issuer %q, or lacks S256", metaURL, server.Issuer)
	}
	say("GET "+metaURL, "its endpoints")

	clientID, err := b.Register(ctx, server.Register)
	if err != nil {
		return "", err
	}
	say("POST "+server.Register, "registered as "+clientID)

	verifier, state := rand.Text()+rand.Text(), rand.Text()
	sum := sha256.Sum256([]byte(verifier))
	back, err := b.Consent(ctx, server.Authorize+"?"+url.Values{
		"response_type":         {"code"},
		"client_id":             {clientID},
		"redirect_uri":          {RedirectURI},
		"scope":                 {strings.Join(append(resource.Scopes, more...), " ")},
		"state":                 {state},
		"resource":              {resource.Resource},
		"code_challenge":        {base64.RawURLEncoding.EncodeToString(sum[:])},
		"code_challenge_method": {"S256"},
	}.Encode(), account)
	if err != nil {
		return "", err
	}
	code := back.Get("code")
	if code == "" || back.Get("state") != state || back.Get("iss") != issuer {
		return "", fmt.Errorf("the sign-in page sent back %q, %q", back.Get("error"), back.Get("error_description"))
	}
	say("POST "+server.Authorize, "a user would type a key and click here; signed in as "+account)

	var token struct {
		AccessToken string `json:"access_token"`
	}
	err = b.PostForm(ctx, server.Token, url.Values{
		"grant_type":    {"authorization_code"},
		"code":          {code},
		"redirect_uri":  {RedirectURI},
		"client_id":     {clientID},
		"code_verifier": {verifier},
		"resource":      {resource.Resource},
	}, &token)
	if err != nil {
		return "", err
	}
	if token.AccessToken == "" {
		return "", errors.New("the token endpoint gave no access token")
	}
	say("POST "+server.Token, "an access token")
	return token.AccessToken, nil
}
