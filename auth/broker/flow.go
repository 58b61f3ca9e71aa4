package broker

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"time"

	"heygen-mcp/auth/clients"
	"heygen-mcp/auth/pages"
	"heygen-mcp/auth/store"
	"heygen-mcp/auth/upstream"
	"heygen-mcp/internal/seal"
)

// flow is one sign-in under way. It is stored sealed to the browser's cookie, under the hash of its id.
type flow struct {
	ID      string    `json:"-"`
	Expires time.Time `json:"expires"`
	// Client asks for Scopes; nil is a sign-in to /connections. Its id alone is stored.
	Client   *clients.Client `json:"-"`
	ClientID string          `json:"client_id,omitempty"`
	Scopes   []string        `json:"scopes,omitempty"`
	Redirect string          `json:"redirect,omitempty"`
	// Implied says that the client left its redirect URI out, as it has only one.
	Implied   bool      `json:"implied,omitempty"`
	State     string    `json:"state,omitempty"`
	Challenge string    `json:"challenge,omitempty"`
	Device    *deviceRef `json:"device,omitempty"`
	// Again is the grant that the person may go on with instead of signing in.
	Again string `json:"again,omitempty"`
	// Nonce and Verifier belong to the way to HeyGen and back; SentAs is the client id under which the person went.
	Nonce    string `json:"nonce,omitempty"`
	Verifier string `json:"verifier,omitempty"`
	SentAs   string `json:"sent_as,omitempty"`
	// Held and Account are what the person has signed in with.
	Held    *sealedCredential    `json:"held,omitempty"`
	Account *Account `json:"account,omitempty"`
}

// deviceRef is the device that a flow answers.
type deviceRef struct {
	ID     store.Hash `json:"id"`
	Public []byte     `json:"public"`
}

// sealedCredential is HeyGen's credential as it is sealed: an API key, or the tokens of a sign-in.
type sealedCredential struct {
	Key     string    `json:"key,omitempty"`
	Client  string    `json:"client,omitempty"` // of this server's at HeyGen
	Access  string    `json:"access,omitempty"`
	Refresh string    `json:"refresh,omitempty"`
	Expires time.Time `json:"expires,omitzero"`
}

// String keeps the secrets out of whatever prints one by mistake.
func (sealedCredential) String() string { return "[credential]" }

// GoString does the same for %#v.
func (sealedCredential) GoString() string { return "[credential]" }

// sealedTokens are a sign-in's tokens as they are sealed.
func sealedTokens(t upstream.Tokens) sealedCredential {
	return sealedCredential{Client: t.Client, Access: t.Access, Refresh: t.Refresh, Expires: t.Expires}
}

func (h sealedCredential) tokens() upstream.Tokens {
	return upstream.Tokens{Client: h.Client, Access: h.Access, Refresh: h.Refresh, Expires: h.Expires}
}

// credential is what HeyGen is shown.
func (h sealedCredential) credential() Credential {
	if h.Key != "" {
		return Credential{Key: true, Secret: h.Key}
	}
	return Credential{Secret: h.Access}
}

// newFlow makes a flow that belongs to a browser.
func (b *Broker) newFlow(ctx context.Context, who browser, f flow) (flow, error) {
	if wait := b.takeForPerson(ctx, who, b.limits.flows); wait > 0 {
		return f, &busyError{wait, "too many people are signing in on this server now. Wait a moment and try again"}
	}
	if err := b.keepDocument(ctx, f.Client); err != nil {
		return f, err
	}
	f.ID, f.Expires = secret(""), b.cfg.Clock().Add(flowLifetime)
	if err := b.keepFlow(ctx, who, f); err != nil {
		return f, err
	}
	b.trimmed(ctx)
	return f, nil
}

// keepFlow seals and stores a flow.
func (b *Broker) keepFlow(ctx context.Context, who browser, f flow) error {
	f.ClientID = f.clientID()
	plain, err := compact(f)
	if err != nil {
		return fmt.Errorf("broker: write a flow: %w", err)
	}
	key, err := seal.Derive(who.secret, flowPurpose)
	if err != nil {
		return err
	}
	sealed, err := key.Seal(plain, f.ID)
	if err != nil {
		return err
	}
	record := store.Flow{ID: flowHash(f.ID), Sealed: sealed, Used: f.Held != nil, Expires: f.Expires}
	if f.Held == nil || f.Held.Key != "" {
		return b.cfg.Store.PutFlow(ctx, record)
	}
	record.Expires = f.Expires.Add(unansweredSlack) // flow refuses it all the same
	if err := b.cfg.Store.PutFlow(ctx, record); err != nil {
		return err
	}
	b.unanswered.put(record.ID, signIn{held: *f.Held, sealed: sealed, due: f.Expires})
	return nil
}

