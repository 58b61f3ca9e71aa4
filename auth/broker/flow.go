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
	// Client asks for Scopes; nil is a sign-in to /connections.
	Client   *clients.Client `json:"client,omitempty"`
	Scopes   []string        `json:"scopes,omitempty"`
	Redirect string          `json:"redirect,omitempty"`
	// Implied says that the client left its redirect URI out, as it has only one.
	Implied   bool      `json:"implied,omitempty"`
	State     string    `json:"state,omitempty"`
	Challenge string    `json:"challenge,omitempty"`
	Device    *ofDevice `json:"device,omitempty"`
	// Again is the grant that the person may go on with instead of signing in.
	Again string `json:"again,omitempty"`
	// Nonce and Verifier belong to the way to HeyGen and back; SentAs is the client id under which the person went.
	Nonce    string `json:"nonce,omitempty"`
	Verifier string `json:"verifier,omitempty"`
	SentAs   string `json:"sent_as,omitempty"`
	// Held and Account are what the person has signed in with.
	Held    *held    `json:"held,omitempty"`
	Account *Account `json:"account,omitempty"`
}

// ofDevice is the device that a flow answers.
type ofDevice struct {
	ID     store.Hash `json:"id"`
	Public []byte     `json:"public"`
}

// held is HeyGen's credential as it is sealed: an API key, or the tokens of a sign-in.
type held struct {
	Key     string    `json:"key,omitempty"`
	Client  string    `json:"client,omitempty"` // of this server's at HeyGen
	Access  string    `json:"access,omitempty"`
	Refresh string    `json:"refresh,omitempty"`
	Expires time.Time `json:"expires,omitzero"`
}

// String keeps the secrets out of whatever prints one by mistake.
func (held) String() string { return "[credential]" }

// GoString does the same for %#v.
func (held) GoString() string { return "[credential]" }

// heldTokens are a sign-in's tokens as they are sealed.
func heldTokens(t upstream.Tokens) held {
	return held{Client: t.Client, Access: t.Access, Refresh: t.Refresh, Expires: t.Expires}
}

func (h held) tokens() upstream.Tokens {
	return upstream.Tokens{Client: h.Client, Access: h.Access, Refresh: h.Refresh, Expires: h.Expires}
}

// credential is what HeyGen is shown.
func (h held) credential() Credential {
	if h.Key != "" {
		return Credential{Key: true, Secret: h.Key}
	}
	return Credential{Secret: h.Access}
}

// newFlow makes a flow that belongs to a browser.
func (b *Broker) newFlow(ctx context.Context, who browser, f flow) (flow, error) {
	if !b.limits.flows.take() {
		return f, errBusy
	}
	f.ID, f.Expires = secret(""), b.cfg.Clock().Add(flowLifetime)
	return f, b.keepFlow(ctx, who, f)
}

// keepFlow seals and stores a flow.
func (b *Broker) keepFlow(ctx context.Context, who browser, f flow) error {
	plain, err := json.Marshal(f)
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
	return b.cfg.Store.PutFlow(ctx, store.Flow{ID: flowHash(f.ID), Sealed: sealed, Expires: f.Expires})
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
	key, err := seal.Derive(who.secret, flowPurpose)
	if err != nil {
		return flow{}, err
	}
	plain, err := key.Open(record.Sealed, id)
	if err != nil {
		return flow{}, errFlowGone
	}
	f := flow{}
	if err := json.Unmarshal(plain, &f); err != nil {
		return flow{}, fmt.Errorf("broker: read a flow: %w", err)
	}
	f.ID = id
	return f, nil
}

// at is the address of a page of a flow.
func (b *Broker) at(path string, f flow) string {
	return b.url(path) + "?" + url.Values{"flow": {f.ID}}.Encode()
}

// hidden is what the forms of a flow's page carry.
func (b *Broker) hidden(who browser, path string, f flow) pages.Hidden {
	return pages.Hidden{Action: b.url(path), Flow: f.ID, CSRF: csrf(who, f.ID)}
}

// asker is the id of the client that asks; "" is a sign-in to /connections.
func (f flow) asker() string {
	if f.Client == nil {
		return ""
	}
	return f.Client.ID
}

// back is the client's redirect URI with an answer.
func (b *Broker) back(f flow, answer url.Values) (string, error) {
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
