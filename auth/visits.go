package auth

import (
	"context"
	"net/http"

	"heygen-mcp/internal/peer"
)

// TakesVisitors says whether people sign in with their browsers to pages of this server's: in Broker alone.
func (a *Auth) TakesVisitors() bool { return a.broker != nil }

// Visit is for a page of this server's, which is not a client's: ctx is of the person who has signed in with the
// browser of the request a short while ago, and HeyGen is asked as their account with it. account is its name, "" where
// it is not known. ok is false where nobody has signed in; AskVisitor asks them to.
func (a *Auth) Visit(r *http.Request) (ctx context.Context, account string, ok bool, err error) {
	r = peer.Known(r)
	if a.broker == nil {
		return r.Context(), "", false, nil
	}
	v, ok, err := a.broker.Visitor(r)
	if err != nil || !ok {
		return r.Context(), "", false, err
	}
	return withIdentity(r.Context(), identity{credential: v.Credential, caller: v.Caller}), v.Name, true, nil
}

// AskVisitor has the person before a browser sign in, and leads them to a path below the public URL then.
func (a *Auth) AskVisitor(w http.ResponseWriter, r *http.Request, to string) {
	a.broker.AskVisitor(w, r, to)
}
