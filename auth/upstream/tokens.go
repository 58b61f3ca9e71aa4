package upstream

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// usualLife is what HeyGen's own clients assume where no lifetime is given.
const usualLife = time.Hour

const form = "application/x-www-form-urlencoded"

// SignIn is where a person is sent, with a state and the hash of a verifier that only this server knows.
func (c *Client) SignIn(ctx context.Context, state, verifier string) (string, error) {
	e, id, err := c.ready(ctx)
	if err != nil {
		return "", err
	}
	to, err := url.Parse(e.Authorize)
	if err != nil {
		return "", errors.New("upstream: the authorization endpoint is not a URL")
	}
	sum := sha256.Sum256([]byte(verifier))
	q := to.Query()
	for name, value := range map[string]string{
		"response_type": "code", "client_id": id, "redirect_uri": c.cfg.Redirect, "state": state,
		"scope": strings.Join(c.cfg.Scopes, " "), "code_challenge": base64.RawURLEncoding.EncodeToString(sum[:]), "code_challenge_method": "S256",
	} {
		q.Set(name, value)
	}
	to.RawQuery = q.Encode()
	return to.String(), nil
}

// Exchange turns a code into tokens.
func (c *Client) Exchange(ctx context.Context, code, verifier string) (Tokens, error) {
	return c.tokens(ctx, url.Values{
		"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {c.cfg.Redirect}, "code_verifier": {verifier},
	})
}

// Refresh exchanges a refresh token. Where HeyGen gives no new one, the old one stays.
func (c *Client) Refresh(ctx context.Context, refresh string) (Tokens, error) {
	t, err := c.tokens(ctx, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {refresh}})
	if err == nil && t.Refresh == "" {
		t.Refresh = refresh
	}
	return t, err
}

func (c *Client) tokens(ctx context.Context, fields url.Values) (Tokens, error) {
	e, id, err := c.ready(ctx)
	if err != nil {
		return Tokens{}, err
	}
	fields.Set("client_id", id)
	var answer struct {
		Access  string `json:"access_token"`
		Refresh string `json:"refresh_token"`
		Type    string `json:"token_type"`
		Seconds int64  `json:"expires_in"`
	}
	asked := c.cfg.Clock()
	err = c.call(ctx, http.MethodPost, e.Token, form, fields.Encode(), &answer)
	if no, ok := errors.AsType[*refusal](err); ok && (no.status == http.StatusBadRequest || no.status == http.StatusUnauthorized) {
		switch no.code {
		case "invalid_grant", "":
			return Tokens{}, fmt.Errorf("%w: %w", ErrRefused, err)
		case "invalid_client":
			// This server is not known there any more, or is set up wrongly. That says nothing of the person's sign-in,
			// and must not end everybody's.
			c.forget(ctx)
		}
	}
	if err != nil {
		return Tokens{}, fmt.Errorf("upstream: ask for tokens: %w", err)
	}
	if answer.Access == "" || answer.Type != "" && !strings.EqualFold(answer.Type, "Bearer") {
		return Tokens{}, errors.New("upstream: the answer holds no bearer token")
	}
	life := usualLife
	if answer.Seconds > 0 {
		life = time.Duration(min(answer.Seconds, int64(10*365*24*time.Hour/time.Second))) * time.Second
	}
	return Tokens{Access: answer.Access, Refresh: answer.Refresh, Expires: asked.Add(life)}, nil
}

// Revoke gives a token back. Where the server has no place for that, it says so.
func (c *Client) Revoke(ctx context.Context, token string) error {
	e, id, err := c.ready(ctx)
	if err != nil {
		return err
	}
	if e.Revoke == "" {
		return errors.New("upstream: the server revokes no tokens")
	}
	if err := c.call(ctx, http.MethodPost, e.Revoke, form, url.Values{"token": {token}, "client_id": {id}}.Encode(), nil); err != nil {
		return fmt.Errorf("upstream: revoke: %w", err)
	}
	return nil
}
