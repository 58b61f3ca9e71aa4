package auth

import (
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"net/http"

	"heygen-mcp/auth/credential"
)

// single takes from the Config what the mode of that name needs.
func (a *Auth) single(cfg Config) (faults []error) {
	// The values are not shown: they are secrets, even when they are wrong.
	if cfg.APIKey == "" {
		faults = append(faults, errors.New("auth: APIKey is missing; single mode has no other credential"))
	} else if !visible(cfg.APIKey) || len(cfg.APIKey) > maxCredential {
		faults = append(faults, errors.New("auth: APIKey must be one word of printable ASCII, up to 8 KiB"))
	}
	if cfg.Token != "" && (!visible(cfg.Token) || len(cfg.Token) > maxCredential) {
		faults = append(faults, errors.New("auth: Token must be one word of printable ASCII, up to 8 KiB"))
	}
	a.operator = newIdentity(credential.Credential{Kind: credential.Key, Secret: cfg.APIKey}, "")
	return faults
}

// identifySingle makes every caller the operator, once they have shown the
// operator's token where there is one.
func (a *Auth) identifySingle(r *http.Request) (identity, error) {
	if a.token == "" {
		return a.operator, nil
	}
	c, err := presented(r)
	if err != nil {
		return identity{}, err
	}
	if sameSecret(c.Secret, unquoted(a.token)) {
		return a.operator, nil
	}
	if err := plausible(c.Secret); err != nil {
		return identity{}, err
	}
	return identity{}, RejectedError{}
}

// sameSecret compares in constant time, so that the time of an answer does not
// tell how much of a guess was right; the hashes keep the length to themselves.
// An empty secret matches nothing, not even another.
func sameSecret(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}
