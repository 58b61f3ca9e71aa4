package broker

import "context"

// Event is something that happened to a grant, for the audit log. It names people and clients by ids and hashes.
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
	Revoked      = "revoke"
	Renewed      = "renew"
	Ended        = "end"
	RegisteredAs = "register"
)

func (b *Broker) audit(ctx context.Context, e Event) { b.cfg.Audit(ctx, e) }
