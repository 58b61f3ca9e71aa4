// Package broker is the authorization server: it gives clients tokens of its own, and keeps
// HeyGen's credentials to itself. This package wires the faces below it, mounts their paths and
// runs the sweep. It does not know MCP, nor HeyGen's API: whose credential one is, is a function
// that the caller hands in.
//
// # The way of a user
//
//	path                    what happens there                              next
//	GET  /oauth/authorize   a client sends its user; the request is checked sign-in, or again
//	GET  /oauth/again       allowed before in this browser: one press       client, or sign-in
//	GET  /oauth/sign-in     who asks for what, and the ways in              HeyGen, or a key
//	POST /oauth/sign-in     an API key is checked with HeyGen               consent
//	GET  /oauth/heygen      to HeyGen's own sign-in                         callback
//	GET  /oauth/callback    HeyGen sends the user back with a code          consent
//	GET  /oauth/consent     whose account, and what the client may do       allow, or deny
//	POST /oauth/consent     allow: the grant is made and gets a code        client
//	GET  /oauth/cancel      the user does not want to                       client
//	GET  /oauth/device      the user types the code that a device shows     sign-in
//	GET  /connections       what the account has connected; ends it         sign-in at first
//
// What clients call:
//
//	POST /oauth/token                 a client shows a code, refresh or device code  tokens
//	POST /oauth/revoke                a client ends a token, or its grant
//	POST /oauth/device_authorization  a device without a browser begins              /oauth/device
//	POST /oauth/register              a client registers                             /oauth/authorize
//
// # The way of a key
//
// Each grant has a random key, and HeyGen's credential is sealed under it. The key itself is stored
// only sealed: to the browser's cookie until the user agrees, then to the code, then to each token.
// So the store opens nothing without a code, a token or a cookie, and each of those opens one
// grant.
//
// # Reading order
//
//   - site, scope, secrets, audit: addresses, scopes, secrets and events; small, and each alone
//   - protocol, limits: the form of parameters and errors; how much unauthenticated callers may do
//   - grants: what a consent becomes, with the sealed credential
//   - registry, browsers, flows: clients, cookies, and the sign-ins under way
//   - signin: the pages; begin with signin.New and (*Pages).Mount
//   - tokens: the endpoints that clients call
//   - lookup, renewal: what a token opens at each request, and how HeyGen's tokens stay alive
//   - broker: New wires all of that, and server.go hands over what the library has read
//
// The protocol's requests are read by zitadel/oidc. What that library does otherwise than it should
// is put right by the two methods called Guard, in signin and tokens, with a test each.
package broker
