package broker

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"

	"heygen-mcp/auth/store"
	"heygen-mcp/internal/seal"
)

// What a secret is hashed or made into a key for. No two uses of one secret share a purpose.
const (
	tokenPurpose   = "heygen-mcp/broker/token/v1" //nolint:gosec // G101: a purpose
	wrapPurpose    = "heygen-mcp/broker/wrap/v1"
	flowPurpose    = "heygen-mcp/broker/flow/v1"
	sessionPurpose = "heygen-mcp/broker/session/v1"
	sealPurpose    = "heygen-mcp/broker/session-seal/v1"
	csrfPurpose    = "heygen-mcp/broker/csrf/v1"
	devicePurpose  = "heygen-mcp/broker/device/v1"
	userPurpose    = "heygen-mcp/broker/user-code/v1"
	clientPurpose  = "heygen-mcp/broker/client-secret/v1"
	accountPurpose = "heygen-mcp/broker/account/v1"
)

// The beginnings of what is given out, so that a scanner of leaked secrets, and a person, can tell what one is.
const (
	accessPrefix  = "hgm_at_"
	refreshPrefix = "hgm_rt_"
	codePrefix    = "hgm_ac_"
	devicePrefix  = "hgm_dc_"
	clientPrefix  = "hgm_client_"
	secretPrefix  = "hgm_cs_"
)

const (
	secretBytes = 32
	// longestSecret bounds what is hashed; ours have some fifty characters.
	longestSecret = 256
)

// secret makes 256 random bits under a prefix.
func secret(prefix string) string {
	raw := make([]byte, secretBytes)
	_, _ = rand.Read(raw) // crypto/rand ends the program rather than fail
	return prefix + base64.RawURLEncoding.EncodeToString(raw)
}

func hashOf(secret, purpose string) store.Hash { return store.Hash(seal.Hash(secret, purpose)) }

// wrapFor seals a grant's key to a token.
func wrapFor(token string, key seal.Key, grant string) ([]byte, error) {
	own, err := seal.Derive(token, wrapPurpose)
	if err != nil {
		return nil, err
	}
	return own.Seal(key[:], grant)
}

// unwrap opens a grant's key with a token.
func unwrap(token string, wrap []byte, grant string) (seal.Key, error) {
	return openKey(token, wrapPurpose, wrap, grant)
}

func openKey(secret, purpose string, wrap []byte, grant string) (seal.Key, error) {
	own, err := seal.Derive(secret, purpose)
	if err != nil {
		return seal.Key{}, err
	}
	raw, err := own.Open(wrap, grant)
	if err != nil || len(raw) != seal.Size {
		return seal.Key{}, fmt.Errorf("broker: a wrap does not open: %w", err)
	}
	return seal.Key(raw), nil
}
