package broker

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"

	"heygen-mcp/auth/clients"
	"heygen-mcp/auth/store"
)

// storedClient is a client with the hash of its secret.
type storedClient struct {
	clients.Client
	secret store.Hash
	used   bool // a person has agreed to it
}

// errUnknownClient is for whoever asks under an id that is not known here.
var errUnknownClient = errors.New("this client is not known here; it may have been deleted, and can register again")

// longestID bounds a client id; ours have some fifty characters, and addresses of documents under a hundred.
const longestID = 500

// checkStatic checks a client from the settings.
func checkStatic(c StaticClient) error {
	switch {
	case c.ID == "" || clients.IsDocument(c.ID):
		return errors.New("client_id must be given, and be no https URL")
	case len(c.Redirects) == 0:
		return errors.New("redirect_uris is missing")
	case c.Public() != (c.Secret == ""):
		return errors.New("a client has a secret exactly when its token_endpoint_auth_method is not none")
	case c.Method != clients.MethodNone && c.Method != clients.MethodBasic && c.Method != clients.MethodPost:
		return fmt.Errorf("token_endpoint_auth_method %q: it is none, client_secret_basic or client_secret_post", c.Method)
	}
	// What the operator wrote is allowed by that; only what nobody may be sent to is refused.
	for _, uri := range c.Redirects {
		if !c.Allows(uri) {
			return fmt.Errorf("redirect URI %q is not one that can be used", uri)
		}
	}
	return nil
}

// client finds a client. fresh demands what its document says now, rather than what it said when it was last read: so
// a token request does not hang on the client's web site.
func (b *Broker) client(ctx context.Context, id string, fresh bool) (storedClient, error) {
	if c, ok := b.static[id]; ok {
		k := storedClient{Client: c.Client}
		if c.Secret != "" {
			k.secret = hashOf(c.Secret, clientPurpose)
		}
		return k, nil
	}
	if len(id) > longestID || id == "" || !isText(id) {
		return storedClient{}, errUnknownClient
	}
	if fresh && clients.IsDocument(id) {
		return b.fetched(ctx, id)
	}
	k, err := b.stored(ctx, id)
	if errors.Is(err, errUnknownClient) && clients.IsDocument(id) {
		return b.client(ctx, id, true)
	}
	return k, err
}

// stored finds a client's record.
func (b *Broker) stored(ctx context.Context, id string) (storedClient, error) {
	record, err := b.cfg.Store.Client(ctx, id, b.cfg.Clock())
	if errors.Is(err, store.ErrNotFound) {
		return storedClient{}, errUnknownClient
	}
	if err != nil {
		return storedClient{}, err
	}
	k := storedClient{secret: record.Secret, used: record.Used}
	if err := json.Unmarshal(record.Document, &k.Client); err != nil {
		return storedClient{}, fmt.Errorf("broker: the record of a client: %w", err)
	}
	return k, nil
}

// fetched finds a client's document. While strangers use up what may be fetched, a client that people use is served by
// what its document said before.
func (b *Broker) fetched(ctx context.Context, id string) (storedClient, error) {
	if doc, ok := b.documents.recall(id); ok {
		return storedClient{Client: doc.client}, doc.err
	}
	record, err := b.stored(ctx, id)
	if err != nil && !errors.Is(err, errUnknownClient) {
		return storedClient{}, err
	}
	c, fetchErr := b.documents.get(ctx, id, record.used)
	if _, busy := errors.AsType[*busyError](fetchErr); busy && err == nil {
		return record, nil
	}
	return storedClient{Client: c}, fetchErr
}

// keepClient stores a client, or makes a stored one live on.
func (b *Broker) keepClient(ctx context.Context, k storedClient, life time.Duration) error {
	if k.Source == clients.Static {
		return nil
	}
	document, err := compact(k.Client)
	if err != nil {
		return fmt.Errorf("broker: the record of a client: %w", err)
	}
	used := life == usedClient
	err = b.cfg.Store.PutClient(ctx, store.Client{ID: k.ID, Document: document, Secret: k.secret, Used: used, Expires: b.cfg.Clock().Add(life)})
	if err == nil && !used {
		b.trimmed(ctx)
	}
	return err
}

// keepDocument stores what a client's document says, where a sign-in begins: the flow has the client's id alone, and
// its site may not be there by the time the person answers.
func (b *Broker) keepDocument(ctx context.Context, c *clients.Client) error {
	if c == nil || c.Source != clients.Document {
		return nil
	}
	document, err := compact(c)
	if err != nil {
		return fmt.Errorf("broker: the record of a client: %w", err)
	}
	record, err := b.cfg.Store.Client(ctx, c.ID, b.cfg.Clock().Add(flowLifetime))
	if err == nil && bytes.Equal(record.Document, document) {
		return nil
	}
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	return b.keepClient(ctx, storedClient{Client: *c}, unusedClient)
}

// compact writes JSON without the escapes for HTML, which would make six bytes of one.
func compact(v any) ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimRight(out.Bytes(), "\n"), err
}

// oidcClient is a client as the library wants one. It says yes to everything that the library would judge and that is
// judged in this package instead; the redirect URI it names is the one that was found to be the client's.
type oidcClient struct {
	storedClient
	redirect string
	response oidc.ResponseType
}

var _ op.Client = oidcClient{}

func (f oidcClient) GetID() string                                              { return f.ID }
func (f oidcClient) RedirectURIs() []string                                     { return []string{f.redirect} }
func (oidcClient) PostLogoutRedirectURIs() []string                             { return nil }
func (oidcClient) ApplicationType() op.ApplicationType                          { return op.ApplicationTypeNative }
func (f oidcClient) AuthMethod() oidc.AuthMethod                                { return oidc.AuthMethod(f.Method) }
func (f oidcClient) ResponseTypes() []oidc.ResponseType                         { return []oidc.ResponseType{f.response} }
func (oidcClient) LoginURL(string) string                                       { return "" }
func (oidcClient) AccessTokenType() op.AccessTokenType                          { return op.AccessTokenTypeBearer }
func (oidcClient) IDTokenLifetime() time.Duration                               { return 0 }
func (oidcClient) DevMode() bool                                                { return false }
func (oidcClient) IsScopeAllowed(string) bool                                   { return true }
func (oidcClient) IDTokenUserinfoClaimsAssertion() bool                         { return false }
func (oidcClient) ClockSkew() time.Duration                                     { return 0 }
func (oidcClient) RestrictAdditionalIdTokenScopes() func([]string) []string     { return same } //nolint:revive // the library spells it so
func (oidcClient) RestrictAdditionalAccessTokenScopes() func([]string) []string { return same }
func (oidcClient) GrantTypes() []oidc.GrantType {
	return []oidc.GrantType{oidc.GrantTypeCode, oidc.GrantTypeRefreshToken, oidc.GrantTypeDeviceCode}
}

func same(s []string) []string { return s }
