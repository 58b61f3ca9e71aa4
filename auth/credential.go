package auth

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"strings"
)

const (
	apiKeyHeader = "X-Api-Key" //nolint:gosec // G101: a header's name
	// maxCredential bounds a credential. HeyGen's are under 2 KiB; 8 KiB leaves
	// room for a fat JWT and keeps hashing and forwarding cheap.
	maxCredential = 8 << 10
	// keyPrefix is how HeyGen's API keys begin. Many clients can only set a
	// bearer, so a key is expected there too, and recognized by this.
	keyPrefix = "sk_"
)

type kind string

const (
	kindKey   kind = "key"
	kindToken kind = "token"
)

// credential is a secret of HeyGen's and the header that it belongs in.
type credential struct {
	kind   kind
	secret string
}

// String keeps the secret out of whatever prints a credential by mistake.
func (c credential) String() string { return "[" + string(c.kind) + "]" }

// GoString does the same for %#v.
func (c credential) GoString() string { return c.String() }

// fingerprint is the hash under which a credential is remembered.
type fingerprint [sha256.Size]byte

func (c credential) fingerprint() fingerprint {
	return derive("heygen-mcp/auth/remember/v1", c.kind, c.secret)
}

// callerOf is the opaque id of who brings a credential: the account where HeyGen
// names it, so that a renewed token is no new caller, and else the credential.
// A key and a token of one account stay two, for they are billed to two balances.
func (c credential) callerOf(account string) string {
	sum := derive("heygen-mcp/auth/caller/v1", c.kind, c.secret)
	if account != "" {
		sum = derive("heygen-mcp/auth/account/v1", c.kind, account)
	}
	return hex.EncodeToString(sum[:])
}

// derive hashes a value of one kind for one purpose. The purpose is the HMAC's
// key, so that an id made for one use, and perhaps shown, is worth nothing for
// another, and an account is never taken for a credential.
func derive(purpose string, kind kind, value string) fingerprint {
	mac := hmac.New(sha256.New, []byte(purpose))
	// A kind never has a zero byte in it, so no two pairs give the same input.
	mac.Write([]byte(string(kind) + "\x00" + value))
	return fingerprint(mac.Sum(nil))
}

// identity is what the context carries.
type identity struct {
	credential credential
	caller     string
	below      string    // the path of the resource that was asked for, after that of Config.Resource
	brokered   *brokered // nil for a credential that the request brought itself
}

func newIdentity(c credential, account string) identity {
	return identity{credential: c, caller: c.callerOf(account)}
}

// contextKey is unexported, so that no other package can take a credential out.
type contextKey struct{}

func withIdentity(ctx context.Context, id identity) context.Context {
	return context.WithValue(ctx, contextKey{}, id)
}

func identityFrom(ctx context.Context) (identity, bool) {
	id, ok := ctx.Value(contextKey{}).(identity)
	return id, ok
}

// Caller is an opaque id of who is calling, or "" where nobody was identified.
// The same account gives the same id in every process, with a renewed OAuth
// token too; where HeyGen does not name the account, the credential stands for
// it. No id leads back to a credential. One of an account can be made by whoever
// guesses its name, so it is for the server's own books.
func Caller(ctx context.Context) string {
	id, _ := identityFrom(ctx)
	return id.caller
}

// Why a request's headers name no credential.
var (
	errMissing   = errors.New("no credential")
	errAmbiguous = errors.New("more than one credential")
	errMalformed = errors.New("malformed credential")
)

// presented reads the request's credential from its headers, and from nowhere
// else: a query string ends up in logs and histories.
func presented(r *http.Request) (credential, error) {
	bearers, keys := filled(r.Header.Values("Authorization")), filled(r.Header.Values(apiKeyHeader))
	if len(bearers)+len(keys) > 1 {
		// Which one counts is not for us to guess: they may bill two accounts.
		return credential{}, errAmbiguous
	}
	c := credential{kind: kindKey}
	switch {
	case len(keys) == 1:
		c.secret = keys[0]
	case len(bearers) == 1:
		scheme, secret, _ := strings.Cut(bearers[0], " ")
		c.secret = strings.TrimSpace(secret)
		if !strings.EqualFold(scheme, "Bearer") || c.secret == "" {
			return credential{}, errMissing
		}
		if !strings.HasPrefix(c.secret, keyPrefix) {
			c.kind = kindToken
		}
	default:
		return credential{}, errMissing
	}
	if len(c.secret) > maxCredential || !visible(c.secret) {
		return credential{}, errMalformed
	}
	return c, nil
}

// filled drops blank values: a client whose variable is unset sends a header
// with nothing in it.
func filled(values []string) []string {
	var out []string
	for _, v := range values {
		if v = strings.TrimSpace(v); v != "" {
			out = append(out, v)
		}
	}
	return out
}

// visible says whether s is one word of printable ASCII. Anything else could
// smuggle a line into a header or a log.
func visible(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return s != ""
}
