// Package flows owns the record of a sign-in under way: who asks for what, in which browser, and
// how far the user has come. It seals each flow to its browser, and gives HeyGen's tokens back
// where nobody finishes one. It knows no pages.
package flows

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"heygen-mcp/auth/broker/browsers"
	"heygen-mcp/auth/broker/grants"
	"heygen-mcp/auth/broker/limits"
	"heygen-mcp/auth/broker/protocol"
	"heygen-mcp/auth/broker/registry"
	"heygen-mcp/auth/broker/secrets"
	"heygen-mcp/auth/clients"
	"heygen-mcp/auth/credential"
	"heygen-mcp/auth/store"
	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/internal/seal"
)

// Flow is one sign-in under way. It is stored sealed to the browser's cookie, under the hash of its
// id.
type Flow struct {
	ID      string    `json:"-"`
	Expires time.Time `json:"expires"`
	// Return is the path of ours that a sign-in without a client leads to; "" is /connections.
	Return string `json:"return,omitempty"`
	// Client asks for Scopes; nil is a sign-in to a page of ours. Its id alone is stored.
	Client   *clients.Client `json:"-"`
	ClientID string          `json:"client_id,omitempty"`
	Scopes   []string        `json:"scopes,omitempty"`
	Redirect string          `json:"redirect,omitempty"`
	// Implied says that the client left its redirect URI out, as it has only one.
	Implied   bool       `json:"implied,omitempty"`
	State     string     `json:"state,omitempty"`
	Challenge string     `json:"challenge,omitempty"`
	Device    *DeviceRef `json:"device,omitempty"`
	// Again is the grant that the user may go on with instead of signing in.
	Again string `json:"again,omitempty"`
	// Nonce and Verifier belong to the way to HeyGen and back; SentAs is the client id under which
	// the user went.
	Nonce    string `json:"nonce,omitempty"`
	Verifier string `json:"verifier,omitempty"`
	SentAs   string `json:"sent_as,omitempty"`
	// Credential and Account are what the user has signed in with.
	Credential *grants.SealedCredential `json:"held,omitempty"`
	Account    *credential.Account      `json:"account,omitempty"`
}

// DeviceRef is the device whose sign-in a flow is.
type DeviceRef struct {
	ID     store.Hash `json:"id"`
	Public []byte     `json:"public"`
}

// Lifetime is how long a sign-in may take: a user looks for their API key.
const Lifetime = 15 * time.Minute

// Why a flow does not go on. A page says it in its own words.
var (
	ErrClientGone = errors.New("the client is not known any more")
	ErrGone       = errors.New("the sign-in has ended, or belongs to another browser")
)

// Flows keeps the sign-ins under way. Make it with New.
type Flows struct {
	store     store.Store
	clients   *registry.Clients
	limits    *limits.Limiters
	abandoned *Abandoned
	clock     func() time.Time
}

// New makes a Flows.
func New(
	records store.Store, known *registry.Clients, l *limits.Limiters, a *Abandoned,
	clock func() time.Time) *Flows {
	return &Flows{store: records, clients: known, limits: l, abandoned: a, clock: clock}
}

// AskingClient is the id of the client that asks; "" is a sign-in to a page of ours.
func (f Flow) AskingClient() string {
	if f.Client == nil {
		return ""
	}
	return f.Client.ID
}

// Begin makes a flow that belongs to a browser.
func (b *Flows) Begin(ctx context.Context, who browsers.Browser, f Flow) (Flow, error) {
	if wait := b.limits.TakeForBrowser(ctx, who.ID, b.limits.Flows); wait > 0 {
		return f, &protocol.BusyError{
			Wait: wait,
			Key:  "fault.busy_people",
			Why:  "too many people are signing in on this server now. Wait a moment and try again",
		}
	}
	if err := b.clients.KeepDocument(ctx, f.Client, b.clock().Add(Lifetime)); err != nil {
		return f, err
	}
	f.ID, f.Expires = secrets.New(""), b.clock().Add(Lifetime)
	if err := b.Keep(ctx, who, f); err != nil {
		return f, err
	}
	b.limits.CountRow(ctx)
	return f, nil
}

