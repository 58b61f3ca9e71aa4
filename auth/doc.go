// Package auth says who is calling, and keeps HeyGen's credential to itself.
//
// It owns the life of a credential: Middleware takes it out of the request's
// headers, has it checked, and puts it in the context under a key that no other
// package can name; Transport takes it out of the context again, for HeyGen's
// own origin and for nothing else. Between the two, the rest of the program
// carries a credential that it can neither read, nor log, nor send elsewhere.
// What others may know of a caller is Caller: an opaque, stable id.
//
// There are three modes. In Broker clients sign in to this server, by the
// authorization server in the package of that name, and bring tokens that are
// worth nothing elsewhere. In Direct each caller brings their own credential, an
// OAuth access token or an API key of HeyGen's; in Single the operator's one key
// serves everybody who may connect.
//
// It does not know MCP beyond the shape of an error body, nor HeyGen's API
// beyond its origin and its two headers: how a credential is checked is a
// function that the caller of New hands in. It mounts no routes and reads no
// environment. The broker alone stores anything: docs/store.md lists it. What is
// remembered in memory is what broker's tokens open, and of a credential that a
// caller brings: the SHA-256 of it, whether HeyGen took it, the SHA-256 of the account
// that it belongs to, and until when to believe that.
//
// Reading order: auth.go (Config and New), middleware.go (what happens to each request), presented.go and form.go (how
// a credential is read from the headers), remember.go and failures.go (the check of what callers bring, and what is
// remembered of it), credential.go and roundtripper.go (into the context, and out again for HeyGen), metadata.go (the
// metadata of RFC 9728), brokermode.go and single.go (the modes), visits.go and connections.go (pages for people).
package auth
