package auth

import (
	"context"
	"encoding/hex"

	"heygen-mcp/auth/credential"
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

// identity is what the context carries.
type identity struct {
	credential credential.Credential
	caller     string
	below      string       // the path of the resource that was asked for, after that of Config.Resource
	described  *description // by the name that was asked; nil in Single
	brokered   *brokered    // nil for a credential that the request brought itself
}

func newIdentity(c credential.Credential, account string) identity {
	return identity{credential: c, caller: c.Caller(account)}
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

// CredentialID is an opaque id of what HeyGen is shown for the caller in ctx: of a connection,
// whose token may be renewed, or of the credential itself. Two credentials of one account, which
// may not see the same, have two. It is for this process alone.
func CredentialID(ctx context.Context) string {
	id, ok := identityFrom(ctx)
	switch {
	case !ok:
		return ""
	case id.brokered != nil:
		return "grant " + id.brokered.now.Load().Grant()
	}
	sum := id.credential.Fingerprint()
	return hex.EncodeToString(sum[:])
}

// HasKey reports whether what HeyGen gets from the caller in ctx is an API key, and no OAuth token:
// an own one, the operator's, or the one that the caller signed in with.
func HasKey(ctx context.Context) bool {
	id, _ := identityFrom(ctx)
	if id.brokered != nil {
		return id.brokered.now.Load().Credential.Kind == credential.Key
	}
	return id.credential.Kind == credential.Key
}
