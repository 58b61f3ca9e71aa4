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

// SignIn is where a person is sent, with a state and the hash of a verifier that only this server
// knows, and the client id under which they are: the code that they come back with is good with
// that one alone.
func (c *Client) SignIn(
	ctx context.Context, state, verifier string) (where, client string, err error) {
	e, id, err := c.ready(ctx)
	if err != nil {
		return "", "", err
	}
	if id, err = c.current(ctx, id); err != nil {
		return "", "", err
	}
	to, err := url.Parse(e.Authorize)
	if err != nil {
		return "", "", errors.New("upstream: the authorization endpoint is not a URL")
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
	return to.String(), id, nil
}

// Exchange turns a code into tokens. client is whom the person was sent as, by this process or by
// another.
func (c *Client) Exchange(ctx context.Context, client, code, verifier string) (Tokens, error) {
	e, _, err := c.ready(ctx)
	if err != nil {
		return Tokens{}, err
	}
	t, err := c.tokens(ctx, e, client, url.Values{
		"grant_type": {
			"authorization_code",
		}, "code": {code}, "redirect_uri": {c.cfg.Redirect}, "code_verifier": {verifier},
	})
	if no, ok := errors.AsType[*refusal](err); ok && no.code == "invalid_client" {
		c.forget(
			ctx, client,
		) // this server is not known there any more; the next sign-in registers it again
	}
	return t, err
}

// Refresh renews tokens. Where HeyGen gives no new refresh token, the old one stays.
func (c *Client) Refresh(ctx context.Context, old Tokens) (Tokens, error) {
	e, _, err := c.ready(ctx)
	if err != nil {
		return Tokens{}, err
	}
	t, err := c.tokens(
		ctx, e, old.Client,
		url.Values{"grant_type": {"refresh_token"}, "refresh_token": {old.Refresh}})
	if err == nil && t.Refresh == "" {
		t.Refresh = old.Refresh
	}
	return t, err
}

func (c *Client) tokens(
	ctx context.Context, e endpoints, id string, fields url.Values) (Tokens, error) {
	fields.Set("client_id", id)
	var answer struct {
		Access  string `json:"access_token"`
		Refresh string `json:"refresh_token"`
		Type    string `json:"token_type"`
		Seconds int64  `json:"expires_in"`
	}
	asked := c.cfg.Clock()
	err := c.call(ctx, http.MethodPost, e.Token, form, fields.Encode(), &answer)
	// Another code, as invalid_client, says that this server is set up wrongly. That is nothing
	// against the person's sign-in, and must not end everybody's.
	if no, ok := errors.AsType[*refusal](err); ok &&
		(no.status == http.StatusBadRequest || no.status == http.StatusUnauthorized) &&
		(no.code == "invalid_grant" || no.code == "") {
		return Tokens{}, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	if err != nil {
		return Tokens{}, fmt.Errorf("upstream: ask for tokens: %w", err)
	}
	if answer.Access == "" || answer.Type != "" && !strings.EqualFold(answer.Type, "Bearer") {
		return Tokens{}, errors.New("upstream: the answer holds no bearer token")
	}
	life := usualLife
	if answer.Seconds > 0 {
		life = time.Duration(
			min(answer.Seconds, int64(10*365*24*time.Hour/time.Second)),
		) * time.Second
	}
	return Tokens{
		Client: id, Access: answer.Access, Refresh: answer.Refresh, Expires: asked.Add(life),
	}, nil
}

// Revoke gives tokens back. Where the server has no place for that, it says so.
func (c *Client) Revoke(ctx context.Context, t Tokens) error {
	e, _, err := c.ready(ctx)
	if err != nil {
		return err
	}
	if e.Revoke == "" {
		return errors.New("upstream: the server revokes no tokens")
	}
	token := t.Refresh
	if token == "" {
		token = t.Access
	}
	if err := c.call(ctx, http.MethodPost, e.Revoke, form, url.Values{"token": {token}, "client_id": {t.Client}}.Encode(), nil); err != nil {
		return fmt.Errorf("upstream: revoke: %w", err)
	}
	return nil
}
