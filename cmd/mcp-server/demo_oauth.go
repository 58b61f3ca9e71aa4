package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// demoRedirect is where the sign-in page sends the browser back to. A real client listens there; the
// demo is the browser too, so it reads the code from the redirect and nothing needs to listen.
const demoRedirect = "http://127.0.0.1:1/callback"

// answerLimit bounds what the demo reads of an answer; all of them are a few KB.
const answerLimit = 1 << 20

// signIn walks the way that every OAuth client of MCP walks, starting from the endpoint alone, and
// ends with an access token for the account. Each step is told to say.
func signIn(ctx context.Context, mcpURL, account string, say func(step, result string)) (string, error) {
	b := browser{client: &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}

	challenge, err := b.challenge(ctx, mcpURL)
	if err != nil {
		return "", err
	}
	say("POST "+mcpURL, "401, as it should be: sign in first")

	metaURL := parameter(challenge, "resource_metadata")
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

	clientID, err := b.register(ctx, server.Register)
	if err != nil {
		return "", err
	}
	say("POST "+server.Register, "registered as "+clientID)

	verifier, state := rand.Text()+rand.Text(), rand.Text()
	sum := sha256.Sum256([]byte(verifier))
	back, err := b.consent(ctx, server.Authorize+"?"+url.Values{
		"response_type":         {"code"},
		"client_id":             {clientID},
		"redirect_uri":          {demoRedirect},
		"scope":                 {strings.Join(resource.Scopes, " ")},
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
	say("POST "+server.Authorize, "a person would click here; signed in as "+account)

	var token struct {
		AccessToken string `json:"access_token"`
	}
	err = b.postForm(ctx, server.Token, url.Values{
		"grant_type":    {"authorization_code"},
		"code":          {code},
		"redirect_uri":  {demoRedirect},
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

// browser is an HTTP client that stops at redirects, as the code is in one.
type browser struct{ client *http.Client }

// challenge calls the endpoint without a credential and gives what its 401 asks for.
func (b browser) challenge(ctx context.Context, mcpURL string) (string, error) {
	body := `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"demo","version":"1"}}}`
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, mcpURL, strings.NewReader(body))
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json, text/event-stream")
	res, err := b.client.Do(req)
	if err != nil {
		return "", err
	}
	defer func() { _ = res.Body.Close() }()
	challenge := res.Header.Get("WWW-Authenticate")
	if res.StatusCode != http.StatusUnauthorized || parameter(challenge, "resource_metadata") == "" {
		return "", fmt.Errorf("%s answers a stranger with %s and the challenge %q", mcpURL, res.Status, challenge)
	}
	return challenge, nil
}

// parameter takes a quoted parameter out of a challenge.
func parameter(challenge, name string) string {
	_, rest, _ := strings.Cut(challenge, name+`="`)
	value, _, _ := strings.Cut(rest, `"`)
	return value
}

// register makes the demo known to the authorization server (RFC 7591).
func (b browser) register(ctx context.Context, endpoint string) (string, error) {
	body, err := json.Marshal(map[string]any{
		"client_name":                serverName + " demo",
		"redirect_uris":              []string{demoRedirect},
		"grant_types":                []string{"authorization_code", "refresh_token"},
		"response_types":             []string{"code"},
		"token_endpoint_auth_method": "none",
	})
	if err != nil {
		return "", err
	}
	var client struct {
		ID string `json:"client_id"`
	}
	err = b.do(ctx, http.MethodPost, endpoint, "application/json", string(body), &client)
	if err == nil && client.ID == "" {
		err = errors.New("the registration gave no client_id")
	}
	return client.ID, err
}

// consent opens the sign-in page, fills in its form as a person would, and gives the parameters of
// the redirect that follows.
func (b browser) consent(ctx context.Context, page, account string) (url.Values, error) {
	var text string
	if err := b.do(ctx, http.MethodGet, page, "", "", &text); err != nil {
		return nil, err
	}
	fields := url.Values{"account": {account}}
	for _, input := range regexp.MustCompile(`<input [^>]*type="hidden"[^>]*>`).FindAllString(text, -1) {
		fields.Add(html.UnescapeString(parameter(input, " name")), html.UnescapeString(parameter(input, " value")))
	}
	base, err := url.Parse(page)
	if err != nil {
		return nil, err
	}
	_, form, _ := strings.Cut(text, "<form ")
	action, err := base.Parse(html.UnescapeString(parameter(form, "action")))
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, action.String(), strings.NewReader(fields.Encode()))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := b.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = res.Body.Close() }()
	back, err := res.Location()
	if err != nil {
		return nil, fmt.Errorf("the sign-in page answered %s: %w", res.Status, err)
	}
	return back.Query(), nil
}

// getJSON reads a document.
func (b browser) getJSON(ctx context.Context, from string, into any) error {
	return b.do(ctx, http.MethodGet, from, "", "", into)
}

// postForm posts a form and reads the JSON that answers it.
func (b browser) postForm(ctx context.Context, to string, form url.Values, into any) error {
	return b.do(ctx, http.MethodPost, to, "application/x-www-form-urlencoded", form.Encode(), into)
}

// do makes one request. A *string takes the answer as it is, anything else as JSON.
func (b browser) do(ctx context.Context, method, target, contentType, body string, into any) error {
	req, err := http.NewRequestWithContext(ctx, method, target, strings.NewReader(body))
	if err != nil {
		return err
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	res, err := b.client.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(io.LimitReader(res.Body, answerLimit))
	if err != nil {
		return fmt.Errorf("%s %s: %w", method, target, err)
	}
	if res.StatusCode/100 != 2 {
		return fmt.Errorf("%s %s: %s: %s", method, target, res.Status, raw)
	}
	if text, ok := into.(*string); ok {
		*text = string(raw)
		return nil
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return fmt.Errorf("%s %s: %w", method, target, err)
	}
	return nil
}
