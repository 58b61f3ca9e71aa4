// Package credential is HeyGen's credential as the server holds it, and whose it is. It owns how a
// credential and an account become opaque ids. It knows neither requests nor stores, and carries no
// credential from one place to another.
package credential

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
)

// Kind is what a credential is, which decides the header that it travels in.
type Kind string

// The kinds.
const (
	Key   Kind = "key"   // an API key
	Token Kind = "token" // an OAuth access token
)

// Credential is a secret of HeyGen's.
type Credential struct {
	Kind   Kind
	Secret string
}

// String keeps the secret out of whatever prints a credential by mistake.
func (c Credential) String() string { return "[" + string(c.Kind) + "]" }

// GoString does the same for %#v.
func (c Credential) GoString() string { return c.String() }

// Account is the HeyGen account that a credential belongs to.
type Account struct {
	// ID is the same for every credential of one account and for nobody else's; "" is not known.
	ID string
	// Name and Balance are shown to the user who signs in, and how many Credits of their Plan are left; "" is not
	// known. Numbers are written as in English.
	Name, Balance string
	Credits, Plan string
}

// RejectedError says that HeyGen refuses a credential.
type RejectedError struct{}

// Error implements error.
func (RejectedError) Error() string { return "HeyGen refuses this credential" }

// Fingerprint is the hash under which a credential is remembered.
type Fingerprint [sha256.Size]byte

// Fingerprint hashes the credential. It never leaves the process and every request asks for it, so that one hash does,
// where derive takes two.
func (c Credential) Fingerprint() Fingerprint {
	const usual = 512 // bytes, for which the hash takes no memory of its own
	b := append(make([]byte, 0, usual), "heygen-mcp/auth/remember/v2\x00"...)
	b = append(append(append(b, c.Kind...), 0), c.Secret...)
	return sha256.Sum256(b)
}

// Caller is the opaque id of who brings the credential: the account where HeyGen
// names it, so that a renewed token is no new caller, and else the credential.
// A key and a token of one account stay two, for they are billed to two balances.
func (c Credential) Caller(account string) string {
	sum := derive("heygen-mcp/auth/caller/v1", c.Kind, c.Secret)
	if account != "" {
		sum = derive("heygen-mcp/auth/account/v1", c.Kind, account)
	}
	return hex.EncodeToString(sum[:])
}

// derive hashes a value of one kind for one purpose. The purpose is the HMAC's
// key, so that an id made for one use, and perhaps shown, is worth nothing for
// another, and an account is never taken for a credential.
func derive(purpose string, kind Kind, value string) Fingerprint {
	mac := hmac.New(sha256.New, []byte(purpose))
	// A kind never has a zero byte in it, so no two pairs give the same input.
	mac.Write([]byte(string(kind) + "\x00" + value))
	return Fingerprint(mac.Sum(nil))
}
