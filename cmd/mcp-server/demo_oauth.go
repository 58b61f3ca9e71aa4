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
	"net/http/cookiejar"
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
// ends with an access token for the account: for the scopes that the endpoint names, and more. Each step is told to say.
func signIn(ctx context.Context, mcpURL, account string, say func(step, result string), more ...string) (string, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return "", err
	}
	b := browser{client: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}

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
	say("POST "+server.Authorize, "a person would type a key and click here; signed in as "+account)

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

// consent opens the sign-in page, fills in its forms as a person would, page by page, and gives the parameters of the
// redirect that ends at the client.
func (b browser) consent(ctx context.Context, page, account string) (url.Values, error) {
	for range mostPages {
		text, at, back, err := b.page(ctx, http.MethodGet, page, nil)
		if err != nil || back != nil {
			return back, err
		}
		action, fields, err := fillIn(text, at, account)
		if err != nil {
			return nil, err
		}
		if text, page, back, err = b.page(ctx, http.MethodPost, action, fields); err != nil || back != nil {
			return back, err
		}
		if page == action {
			return nil, fmt.Errorf("%s answered a form with a page: %s", action, text)
		}
	}
	return nil, errors.New("the sign-in has no end")
}

// mostPages is more than any sign-in has.
const mostPages = 5

// page makes a request of a browser's. It gives the page that answers, or where a GET is to go on, or, at the end, what the
// client is sent back with.
func (b browser) page(ctx context.Context, method, target string, fields url.Values) (text, at string, back url.Values, err error) {
	for range mostPages {
		req, err := http.NewRequestWithContext(ctx, method, target, strings.NewReader(fields.Encode()))
		if err != nil {
			return "", "", nil, err
		}
		if method == http.MethodPost {
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		res, err := b.client.Do(req)
		if err != nil {
			return "", "", nil, err
		}
		raw, err := io.ReadAll(io.LimitReader(res.Body, answerLimit))
		if err = errors.Join(err, res.Body.Close()); err != nil {
			return "", "", nil, err
		}
		to, err := res.Location()
		switch {
		case err != nil && res.StatusCode == http.StatusOK:
			return string(raw), target, nil, nil
		case err != nil:
			return "", "", nil, fmt.Errorf("the sign-in page answered %s: %s", res.Status, raw)
		case strings.HasPrefix(to.String(), demoRedirect):
			return "", "", to.Query(), nil
		case method == http.MethodPost:
			return "", to.String(), nil, nil
		}
		target = to.String()
	}
	return "", "", nil, errors.New("the sign-in page redirects without end")
}

// fillIn fills in a page's first form: with a name on the sandbox's own page, with a key on the server's, and with consent
// on the one after that.
func fillIn(text, at, account string) (action string, fields url.Values, err error) {
	_, form, _ := strings.Cut(text, "<form ")
	form, _, _ = strings.Cut(form, "</form>")
	fields = url.Values{}
	for _, input := range regexp.MustCompile(`<input [^>]*type="hidden"[^>]*>`).FindAllString(form, -1) {
		fields.Add(html.UnescapeString(parameter(input, " name")), html.UnescapeString(parameter(input, " value")))
	}
	switch {
	case strings.Contains(form, `name="account"`):
		fields.Set("account", account)
	case strings.Contains(form, `name="api_key"`):
		fields.Set("api_key", sandboxKeys+account)
	default:
		fields.Set("action", "agree")
	}
	base, err := url.Parse(at)
	if err != nil {
		return "", nil, err
	}
	to, err := base.Parse(html.UnescapeString(parameter(form, "action")))
	if err != nil {
		return "", nil, err
	}
	return to.String(), fields, nil
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
