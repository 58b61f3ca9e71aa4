// Package secrets makes the random secrets that the broker hands out, hashes them, and seals a
// grant's key to them. It owns what each secret is used for, and knows nothing of who holds one.
package secrets

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"

	"heygen-mcp/auth/store"
	"heygen-mcp/internal/seal"
)

// What a secret is hashed or made into a key for. No two uses of one secret share a purpose.
const (
	TokenPurpose   = "heygen-mcp/broker/token/v1" //nolint:gosec // G101: a purpose
	WrapPurpose    = "heygen-mcp/broker/wrap/v1"
	FlowPurpose    = "heygen-mcp/broker/flow/v1"
	SessionPurpose = "heygen-mcp/broker/session/v1"
	SealPurpose    = "heygen-mcp/broker/session-seal/v1"
	NamePurpose    = "heygen-mcp/broker/account-name/v1"
	VisitPurpose   = "heygen-mcp/broker/visit/v1"
	CSRFPurpose    = "heygen-mcp/broker/csrf/v1"
	DevicePurpose  = "heygen-mcp/broker/device/v1"
	UserPurpose    = "heygen-mcp/broker/user-code/v1"
	ClientPurpose  = "heygen-mcp/broker/client-secret/v1"
	AccountPurpose = "heygen-mcp/broker/account/v1"
)

// The beginnings of what is given out, so that a scanner of leaked secrets, and a user, can tell
// what one is.
const (
	AccessPrefix       = "hgm_at_"
	RefreshPrefix      = "hgm_rt_"
	CodePrefix         = "hgm_ac_"
	DevicePrefix       = "hgm_dc_"
	ClientPrefix       = "hgm_client_"
	ClientSecretPrefix = "hgm_cs_"
)

const (
	// Bytes is how many random bytes a secret has.
	Bytes = 32
	// Longest bounds what is hashed; ours have some fifty characters.
	Longest = 256
)

// New makes 256 random bits under a prefix.
func New(prefix string) string {
	raw := make([]byte, Bytes)
	_, _ = rand.Read(raw) // crypto/rand ends the program rather than fail
	return prefix + base64.RawURLEncoding.EncodeToString(raw)
}

// Hash is what is stored of a secret: it is found by that, and not made from it.
func Hash(secret, purpose string) store.Hash { return store.Hash(seal.Hash(secret, purpose)) }

// Wrap seals a grant's key to a token.
func Wrap(token string, key seal.Key, grant string) ([]byte, error) {
	own, err := seal.Derive(token, WrapPurpose)
	if err != nil {
		return nil, err
	}
	return own.Seal(key[:], grant)
}

// Unwrap opens a grant's key with a token.
func Unwrap(token string, wrap []byte, grant string) (seal.Key, error) {
	return OpenKey(token, WrapPurpose, wrap, grant)
}

// OpenKey opens a grant's key that is sealed to a secret for a purpose.
func OpenKey(secret, purpose string, wrap []byte, grant string) (seal.Key, error) {
	own, err := seal.Derive(secret, purpose)
	if err != nil {
		return seal.Key{}, err
	}
	raw, err := own.Open(wrap, grant)
	if err != nil || len(raw) != seal.Size {
		return seal.Key{}, fmt.Errorf("secrets: a wrap does not open: %w", err)
	}
	return seal.Key(raw), nil
}
