package grants

import (
	"encoding/json"
	"fmt"
	"time"

	"heygen-mcp/auth/broker/scope"
	"heygen-mcp/auth/broker/secrets"
	"heygen-mcp/auth/store"
	"heygen-mcp/internal/seal"
)

// codeLifetime is how long a code lives: a client redeems it at once, and a minute is slack.
const codeLifetime = 2 * time.Minute

// Issuer makes the records of grants, codes and tokens. It stores none.
type Issuer struct {
	// Resource is what the tokens are for.
	Resource                        string
	AccessLifetime, RefreshLifetime time.Duration
	Clock                           func() time.Time
}

// Pair is what the token endpoint gives.
type Pair struct {
	Access  string `json:"access_token"`
	Type    string `json:"token_type"`
	Seconds int64  `json:"expires_in"`
	Refresh string `json:"refresh_token"`
	Scope   string `json:"scope"`
}

// NewPair makes an access and a refresh token for a grant, which they do not outlive. lasting are
// the scopes that later refreshes may ask for.
func (i *Issuer) NewPair(
	g store.Grant, key seal.Key, scopes, lasting []string) (Pair, []store.Token, error) {
	p := Pair{
		Access: secrets.New(secrets.AccessPrefix), Type: "Bearer", Refresh: secrets.New(secrets.RefreshPrefix),
		Scope: scope.Join(scopes),
	}
	access, err := i.newToken(p.Access, store.Access, g.ID, key, scopes, i.AccessLifetime)
	if err != nil {
		return Pair{}, nil, err
	}
	refresh, err := i.newToken(p.Refresh, store.Refresh, g.ID, key, lasting, i.RefreshLifetime)
	if err != nil {
		return Pair{}, nil, err
	}
	for _, t := range []*store.Token{&access, &refresh} {
		if !g.Expires.IsZero() && g.Expires.Before(t.Expires) {
			t.Expires = g.Expires
		}
	}
	p.Seconds = int64(access.Expires.Sub(access.Created) / time.Second)
	access.Pair = refresh.ID
	return p, []store.Token{access, refresh}, nil
}

// NewCode makes a code for a grant.
func (i *Issuer) NewCode(
	bound CodeBinding, scopes []string, grant string, key seal.Key,
) (code string, t store.Token, err error) {
	code = secrets.New(secrets.CodePrefix)
	raw, err := json.Marshal(bound)
	if err != nil {
		return "", t, fmt.Errorf("grants: write a code: %w", err)
	}
	t, err = i.newToken(code, store.Code, grant, key, scopes, codeLifetime)
	t.Binding = raw
	return code, t, err
}

// newToken makes the record of a token.
func (i *Issuer) newToken(
	token string, kind store.Kind, grant string, key seal.Key, scopes []string, life time.Duration,
) (store.Token, error) {
	wrap, err := secrets.Wrap(token, key, grant)
	if err != nil {
		return store.Token{}, err
	}
	now := i.Clock()
	return store.Token{
		ID: secrets.Hash(token, secrets.TokenPurpose), Kind: kind, Grant: grant, Wrap: wrap,
		Scopes: scope.Join(scopes), Created: now, Expires: now.Add(life),
	}, nil
}
