// Package upstream is HeyGen's authorization server as a client sees it: find its endpoints, become known to it, send
// people there, exchange what comes back, renew it, take it back. It keeps no token, and knows nothing of who its
// caller is to others.
package upstream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	// callLimit bounds one call. Renewals stand before a tool's call, and clients give up after some ten seconds.
	callLimit = 8 * time.Second
	// answerBytes bounds an answer; tokens have under two kilobytes each.
	answerBytes = 64 << 10
	// failureFresh is how long a failure to find the server is believed, so that a sign-in page does not wait for it
	// every time it is opened.
	failureFresh = time.Minute
	// metadataFresh is how long its metadata are believed.
	metadataFresh = time.Hour
)

// ErrRefused says that HeyGen's server took the request and said no: the code or the token is worth nothing any more.
var ErrRefused = errors.New("HeyGen refuses this sign-in")

// Config is what a Client is made of.
type Config struct {
	// Issuer is the authorization server, as its metadata spell it.
	Issuer string
	// ClientID is how this server is known there; empty registers it on first use.
	ClientID string
	// Redirect is where people are sent back to.
	Redirect string
	// Name is what this server calls itself in a registration.
	Name string
	// Scopes are asked for.
	Scopes []string
	// Recall and Keep hold the client id of a registration, so that all replicas and every start have one. Keep returns
	// the id that holds, which may be another's; an empty id forgets.
	Recall func(ctx context.Context) (string, error)
	Keep   func(ctx context.Context, id string) (string, error)
	// HTTP makes the calls.
	HTTP *http.Client
	// Clock tells the time; nil is time.Now.
	Clock func() time.Time
}

// Client is this server as an OAuth client of HeyGen's authorization server.
type Client struct {
	cfg Config

	mu    sync.Mutex
	known *endpoints
	id    string
	until time.Time // of what is known, or of a failure
	err   error
}

// Tokens are what HeyGen gives. Expires is zero where it does not say.
type Tokens struct {
	// Client is the client id that they were given to, and with which alone they can be renewed and revoked.
	Client  string    `json:"client,omitempty"`
	Access  string    `json:"access,omitempty"`
	Refresh string    `json:"refresh,omitempty"`
	Expires time.Time `json:"expires,omitzero"`
}

// String keeps tokens out of whatever prints them by mistake.
func (Tokens) String() string { return "[tokens]" }

// GoString does the same for %#v.
func (Tokens) GoString() string { return "[tokens]" }

// New checks a Config and makes a Client of it.
func New(cfg Config) (*Client, error) {
	for name, value := range map[string]string{"Issuer": cfg.Issuer, "Redirect": cfg.Redirect} {
		if u, err := url.Parse(value); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
			return nil, fmt.Errorf("upstream: %s must be an http or https URL", name)
		}
	}
	if cfg.Recall == nil || cfg.Keep == nil || cfg.HTTP == nil {
		return nil, errors.New("upstream: Recall, Keep and HTTP must be given")
	}
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	return &Client{cfg: cfg}, nil
}

// Answers says whether an answer that names an issuer, or none, can be the server's (RFC 9207): one that says that it
// names itself always does.
func (c *Client) Answers(ctx context.Context, issuer string) bool {
	if issuer != "" {
		return issuer == c.cfg.Issuer
	}
	known, _, err := c.ready(ctx)
	return err != nil || !known.NamesIssuer
}

// Ready finds the server and this client's id there. It is quick once it has succeeded, and for a
// while after it failed.
func (c *Client) Ready(ctx context.Context) error {
	_, _, err := c.ready(ctx)
	return err
}

// ready holds the lock while it asks: the others who want to know wait for the same answer.
func (c *Client) ready(ctx context.Context) (endpoints, string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cfg.Clock().Before(c.until) {
		if c.err != nil {
			return endpoints{}, "", c.err
		}
		return *c.known, c.id, nil
	}
	// It outlives the person who happens to be first, for the sake of those who wait.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), callLimit)
	defer cancel()
	known, id, err := c.find(ctx)
	if err != nil && c.known != nil {
		// What was found before is worth trying: a server's metadata hardly ever change.
		known, id, err = *c.known, c.id, nil
	}
	fresh := metadataFresh
	if err != nil {
		fresh = failureFresh
	}
	c.known, c.id, c.err, c.until = &known, id, err, c.cfg.Clock().Add(fresh)
	if err != nil {
		c.known = nil
	}
	return known, id, err
}

