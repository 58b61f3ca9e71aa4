package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/internal/release"
)

// maxAsked bounds, in bytes, what is read of an answer to a command.
const maxAsked = 64 << 10

// get sends a GET and follows no redirect: a credential is for the host that it is sent to.
func get(ctx context.Context, at string, header http.Header) (status int, body []byte, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, at, nil) //nolint:gosec // G704: the operator names the URL
	if err != nil {
		return 0, nil, errors.New("the URL cannot be asked for")
	}
	if header != nil {
		req.Header = header
	}
	req.Header.Set("User-Agent", release.Name+"/"+release.Version())
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req) //nolint:gosec // G704: likewise
	if err != nil {
		if wrapped, ok := errors.AsType[*url.Error](err); ok {
			err = wrapped.Err // the rest repeats the URL
		}
		return 0, nil, err
	}
	defer func() { _ = res.Body.Close() }() // what was needed has been read
	body, err = io.ReadAll(io.LimitReader(res.Body, maxAsked))
	return res.StatusCode, body, err
}

// inspectHeyGen asks HeyGen whose the key is, and without one only whether it is HeyGen that answers.
func inspectHeyGen(ctx context.Context, cfg *settings.Config) (string, error) {
	if cfg.Sandbox {
		return "the sandbox stands for it", nil
	}
	at, header := cfg.HeyGenURL.String(), http.Header{}
	if cfg.APIKey != "" {
		header.Set("X-Api-Key", cfg.APIKey)
	}
	status, body, err := get(ctx, at+"/v3/users/me", header)
	switch {
	case err != nil:
		return "", fmt.Errorf("--heygen-url %s: %w", at, err)
	case status >= http.StatusInternalServerError:
		return "", fmt.Errorf("--heygen-url %s: it answers %d", at, status)
	case !json.Valid(body):
		return "", fmt.Errorf("--heygen-url %s: what answers there is not HeyGen: status %d, and no JSON", at, status)
	case cfg.APIKey == "" && status == http.StatusUnauthorized:
		return at + " answers, and asks for a credential", nil
	case cfg.APIKey == "":
		return "", fmt.Errorf("--heygen-url %s: what answers there is not HeyGen: without a credential it answers %d, not 401", at, status)
	case status == http.StatusUnauthorized:
		return "", errors.New("HEYGEN_API_KEY: HeyGen does not know the key")
	case status == http.StatusOK, status == http.StatusPaymentRequired, status == http.StatusForbidden:
		return at + " knows HEYGEN_API_KEY", nil
	}
	return "", fmt.Errorf("--heygen-url %s: it answers %d", at, status)
}

// issuerOf is how the authorization server at an issuer's URL calls itself in its metadata, at
// either of the places where they may be.
func issuerOf(ctx context.Context, issuer string) (said string, err error) {
	u, err := url.Parse(issuer)
	if err != nil {
		return "", errors.New("it is no URL")
	}
	path := strings.TrimRight(u.Path, "/")
	origin := (&url.URL{Scheme: u.Scheme, Host: u.Host}).String()
	for _, at := range []string{
		origin + "/.well-known/oauth-authorization-server" + path, origin + path + "/.well-known/openid-configuration",
	} {
		var status int
		var body []byte
		if status, body, err = get(ctx, at, nil); err != nil {
			return "", err
		}
		var metadata struct {
			Issuer string `json:"issuer"`
		}
		if status == http.StatusOK && json.Unmarshal(body, &metadata) == nil && metadata.Issuer != "" {
			return metadata.Issuer, nil
		}
		err = fmt.Errorf("it has no metadata of an authorization server: %s answers %d", at, status)
	}
	return "", err
}
