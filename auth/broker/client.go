package broker

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
	"golang.org/x/sync/singleflight"

	"heygen-mcp/auth/clients"
	"heygen-mcp/auth/store"
)

// known is a client with the hash of its secret.
type known struct {
	clients.Client
	secret store.Hash
}

// errUnknownClient is for whoever asks under an id that is not known here.
var errUnknownClient = errors.New("this client is not known here; it may have been deleted, and can register again")

// errManyDocuments is for a moment in which more documents are asked for than clients have.
var errManyDocuments = fmt.Errorf("%w: too many are being fetched now; try again in a moment", clients.ErrDocument)

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
func (b *Broker) client(ctx context.Context, id string, fresh bool) (known, error) {
	if c, ok := b.static[id]; ok {
		k := known{Client: c.Client}
		if c.Secret != "" {
			k.secret = hashOf(c.Secret, clientPurpose)
		}
		return k, nil
	}
	if len(id) > 2000 || id == "" || !isText(id) {
		return known{}, errUnknownClient
	}
	if fresh && clients.IsDocument(id) {
		c, err := b.documents.get(ctx, id)
		if err != nil {
			return known{}, err
		}
		return known{Client: c}, nil
	}
	record, err := b.cfg.Store.Client(ctx, id, b.cfg.Clock())
	switch {
	case errors.Is(err, store.ErrNotFound) && clients.IsDocument(id):
		return b.client(ctx, id, true)
	case errors.Is(err, store.ErrNotFound):
		return known{}, errUnknownClient
	case err != nil:
		return known{}, err
	}
	k := known{secret: record.Secret}
	if err := json.Unmarshal(record.Document, &k.Client); err != nil {
		return known{}, fmt.Errorf("broker: the record of a client: %w", err)
	}
	return k, nil
}

// keepClient stores a client, or makes a stored one live on.
func (b *Broker) keepClient(ctx context.Context, k known, life time.Duration) error {
	if k.Source == clients.Static {
		return nil
	}
	document, err := json.Marshal(k.Client)
	if err != nil {
		return fmt.Errorf("broker: the record of a client: %w", err)
	}
	return b.cfg.Store.PutClient(ctx, store.Client{ID: k.ID, Document: document, Secret: k.secret, Expires: b.cfg.Clock().Add(life)})
}

// documents remembers documents for as long as their headers allow, and failures for a short while.
type documents struct {
	web    *http.Client
	policy clients.Policy
	clock  func() time.Time
	turns  *bucket // fetches: a stranger who names addresses must not make this server ask for them without end
	calls  singleflight.Group

	mu    sync.Mutex
	known map[string]document
}

type document struct {
	client clients.Client
	err    error
	until  time.Time
}

const (
	// mostDocuments bounds what is remembered; there are a few dozen such clients in the world.
	mostDocuments = 500
	// failedFresh keeps a client whose site is down from being asked for at each click.
	failedFresh = 15 * time.Second
)

func newDocuments(web *http.Client, policy clients.Policy, clock func() time.Time) *documents {
	return &documents{web: web, policy: policy, clock: clock, turns: newBucket(clock, 60, time.Second), known: map[string]document{}}
}

func (d *documents) get(ctx context.Context, id string) (clients.Client, error) {
	if known, ok := d.recall(id); ok {
		return known.client, known.err
	}
	if !d.turns.take() {
		return clients.Client{}, errManyDocuments
	}
	_, _, _ = d.calls.Do(id, func() (any, error) {
		// It outlives the person who happens to be first, for the sake of those who wait; the client bounds its time.
		c, fresh, err := d.policy.Fetch(context.WithoutCancel(ctx), d.web, id)
		if err != nil {
			fresh = failedFresh
		}
		d.keep(id, document{client: c, err: err, until: d.clock().Add(fresh)})
		return nil, nil
	})
	known, ok := d.recall(id)
	if !ok {
		return clients.Client{}, errUnknownClient
	}
	return known.client, known.err
}

func (d *documents) recall(id string) (document, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	known, ok := d.known[id]
	return known, ok && d.clock().Before(known.until)
}

func (d *documents) keep(id string, doc document) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.known) >= mostDocuments {
		clear(d.known)
	}
	d.known[id] = doc
}

// face is a client as the library wants one. It says yes to everything that the library would judge and that is
// judged in this package instead; the redirect URI it names is the one that was found to be the client's.
type face struct {
	known
	redirect string
	response oidc.ResponseType
}

var _ op.Client = face{}

func (f face) GetID() string                                              { return f.ID }
func (f face) RedirectURIs() []string                                     { return []string{f.redirect} }
func (face) PostLogoutRedirectURIs() []string                             { return nil }
func (face) ApplicationType() op.ApplicationType                          { return op.ApplicationTypeNative }
func (f face) AuthMethod() oidc.AuthMethod                                { return oidc.AuthMethod(f.Method) }
func (f face) ResponseTypes() []oidc.ResponseType                         { return []oidc.ResponseType{f.response} }
func (face) LoginURL(string) string                                       { return "" }
func (face) AccessTokenType() op.AccessTokenType                          { return op.AccessTokenTypeBearer }
func (face) IDTokenLifetime() time.Duration                               { return 0 }
func (face) DevMode() bool                                                { return false }
func (face) IsScopeAllowed(string) bool                                   { return true }
func (face) IDTokenUserinfoClaimsAssertion() bool                         { return false }
func (face) ClockSkew() time.Duration                                     { return 0 }
func (face) RestrictAdditionalIdTokenScopes() func([]string) []string     { return same } //nolint:revive // the library spells it so
func (face) RestrictAdditionalAccessTokenScopes() func([]string) []string { return same }
func (face) GrantTypes() []oidc.GrantType {
	return []oidc.GrantType{oidc.GrantTypeCode, oidc.GrantTypeRefreshToken, oidc.GrantTypeDeviceCode}
}

func same(s []string) []string { return s }