func flowHash(id string) store.Hash { return hashOf(id, flowPurpose) }

// flow finds a browser's flow. Another browser's does not open, so that nobody finishes what somebody else began.
func (b *Broker) flow(ctx context.Context, who browser, id string) (flow, error) {
	if id == "" || len(id) > longestSecret {
		return flow{}, errFlowGone
	}
	record, err := b.cfg.Store.Flow(ctx, flowHash(id), b.cfg.Clock())
	if errors.Is(err, store.ErrNotFound) {
		return flow{}, errFlowGone
	}
	if err != nil {
		return flow{}, err
	}
	for i, secret := range append([]string{who.secret}, who.before...) {
		f, err := openFlow(secret, id, record.Sealed)
		if errors.Is(err, errFlowGone) {
			continue
		}
		if err == nil && !b.cfg.Clock().Before(f.Expires) {
			return flow{}, errFlowGone
		}
		if err == nil && f.Held != nil {
			err = b.mayFinish(ctx, who, f, secret, i > 0)
		}
		if err == nil {
			err = b.findClient(ctx, &f)
		}
		return f, err
	}
	return flow{}, errFlowGone
}

// mayFinish says whether a flow in which somebody has signed in may go on, with errFlowGone where not. One that is sealed to
// an earlier secret of the browser's may where it is the account that has signed in here since: an earlier secret can have
// been planted, together with a flow in which somebody else had signed in. A page that was made for another secret than
// the flow's may not.
func (b *Broker) mayFinish(ctx context.Context, who browser, f flow, secret string, earlier bool) error {
	if who.late != "" && who.late != secret {
		return errFlowGone
	}
	if !earlier {
		return nil
	}
	s, err := b.cfg.Store.Session(ctx, who.id, b.cfg.Clock())
	if errors.Is(err, store.ErrNotFound) || err == nil && (f.Account == nil || s.Account != hashOf(f.Account.ID, accountPurpose)) {
		return errFlowGone
	}
	return err
}

// openFlow reads a flow with the secret that it is sealed to; errFlowGone is for another secret.
func openFlow(secret, id string, sealed []byte) (f flow, err error) {
	key, err := seal.Derive(secret, flowPurpose)
	if err != nil {
		return flow{}, err
	}
	plain, err := key.Open(sealed, id)
	if err != nil {
		return flow{}, errFlowGone
	}
	if err := json.Unmarshal(plain, &f); err != nil {
		return flow{}, fmt.Errorf("broker: read a flow: %w", err)
	}
	f.ID = id
	return f, nil
}

// findClient loads the client of a flow. It may have changed since it asked: where it may be sent back to is judged again.
func (b *Broker) findClient(ctx context.Context, f *flow) error {
	if f.ClientID == "" {
		if f.Redirect != "" || f.Device != nil {
			return errFlowGone // a version of this program before wrote it
		}
		return nil
	}
	c, err := b.client(ctx, f.ClientID, false)
	switch {
	case errors.Is(err, errUnknownClient), errors.Is(err, clients.ErrDocument):
		return errClientGone
	case err != nil:
		return err
	case f.Device == nil && !c.Allows(f.Redirect):
		return errClientGone
	}
	f.Client = &c.Client
	return nil
}

// pageURL is the address of a page of a flow.
func (b *Broker) pageURL(path string, f flow) string {
	return b.url(path) + "?" + url.Values{"flow": {f.ID}}.Encode()
}

// hidden is what the forms of a flow's page carry.
func (b *Broker) hidden(who browser, path string, f flow) pages.Hidden {
	return pages.Hidden{Action: b.url(path), Flow: f.ID, CSRF: csrf(who.secret, f.ID)}
}

// clientID is the id of the client that asks; "" is a sign-in to /connections.
func (f flow) clientID() string {
	if f.Client == nil {
		return ""
	}
	return f.Client.ID
}

// clientRedirect is the client's redirect URI with an answer.
func (b *Broker) clientRedirect(f flow, answer url.Values) (string, error) {
	u, err := url.Parse(f.Redirect)
	if err != nil {
		return "", fmt.Errorf("broker: a redirect URI: %w", err)
	}
	q, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return "", fmt.Errorf("broker: the query of a redirect URI: %w", err)
	}
	maps.Copy(q, answer)
	if f.State != "" {
		q.Set("state", f.State)
	}
	b.addIssuer(q)
	u.RawQuery = q.Encode()
	return u.String(), nil
}
