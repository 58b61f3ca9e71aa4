// Package grants owns what a user's consent becomes: the grant with HeyGen's credential sealed in
// it, its codes and its tokens. It makes and opens their records, and neither stores them nor knows
// who asks.
package grants

import (
	"encoding/json"
	"fmt"
	"time"

	"heygen-mcp/auth/broker/scope"
	"heygen-mcp/auth/broker/secrets"
	"heygen-mcp/auth/credential"
	"heygen-mcp/auth/store"
	"heygen-mcp/internal/seal"
)

// Details are what a grant's record says in the clear: what /connections shows, and what consent
// was for.
type Details struct {
	Name     string `json:"name"`
	Place    string `json:"place"`
	Redirect string `json:"redirect,omitempty"`
	Key      bool   `json:"key"`
	Caller   string `json:"caller"`
	// Account is the account's name, sealed under the grant's key: who has the store learns no
	// names.
	Account []byte `json:"account,omitempty"`
}

// DetailsOf reads the details of a grant.
func DetailsOf(g store.Grant) Details {
	var d Details
	_ = json.Unmarshal(g.Details, &d) // it was written here; what cannot be read shows as nothing
	return d
}

// AccountName is the name of the grant's account; ok is false where it is not known, as in a grant
// that is older than the names.
func (d Details) AccountName(g store.Grant, key seal.Key) (name string, ok bool) {
	if len(d.Account) == 0 {
		return "", false
	}
	raw, err := key.Open(d.Account, g.ID, accountPart)
	return string(raw), err == nil
}

// accountPart tells the sealed name of a grant's account from its credential.
const accountPart = "account"

// CodeBinding is what the token request for a code must repeat or prove: the redirect URI, which
// may be left out where Implied says that it was before, and the verifier of the PKCE challenge.
type CodeBinding struct {
	Redirect  string `json:"redirect"`
	Implied   bool   `json:"implied,omitempty"`
	Challenge string `json:"challenge"`
}

// HashAccount is what is stored of an account's id.
func HashAccount(id string) store.Hash { return secrets.Hash(id, secrets.AccountPurpose) }

// Consent is what a user has agreed to.
type Consent struct {
	// Client is the client's id; Name and Place are how /connections shows it.
	Client, Name, Place string
	Redirect            string
	Scopes              []string
	// SpendCap is in millionths of a USD; nil is no cap of the connection's own. Expires is zero
	// for one without an end.
	SpendCap   *int64
	Expires    time.Time
	Credential SealedCredential
	Account    credential.Account
}

// NewGrant makes the grant that a user has agreed to, with a key of its own.
func (i *Issuer) NewGrant(c Consent) (store.Grant, seal.Key, error) {
	id, key, now := secrets.New("grant_"), seal.NewKey(), i.Clock()
	sealed, err := c.Credential.Seal(key, id)
	if err != nil {
		return store.Grant{}, key, err
	}
	name, err := key.Seal([]byte(c.Account.Name), id, accountPart)
	if err != nil {
		return store.Grant{}, key, err
	}
	raw, err := json.Marshal(Details{
		Account: name, Name: c.Name, Place: c.Place, Redirect: c.Redirect, Key: c.Credential.IsKey(),
		Caller: c.Credential.Caller(c.Account.ID),
	})
	if err != nil {
		return store.Grant{}, key, fmt.Errorf("grants: write a grant: %w", err)
	}
	return store.Grant{
		ID: id, Client: c.Client, Account: HashAccount(c.Account.ID), Audience: i.Resource,
		Terms:   store.Terms{Scopes: scope.Join(c.Scopes), SpendCap: c.SpendCap, Expires: c.Expires},
		Details: raw, Sealed: sealed, Version: 1,
		RenewAt: c.Credential.Expires, Created: now,
	}, key, nil
}
