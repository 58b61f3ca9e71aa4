package signin

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"

	"heygen-mcp/auth/broker/audit"
	"heygen-mcp/auth/broker/browsers"
	"heygen-mcp/auth/broker/flows"
	"heygen-mcp/auth/broker/grants"
	"heygen-mcp/auth/broker/scope"
	"heygen-mcp/auth/broker/secrets"
	"heygen-mcp/auth/broker/site"
	"heygen-mcp/auth/clients"
	"heygen-mcp/auth/pages"
	"heygen-mcp/auth/store"
	"heygen-mcp/internal/seal"
	"heygen-mcp/internal/words"
)

// again lets a client that was allowed before connect again, with one press.
type again struct {
	*visits
	policy clients.Policy
	grants *grants.Issuer
	store  store.Store
	audit  audit.Log
	clock  func() time.Time
}

// reuseConsent finds the grant by which a user agreed to the same before, in this browser, while
// the browser still holds its key: it is the browser that opens the grant, so a stolen store
// remembers for nobody. It saves the user the sign-in and never the question: a page elsewhere
// can send a browser here, with a request that another server made up, and a code that is given
// without a press would be given to that server (RFC 9700 4.4). ok is false where there is none.
func (h *again) reuseConsent(ctx context.Context, who browsers.Browser, f flows.Flow) (
	g store.Grant, key seal.Key, ok bool, err error) {
	if f.Client == nil || !clients.Hosted(f.Redirect) { // a device has no redirect URI
		return g, key, false, nil
	}
	if _, err := h.store.Session(ctx, who.ID, h.clock()); err != nil {
		if errors.Is(err, store.ErrNotFound) {
			err = nil
		}
		return g, key, false, err
	}
	wraps, err := h.store.Wraps(ctx, who.ID)
	if err != nil {
		return g, key, false, err
	}
	for _, w := range wraps {
		if !w.Consent || f.Again != "" && f.Again != w.Grant {
			continue
		}
		g, err := h.store.Grant(ctx, w.Grant)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return g, key, false, err
		}
		d := grants.DetailsOf(g)
		if g.Ended(h.clock()) {
			continue
		}
		if g.Client != f.Client.ID || g.Audience != h.site.Audience || d.Redirect != f.Redirect ||
			!scope.Within(f.Scopes, strings.Fields(g.Scopes)) {
			continue
		}
		if key, err = secrets.OpenKey(who.Secret, secrets.SealPurpose, w.Sealed, g.ID); err == nil {
			return g, key, true, nil
		}
	}
	return g, key, false, nil
}

// asksAnew says whether a client wants its user to sign in or choose, whatever is remembered.
func asksAnew(prompt []string) bool {
	return slices.ContainsFunc(prompt, func(p string) bool {
		return p == oidc.PromptLogin || p == oidc.PromptConsent || p == oidc.PromptSelectAccount
	})
}

// show asks whether a client that was allowed before may connect again, with the account that
// it had.
func (h *again) show(w http.ResponseWriter, r *http.Request) {
	who, f, ok := h.ownFlow(w, r)
	if !ok {
		return
	}
	g, key, ok, err := h.reuseConsent(r.Context(), who, f)
	if err != nil {
		h.showFlowError(w, r, err)
		return
	}
	if f.Again == "" || !ok {
		redirectTo(w, h.pageURL(site.PathSignIn, f)) // the connection has ended meanwhile
		return
	}
	d := grants.DetailsOf(g)
	h.view.show(w, r, http.StatusOK, pages.Again, pages.AgainView{
		Hidden: h.hidden(
			who, site.PathAgain, f,
		), Client: clientView(h.policy, f), Scopes: scopeTexts(f.Scopes),
		Account: usedAccount(d, g, key), Key: d.Key, Cancel: h.pageURL(site.PathCancel, f),
	}, true)
}

// answer takes the user's answer to that.
func (h *again) answer(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	who, f, ok := h.ownForm(w, r)
	if !ok {
		return
	}
	if f.Again == "" {
		h.showFlowError(w, r, flows.ErrGone)
		return
	}
	if r.PostForm.Get("action") == "continue" {
		h.reconnect(w, r, who, f)
		return
	}
	f.Again = ""
	if err := h.flows.Keep(ctx, who, f); err != nil {
		h.showFlowError(w, r, err)
		return
	}
	redirectTo(w, h.pageURL(site.PathSignIn, f))
}

// reconnect gives a code for a grant that exists, which the user has just asked for.
func (h *again) reconnect(
	w http.ResponseWriter, r *http.Request, who browsers.Browser, f flows.Flow) {
	ctx := r.Context()
	g, key, ok, err := h.reuseConsent(ctx, who, f)
	if err == nil && !ok {
		redirectTo(w, h.pageURL(site.PathSignIn, f))
		return
	}
	var code, to string
	var record store.Token
	if err == nil {
		code, record, err = h.grants.NewCode(
			grants.CodeBinding{Redirect: f.Redirect, Implied: f.Implied, Challenge: f.Challenge},
			f.Scopes, g.ID, key)
	}
	if err == nil {
		to, err = h.clientRedirect(f, url.Values{"code": {code}})
	}
	if err == nil {
		err = h.store.Reconnect(ctx, flows.Hash(f.ID), record, h.clock())
	}
	if errors.Is(err, store.ErrNotFound) {
		// The connection has ended meanwhile; or the form was sent twice, which the page says.
		redirectTo(w, h.pageURL(site.PathSignIn, f))
		return
	}
	if err != nil {
		h.showFlowError(w, r, err)
		return
	}
	h.audit(ctx, audit.Event{
		What: audit.Consented, Client: g.Client, Grant: g.ID,
		Caller: grants.DetailsOf(g).Caller, Detail: "again",
	})
	redirectTo(w, to)
}

// usedAccount is the account of a grant as the page shows it.
func usedAccount(d grants.Details, g store.Grant, key seal.Key) words.Text {
	name, ok := d.AccountName(g, key)
	if !ok {
		return words.Of("account.before")
	}
	return accountName(name)
}