// Keep seals and stores a flow.
func (b *Flows) Keep(ctx context.Context, who browsers.Browser, f Flow) error {
	f.ClientID = f.AskingClient()
	plain, err := jsonwrite.Marshal(f)
	if err != nil {
		return fmt.Errorf("flows: write a flow: %w", err)
	}
	key, err := seal.Derive(who.Secret, secrets.FlowPurpose)
	if err != nil {
		return err
	}
	sealed, err := key.Seal(plain, f.ID)
	if err != nil {
		return err
	}
	record := store.Flow{
		ID: Hash(f.ID), Sealed: sealed, Used: f.Credential != nil, Expires: f.Expires,
	}
	if f.Credential == nil || f.Credential.IsKey() {
		return b.store.PutFlow(ctx, record)
	}
	record.Expires = f.Expires.Add(unansweredSlack) // flow refuses it all the same
	if err := b.store.PutFlow(ctx, record); err != nil {
		return err
	}
	b.abandoned.put(record.ID, signIn{credential: *f.Credential, sealed: sealed, due: f.Expires})
	return nil
}

// Hash is the key under which a flow is stored.
func Hash(id string) store.Hash { return secrets.Hash(id, secrets.FlowPurpose) }

// Find finds a browser's flow. Another browser's does not open, so that nobody finishes what
// somebody else began.
func (b *Flows) Find(ctx context.Context, who browsers.Browser, id string) (Flow, error) {
	if id == "" || len(id) > secrets.Longest {
		return Flow{}, ErrGone
	}
	record, err := b.store.Flow(ctx, Hash(id), b.clock())
	if errors.Is(err, store.ErrNotFound) {
		return Flow{}, ErrGone
	}
	if err != nil {
		return Flow{}, err
	}
	for i, secret := range who.Secrets() {
		f, err := openFlow(secret, id, record.Sealed)
		if errors.Is(err, ErrGone) {
			continue
		}
		if err == nil && !b.clock().Before(f.Expires) {
			return Flow{}, ErrGone
		}
		if err == nil && f.Credential != nil {
			err = b.mayFinish(ctx, who, f, secret, i > 0)
		}
		if err == nil {
			err = b.FindClient(ctx, &f)
		}
		return f, err
	}
	return Flow{}, ErrGone
}

// mayFinish says whether a flow in which somebody has signed in may go on, with ErrGone where not.
// One that is sealed to an earlier secret of the browser's may where it is the account that has
// signed in here since: an earlier secret can have been planted, together with a flow in which
// somebody else had signed in. A page that was made for another secret than the flow's may not.
func (b *Flows) mayFinish(
	ctx context.Context, who browsers.Browser, f Flow, secret string, earlier bool) error {
	if who.Late != "" && who.Late != secret {
		return ErrGone
	}
	if !earlier {
		return nil
	}
	s, err := b.store.Session(ctx, who.ID, b.clock())
	if errors.Is(err, store.ErrNotFound) ||
		err == nil && (f.Account == nil || s.Account != grants.HashAccount(f.Account.ID)) {
		return ErrGone
	}
	return err
}

// openFlow reads a flow with the secret that it is sealed to; ErrGone is for another secret.
func openFlow(secret, id string, sealed []byte) (f Flow, err error) {
	key, err := seal.Derive(secret, secrets.FlowPurpose)
	if err != nil {
		return Flow{}, err
	}
	plain, err := key.Open(sealed, id)
	if err != nil {
		return Flow{}, ErrGone
	}
	if err := json.Unmarshal(plain, &f); err != nil {
		return Flow{}, fmt.Errorf("flows: read a flow: %w", err)
	}
	f.ID = id
	return f, nil
}

// FindClient loads the client of a flow. It may have changed since it asked: where it may be sent
// back to is judged again.
func (b *Flows) FindClient(ctx context.Context, f *Flow) error {
	if f.ClientID == "" {
		if f.Redirect != "" || f.Device != nil {
			return ErrGone // a version of this program before wrote it
		}
		return nil
	}
	c, err := b.clients.Find(ctx, f.ClientID, false)
	switch {
	case errors.Is(err, registry.ErrUnknownClient), errors.Is(err, clients.ErrDocument):
		return ErrClientGone
	case err != nil:
		return err
	case f.Device == nil && !c.Allows(f.Redirect):
		return ErrClientGone
	}
	f.Client = &c.Client
	return nil
}
