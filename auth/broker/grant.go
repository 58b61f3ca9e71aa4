package broker

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"heygen-mcp/auth/pages"
	"heygen-mcp/auth/store"
	"heygen-mcp/internal/seal"
)

// details are what a grant's record says in the clear: what /connections shows, and what consent was for.
type details struct {
	Name     string `json:"name"`
	Place    string `json:"place"`
	Redirect string `json:"redirect,omitempty"`
	Key      bool   `json:"key"`
	Caller   string `json:"caller"`
	// Account is the account's name, sealed under the grant's key: who has the store learns no names.
	Account []byte `json:"account,omitempty"`
}

func detailsOf(g store.Grant) details {
	var d details
	_ = json.Unmarshal(g.Details, &d) // it was written here; what cannot be read shows as nothing
	return d
}

// account is the name of the grant's account as a page shows it.
func (d details) account(g store.Grant, key seal.Key) string {
	if len(d.Account) == 0 {
		return "the one that you used before" // the grant is older than the names
	}
	name, err := key.Open(d.Account, g.ID, accountPart)
	if err != nil {
		return "the one that you used before"
	}
	return accountName(string(name))
}

// accountPart tells the sealed name of a grant's account from its credential.
const accountPart = "account"

func (details) scopes(g store.Grant) []string { return strings.Fields(g.Scopes) }

// binding is what a code must be met with.
type binding struct {
	Redirect  string `json:"redirect"`
	Implied   bool   `json:"implied,omitempty"`
	Challenge string `json:"challenge"`
}

// shownAs is the name under which a list shows a client.
func shownAs(c pages.Client) string {
	switch {
	case c.Also != "" && c.Name == c.Place:
		return c.Also // the place stands beside it
	case c.Name != "":
		return c.Name
	case c.Host != "":
		return c.Host
	}
	return "A client without a name"
}

// newGrant makes the grant that a person has agreed to, with a key of its own.
func (b *Broker) newGrant(f flow) (store.Grant, seal.Key, error) {
	id, key, now := secret("grant_"), seal.NewKey(), b.cfg.Clock()
	plain, err := json.Marshal(f.Held)
	if err != nil {
		return store.Grant{}, key, fmt.Errorf("broker: write a credential: %w", err)
	}
	sealed, err := key.Seal(plain, id)
	if err != nil {
		return store.Grant{}, key, err
	}
	name, err := key.Seal([]byte(f.Account.Name), id, accountPart)
	if err != nil {
		return store.Grant{}, key, err
	}
	who := b.clientView(f)
	d := details{Account: name, Name: shownAs(who), Place: who.Place, Redirect: f.Redirect, Key: f.Held.Key != ""}
	d.Caller = b.cfg.Caller(d.Key, f.Account.ID, id)
	if who.Device {
		d.Place = "a device, by a code"
	}
	raw, err := json.Marshal(d)
	if err != nil {
		return store.Grant{}, key, fmt.Errorf("broker: write a grant: %w", err)
	}
	return store.Grant{
		ID: id, Client: f.Client.ID, Account: hashOf(f.Account.ID, accountPurpose), Audience: b.cfg.Resource, Scopes: scopeList(f.Scopes),
		Details: raw, Sealed: sealed, Version: 1, RenewAt: f.Held.Expires, Created: now,
	}, key, nil
}

// newCode makes a code for a grant.
func (b *Broker) newCode(f flow, grant string, key seal.Key) (code string, t store.Token, err error) {
	code = secret(codePrefix)
	bound, err := json.Marshal(binding{Redirect: f.Redirect, Implied: f.Implied, Challenge: f.Challenge})
	if err != nil {
		return "", t, fmt.Errorf("broker: write a code: %w", err)
	}
	t, err = b.newToken(code, store.Code, grant, key, f.Scopes, codeLifetime)
	t.Binding = bound
	return code, t, err
}

// newToken makes the record of a token.
func (b *Broker) newToken(token string, kind store.Kind, grant string, key seal.Key, scopes []string, life time.Duration) (store.Token, error) {
	wrap, err := wrapFor(token, key, grant)
	if err != nil {
		return store.Token{}, err
	}
	now := b.cfg.Clock()
	return store.Token{ID: hashOf(token, tokenPurpose), Kind: kind, Grant: grant, Wrap: wrap, Scopes: scopeList(scopes), Created: now, Expires: now.Add(life)}, nil
}

// openCredential opens a grant's credential.
func openCredential(g store.Grant, key seal.Key) (sealedCredential, error) {
	plain, err := key.Open(g.Sealed, g.ID)
	if err != nil {
		return sealedCredential{}, fmt.Errorf("broker: a credential does not open: %w", err)
	}
	var h sealedCredential
	if err := json.Unmarshal(plain, &h); err != nil {
		return sealedCredential{}, fmt.Errorf("broker: read a credential: %w", err)
	}
	return h, nil
}
