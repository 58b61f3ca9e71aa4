// Package audit owns the names of what happens to grants. Who writes them down is the caller's
// choice.
package audit

import "context"

// Event is something that happened to a grant, for the audit log. It names users and clients by
// ids and hashes.
type Event struct {
	// What is one of the constants below.
	What   string
	Client string
	Grant  string
	Caller string
	Detail string
}

// What can happen.
const (
	SignedIn     = "sign_in"
	SignInFailed = "sign_in_failed"
	Consented    = "consent"
	Refused      = "consent_refused"
	Issued       = "issue"
	Refreshed    = "refresh"
	Reused       = "reuse"
	Changed      = "change"
	Revoked      = "revoke"
	Renewed      = "renew"
	Ended        = "end"
	RegisteredAs = "register"
)

// Log is called with each event. It must not be nil.
type Log func(ctx context.Context, e Event)
