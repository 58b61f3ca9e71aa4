package grants

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/rs/zerolog"

	"heygen-mcp/auth/credential"
	"heygen-mcp/auth/store"
	"heygen-mcp/auth/upstream"
	"heygen-mcp/internal/seal"
)

// SealedCredential is HeyGen's credential as a flow and a grant hold it, sealed: an API key, or the
// tokens of a sign-in.
type SealedCredential struct {
	Key string `json:"key,omitempty"`
	upstream.Tokens
}

// String keeps the secrets out of whatever prints one by mistake.
func (SealedCredential) String() string { return "[credential]" }

// GoString does the same for %#v.
func (SealedCredential) GoString() string { return "[credential]" }

// IsKey reports whether it is an API key.
func (c SealedCredential) IsKey() bool { return c.Key != "" }

// Credential is what HeyGen is shown.
func (c SealedCredential) Credential() credential.Credential {
	if c.IsKey() {
		return credential.Credential{Kind: credential.Key, Secret: c.Key}
	}
	return credential.Credential{Kind: credential.Token, Secret: c.Access}
}

// Caller is the caller that the same credential is without a broker.
func (c SealedCredential) Caller(account string) string { return c.Credential().Caller(account) }

// Seal seals the credential under a grant's key.
func (c SealedCredential) Seal(key seal.Key, grant string) ([]byte, error) {
	plain, err := json.Marshal(c)
	if err != nil {
		return nil, fmt.Errorf("grants: write a credential: %w", err)
	}
	return key.Seal(plain, grant)
}

// OpenCredential opens a grant's credential.
func OpenCredential(g store.Grant, key seal.Key) (SealedCredential, error) {
	plain, err := key.Open(g.Sealed, g.ID)
	if err != nil {
		return SealedCredential{}, fmt.Errorf("grants: a credential does not open: %w", err)
	}
	var c SealedCredential
	if err := json.Unmarshal(plain, &c); err != nil {
		return SealedCredential{}, fmt.Errorf("grants: read a credential: %w", err)
	}
	return c, nil
}

// Revoker gives tokens back to HeyGen.
type Revoker struct {
	HeyGen *upstream.Client
	Log    zerolog.Logger
}

// RevokeGrant revokes a grant's tokens at HeyGen, where there are any, and reports whether that was
// done. An API key is the user's own and stays.
func (r *Revoker) RevokeGrant(ctx context.Context, g store.Grant, key seal.Key) bool {
	c, err := OpenCredential(g, key)
	if err != nil {
		return false
	}
	return r.RevokeAsked(ctx, c)
}

// RevokeAsked revokes what a user has just asked to end; that they leave the page does not take it
// back.
func (r *Revoker) RevokeAsked(ctx context.Context, c SealedCredential) bool {
	return r.Revoke(context.WithoutCancel(ctx), c)
}

// Revoke revokes tokens at HeyGen and reports whether that was done.
func (r *Revoker) Revoke(ctx context.Context, c SealedCredential) bool {
	if c.IsKey() {
		return false
	}
	if err := r.HeyGen.Revoke(ctx, c.Tokens); err != nil {
		r.Log.Warn().Err(err).Msg("a HeyGen token could not be revoked")
		return false
	}
	return true
}
