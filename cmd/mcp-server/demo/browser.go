package demo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// Browser fetches pages and fills in their forms. HTTP must not follow redirects, since the code of
// a sign-in is in one.
type Browser struct{ HTTP *http.Client }

// challenge calls the endpoint without a credential, and returns the WWW-Authenticate header of its
// 401.
func (b Browser) challenge(ctx context.Context, mcpURL string) (string, error) {
	body := `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"demo","version":"1"}}}`
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, mcpURL, strings.NewReader(body))
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json, text/event-stream")
	res, err := b.HTTP.Do(req)
	if err != nil {
		return "", err
	}
	defer func() { _ = res.Body.Close() }()
	challenge := res.Header.Get("WWW-Authenticate")
	if res.StatusCode != http.StatusUnauthorized || AuthParam(challenge, "resource_metadata") == "" {
		return "", fmt.Errorf("%s answers a request without a token with %s and the challenge %q; want 401 with resource_metadata", mcpURL, res.Status, challenge)
	}
	return challenge, nil
}

// AuthParam returns a quoted parameter of a challenge, or "". The attributes of an HTML tag have
// the same form.
func AuthParam(challenge, name string) string {
	_, rest, _ := strings.Cut(challenge, name+`="`)
	value, _, _ := strings.Cut(rest, `"`)
	return value
}

// Register registers the demo at the authorization server (RFC 7591), and returns its client id.
func (b Browser) Register(ctx context.Context, endpoint string) (string, error) {
	body, err := json.Marshal(map[string]any{
		"client_name":                registeredName,
		"redirect_uris":              []string{RedirectURI},
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

// Consent opens the sign-in page and submits its forms, page by page, as a user would. It returns
// the parameters of the redirect to RedirectURI.
func (b Browser) Consent(ctx context.Context, page, account string) (url.Values, error) {
	for range maxPages {
		text, at, back, err := b.Page(ctx, http.MethodGet, page, nil)
		if err != nil || back != nil {
			return back, err
		}
		action, fields, err := FillForm(text, at, account)
		if err != nil {
			return nil, err
		}
		if text, page, back, err = b.Page(ctx, http.MethodPost, action, fields); err != nil || back != nil {
			return back, err
		}
		if page == action {
			return nil, fmt.Errorf("%s answered a form with a page: %s", action, text)
		}
	}
	return nil, errors.New("the sign-in has too many pages")
}

// maxPages bounds the pages of a sign-in, and the redirects between two of them.
const maxPages = 5

// Page sends one request and follows the redirects of a GET. It returns the page and its URL; after
// a POST only the URL to go to next; and at the end of a sign-in only back, the parameters of the
// redirect to RedirectURI.
func (b Browser) Page(
	ctx context.Context, method, target string, fields url.Values,
) (text, at string, back url.Values, err error) {
	for range maxPages {
		req, err := http.NewRequestWithContext(ctx, method, target, strings.NewReader(fields.Encode()))
		if err != nil {
			return "", "", nil, err
		}
		if method == http.MethodPost {
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		res, err := b.HTTP.Do(req)
		if err != nil {
			return "", "", nil, err
		}
		raw, err := io.ReadAll(io.LimitReader(res.Body, maxResponse))
		if err = errors.Join(err, res.Body.Close()); err != nil {
			return "", "", nil, err
		}
		to, err := res.Location()
		switch {
		case err != nil && res.StatusCode == http.StatusOK:
			return string(raw), target, nil, nil
		case err != nil:
			return "", "", nil, fmt.Errorf("the sign-in page answered %s: %s", res.Status, raw)
		case strings.HasPrefix(to.String(), RedirectURI):
			return "", "", to.Query(), nil
		case method == http.MethodPost:
			return "", to.String(), nil, nil
		}
		target = to.String()
	}
	return "", "", nil, errors.New("the sign-in page redirects too often")
}

// FillForm returns where the first form of a page is sent to, and its fields filled in for an
// account: the account on the sign-in page of the sandbox, an API key on that of the server, and
// consent on the page after that.
func FillForm(text, at, account string) (action string, fields url.Values, err error) {
	_, form, _ := strings.Cut(text, "<form ")
	form, _, _ = strings.Cut(form, "</form>")
	fields = url.Values{}
	for _, input := range regexp.MustCompile(`<input [^>]*type="hidden"[^>]*>`).FindAllString(form, -1) {
		fields.Add(html.UnescapeString(AuthParam(input, " name")), html.UnescapeString(AuthParam(input, " value")))
	}
	switch {
	case strings.Contains(form, `name="account"`):
		fields.Set("account", account)
	case strings.Contains(form, `name="api_key"`):
		fields.Set("api_key", keyPrefix+account)
	default:
		fields.Set("action", "agree")
	}
	base, err := url.Parse(at)
	if err != nil {
		return "", nil, err
	}
	to, err := base.Parse(html.UnescapeString(AuthParam(form, "action")))
	if err != nil {
		return "", nil, err
	}
	return to.String(), fields, nil
}

// getJSON fetches a JSON document.
func (b Browser) getJSON(ctx context.Context, from string, into any) error {
	return b.do(ctx, http.MethodGet, from, "", "", into)
}

// PostForm posts a form and decodes the JSON response.
func (b Browser) PostForm(ctx context.Context, to string, form url.Values, into any) error {
	return b.do(ctx, http.MethodPost, to, "application/x-www-form-urlencoded", form.Encode(), into)
}

// do sends one request and decodes the response into a *string as it is, or into anything else as
// JSON.
func (b Browser) do(ctx context.Context, method, target, contentType, body string, into any) error {
	req, err := http.NewRequestWithContext(ctx, method, target, strings.NewReader(body))
	if err != nil {
		return err
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	res, err := b.HTTP.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(io.LimitReader(res.Body, maxResponse))
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
