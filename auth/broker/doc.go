// Package broker is the authorization server: it gives clients tokens of its own, and keeps HeyGen's credentials to
// itself. It owns how a person signs in and agrees, what a token is worth and when it ends, and how HeyGen's tokens
// are renewed for those that lead to them.
//
// The way of a key. Each grant has a random key, and HeyGen's credential is sealed under it. The key itself is kept
// only sealed in its turn: until the person agrees, to their browser's cookie; then to the code; then to each token.
// So the store opens nothing without a code, a token or a cookie, and each of those opens one grant.
//
// The protocol's requests are read by zitadel/oidc, whose server calls the methods in server.go; what that library
// does otherwise than it should is put right in guard.go, with a test each. One endpoint has one file.
//
// It does not know MCP, nor HeyGen's API: whose credential one is, is a function that the caller hands in.
package broker