func (c *Client) find(ctx context.Context) (e endpoints, id string, err error) {
	issuer, err := url.Parse(c.cfg.Issuer)
	if err != nil {
		return e, "", fmt.Errorf("upstream: %w", err)
	}
	at := *issuer
	at.Path = "/.well-known/oauth-authorization-server" + strings.TrimRight(issuer.Path, "/")
	if err := c.call(ctx, http.MethodGet, at.String(), "", "", &e); err != nil {
		return e, "", fmt.Errorf("upstream: find the endpoints: %w", err)
	}
	switch {
	case e.Issuer != c.cfg.Issuer:
		return e, "", errors.New("upstream: the metadata are those of another issuer")
	case !slices.Contains(e.Methods, "S256"):
		return e, "", errors.New("upstream: the server does not do PKCE with S256")
	}
	if err := e.check(issuer); err != nil {
		return e, "", err
	}
	if id = c.cfg.ClientID; id != "" {
		return e, id, nil
	}
	if id, err = c.cfg.Recall(ctx); err == nil && id != "" {
		return e, id, nil
	}
	id, err = c.register(ctx, e)
	return e, id, err
}

// register becomes known to the server (RFC 7591).
func (c *Client) register(ctx context.Context, e endpoints) (string, error) {
	if e.Register == "" {
		return "", errors.New("upstream: the server has no registration, so a client id must be set")
	}
	body, err := json.Marshal(map[string]any{
		"client_name": c.cfg.Name, "redirect_uris": []string{c.cfg.Redirect}, "token_endpoint_auth_method": "none",
		"grant_types": []string{"authorization_code", "refresh_token"}, "response_types": []string{"code"},
		"scope": strings.Join(c.cfg.Scopes, " "),
	})
	if err != nil {
		return "", fmt.Errorf("upstream: %w", err)
	}
	var answer struct {
		ID string `json:"client_id"`
	}
	if err := c.call(ctx, http.MethodPost, e.Register, "application/json", string(body), &answer); err != nil {
		return "", fmt.Errorf("upstream: register: %w", err)
	}
	if answer.ID == "" {
		return "", errors.New("upstream: the registration gave no client id")
	}
	id, err := c.cfg.Keep(ctx, answer.ID)
	if err != nil {
		return "", fmt.Errorf("upstream: keep the registration: %w", err)
	}
	return id, nil
}

// current is the client id that holds now. Another process may have found that HeyGen had forgotten
// the one that is known here, and have registered anew.
func (c *Client) current(ctx context.Context, known string) (string, error) {
	if c.cfg.ClientID != "" {
		return known, nil
	}
	id, err := c.cfg.Recall(ctx)
	if err == nil && id == known {
		return known, nil
	}
	c.mu.Lock()
	c.until = time.Time{} // find it again
	c.mu.Unlock()
	_, id, err = c.ready(ctx)
	return id, err
}

// forget drops a registration that the server does not know any more, unless another process has
// done so and registered anew.
func (c *Client) forget(ctx context.Context, id string) {
	if c.cfg.ClientID != "" {
		return
	}
	if held, err := c.cfg.Recall(ctx); err == nil && held == id {
		_, _ = c.cfg.Keep(ctx, "") // it is tried again when it is refused again
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.known, c.until = nil, time.Time{}
}

// call makes one request and reads the JSON that answers it.
func (c *Client) call(ctx context.Context, method, target, kind, body string, into any) error {
	ctx, cancel := context.WithTimeout(ctx, callLimit)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, target, strings.NewReader(body))
	if err != nil {
		return errors.New("the address cannot be used")
	}
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	req.Header.Set("Accept", "application/json")
	res, err := c.cfg.HTTP.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(io.LimitReader(res.Body, answerBytes))
	if err != nil {
		return fmt.Errorf("read the answer: %w", err)
	}
	if res.StatusCode/100 != 2 {
		return answered(res.StatusCode, raw)
	}
	if into == nil {
		return nil
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return errors.New("the answer is not the JSON that it should be")
	}
	return nil
}

// refusal is an error of OAuth's. Only its code is kept: a description may quote what was sent.
type refusal struct {
	status int
	code   string
}

func (e *refusal) Error() string {
	if e.code == "" {
		return fmt.Sprintf("status %d", e.status)
	}
	return fmt.Sprintf("status %d, %s", e.status, e.code)
}

func answered(status int, raw []byte) error {
	var body struct {
		Error string `json:"error"`
	}
	_ = json.Unmarshal(raw, &body) // what is no JSON has no code
	e := &refusal{status: status}
	if slices.Contains([]string{"invalid_grant", "invalid_client", "invalid_request", "unauthorized_client", "invalid_scope",
		"unsupported_grant_type", "invalid_redirect_uri", "invalid_client_metadata", "invalid_target", "access_denied"}, body.Error) {
		e.code = body.Error
	}
	return e
}
