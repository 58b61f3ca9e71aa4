// Package registry owns the clients: those from the settings, those that registered, and those that
// a document describes. It knows who a client is, and not what it may do or who signed in to it.
//
// Reading order: client.go, static.go, register.go and documents.go (the three kinds), oidcclient.go.
package registry

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"heygen-mcp/auth/broker/limits"
	"heygen-mcp/auth/broker/protocol"
	"heygen-mcp/auth/clients"
	"heygen-mcp/auth/store"
	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/internal/limit"
)

// How long a registration lives: one that no sign-in follows is gone after an hour, and one that
// was used half a year after its last use.
const (
	UnusedLifetime = time.Hour
	UsedLifetime   = 180 * 24 * time.Hour
)

// Clients finds clients, wherever they are from. Make it with New.
type Clients struct {
	static    map[string]StoredClient
	documents *documents
	store     store.Store
	clock     func() time.Time
	limits    *limits.Limiters
}

// Config is what Clients are made of.
type Config struct {
	Static    []Static
	Policy    clients.Policy
	Documents *http.Client // fetches clients' documents
	Fetches   limit.Levels // of documents
	Store     store.Store
	Limits    *limits.Limiters
	Clock     func() time.Time
}

// New makes Clients, or says everything that is wrong with the static ones.
func New(cfg Config) (*Clients, error) {
	c := &Clients{
		static: map[string]StoredClient{}, store: cfg.Store, clock: cfg.Clock, limits: cfg.Limits,
		documents: newDocuments(cfg.Documents, cfg.Policy, cfg.Clock, cfg.Fetches),
	}
	var faults []error
	for _, s := range cfg.Static {
		known, err := s.client()
		if err != nil {
			faults = append(faults, fmt.Errorf("registry: client %q: %w", s.ID, err))
		}
		c.static[s.ID] = known
	}
	return c, errors.Join(faults...)
}

// StoredClient is a client with the hash of its secret.
type StoredClient struct {
	clients.Client
	Secret store.Hash
	Used   bool // a user has agreed to it
}

// ErrUnknownClient is for whoever asks under an id that is not known here.
var ErrUnknownClient = errors.New(
	"this client is not known here; it may have been deleted, and can register again",
)

// longestID bounds a client id; ours have some fifty characters, and addresses of documents under a
// hundred.
const longestID = 500

// Find finds a client. fresh demands what its document says now, rather than what it said when it
// was last read: so a token request does not hang on the client's web site.
func (c *Clients) Find(ctx context.Context, id string, fresh bool) (StoredClient, error) {
	if known, ok := c.static[id]; ok {
		return known, nil
	}
	if len(id) > longestID || id == "" || !protocol.IsText(id) {
		return StoredClient{}, ErrUnknownClient
	}
	if fresh && clients.IsDocument(id) {
		return c.fetched(ctx, id)
	}
	k, err := c.stored(ctx, id)
	if errors.Is(err, ErrUnknownClient) && clients.IsDocument(id) {
		return c.Find(ctx, id, true)
	}
	return k, err
}

// stored finds a client's record.
func (c *Clients) stored(ctx context.Context, id string) (StoredClient, error) {
	record, err := c.store.Client(ctx, id, c.clock())
	if errors.Is(err, store.ErrNotFound) {
		return StoredClient{}, ErrUnknownClient
	}
	if err != nil {
		return StoredClient{}, err
	}
	k := StoredClient{Secret: record.Secret, Used: record.Used}
	if err := json.Unmarshal(record.Document, &k.Client); err != nil {
		return StoredClient{}, fmt.Errorf("registry: the record of a client: %w", err)
	}
	return k, nil
}

// fetched finds a client's document. While other callers use up what may be fetched, a client that
// users use is served by what its document said before.
func (c *Clients) fetched(ctx context.Context, id string) (StoredClient, error) {
	if doc, ok := c.documents.recall(id); ok {
		return StoredClient{Client: doc.client}, doc.err
	}
	record, err := c.stored(ctx, id)
	if err != nil && !errors.Is(err, ErrUnknownClient) {
		return StoredClient{}, err
	}
	fetched, fetchErr := c.documents.get(ctx, id, record.Used)
	if _, busy := errors.AsType[*protocol.BusyError](fetchErr); busy && err == nil {
		return record, nil
	}
	return StoredClient{Client: fetched}, fetchErr
}

// Keep stores a client, or makes a stored one live on.
func (c *Clients) Keep(ctx context.Context, k StoredClient, life time.Duration) error {
	if k.Source == clients.Static {
		return nil
	}
	document, err := jsonwrite.Marshal(k.Client)
	if err != nil {
		return fmt.Errorf("registry: the record of a client: %w", err)
	}
	used := life == UsedLifetime
	err = c.store.PutClient(ctx, store.Client{
		ID: k.ID, Document: document, Secret: k.Secret, Used: used, Expires: c.clock().Add(life),
	})
	if err == nil && !used {
		c.limits.CountRow(ctx)
	}
	return err
}

// KeepDocument stores what a client's document says, where a sign-in begins: the flow has the
// client's id alone, and its site may not be there by the time the user answers. The record lives
// until then at least.
func (c *Clients) KeepDocument(ctx context.Context, asks *clients.Client, until time.Time) error {
	if asks == nil || asks.Source != clients.Document {
		return nil
	}
	document, err := jsonwrite.Marshal(asks)
	if err != nil {
		return fmt.Errorf("registry: the record of a client: %w", err)
	}
	record, err := c.store.Client(ctx, asks.ID, until)
	if err == nil && bytes.Equal(record.Document, document) {
		return nil
	}
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	return c.Keep(ctx, StoredClient{Client: *asks}, UnusedLifetime)
}
