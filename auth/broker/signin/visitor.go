package signin

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"heygen-mcp/auth/broker/browsers"
	"heygen-mcp/auth/broker/grants"
	"heygen-mcp/auth/broker/secrets"
	"heygen-mcp/auth/credential"
	"heygen-mcp/auth/store"
	"heygen-mcp/internal/peer"
	"heygen-mcp/internal/seal"
)

// Visitor is a person who has signed in with their browser a short while ago, to a page of ours.
type Visitor struct {
	// Name is that of their account, "" where it is not known.
	Name       string
	Caller     string
	Credential credential.Credential
}

// Visitor is who sits before the browser of a request; ok is false where nobody has signed in a short while ago.
func (p *Pages) Visitor(r *http.Request) (v Visitor, ok bool, err error) {
	h := p.connections
	who, known := h.browsers.Of(r.Header)
	if !known {
		return v, false, nil
	}
	s, ok, err := h.account(r.Context(), who)
	if err != nil || !ok {
		return v, false, err
	}
	of := who.Secrets()
	held, ok := openVisit(of, s)
	if !ok {
		return v, false, nil // they have signed in with a version of this program that kept nothing
	}
	return Visitor{Name: openName(of, s), Caller: held.Caller, Credential: held.Credential.Credential()}, true, nil
}

// AskVisitor has a person sign in, and leads them to a path of ours then.
func (p *Pages) AskVisitor(w http.ResponseWriter, r *http.Request, to string) {
	if r.Method == http.MethodHead { // nobody sees the form, so nothing is begun
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		return
	}
	h := p.connections
	who, known := h.browsers.Of(r.Header)
	if !known {
		who = h.browsers.New()
		h.browsers.Set(w.Header(), who)
	}
	h.ask(w, peer.Known(r), who, to)
}

// visit is what a session holds for the pages of an account.
type visit struct {
	Caller     string                  `json:"caller"`
	Credential grants.SealedCredential `json:"held"`
}

// seal seals it to a browser.
func (v visit) seal(secret string, account store.Hash) ([]byte, error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("signin: write a visit: %w", err)
	}
	key, err := seal.Derive(secret, secrets.VisitPurpose)
	if err != nil {
		return nil, err
	}
	return key.Seal(plain, string(account[:]))
}

// openVisit opens what a session holds; ok is false where there is nothing. The session may be older than the browser's
// newest secret.
func openVisit(of []string, s store.Session) (v visit, ok bool) {
	for _, secret := range of {
		key, err := seal.Derive(secret, secrets.VisitPurpose)
		if err != nil {
			continue
		}
		if plain, err := key.Open(s.Credential, string(s.Account[:])); err == nil {
			return v, json.Unmarshal(plain, &v) == nil
		}
	}
	return v, false
}

// giveBack ends what a session holds, here and at HeyGen: the person has left.
func (h *connections) giveBack(ctx context.Context, who browsers.Browser, s store.Session) {
	if held, ok := openVisit(who.Secrets(), s); ok {
		h.abandoned.Returned(s.Credential)
		h.revoker.RevokeAsked(ctx, held.Credential)
	}
}
