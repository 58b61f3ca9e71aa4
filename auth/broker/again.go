package broker

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"github.com/zitadel/oidc/v3/pkg/oidc"

	"heygen-mcp/auth/clients"
	"heygen-mcp/auth/pages"
	"heygen-mcp/auth/store"
	"heygen-mcp/internal/seal"
)

// reuseConsent finds the grant by which a person agreed to the same before, in this browser, while
// the browser still holds its key: it is the browser that opens the grant, so a stolen store
// remembers for nobody. It saves the person the sign-in and never the question: a page elsewhere
// can send a browser here, with a request that another server made up, and a code that is given
// without a press would be given to that server (RFC 9700 4.4). ok is false where there is none.
func (b *Broker) reuseConsent(ctx context.Context, who browser, f flow) (
	g store.Grant, key seal.Key, ok bool, err error) {
	if f.Client == nil || f.Device != nil || !clients.Hosted(f.Redirect) {
		return g, key, false, nil
	}
	if _, err := b.cfg.Store.Session(ctx, who.id, b.cfg.Clock()); err != nil {
		if errors.Is(err, store.ErrNotFound) {
			err = nil
		}
		return g, key, false, err
	}
	wraps, err := b.cfg.Store.Wraps(ctx, who.id)
	if err != nil {
		return g, key, false, err
	}
	for _, w := range wraps {
		if !w.Consent || f.Again != "" && f.Again != w.Grant {
			continue
		}
		g, err := b.cfg.Store.Grant(ctx, w.Grant)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return g, key, false, err
		}
		d := detailsOf(g)
		if g.Client != f.Client.ID || g.Audience != b.cfg.Resource || d.Redirect != f.Redirect ||
			!within(f.Scopes, d.scopes(g)) {
			continue
		}
		if key, err = openKey(who.secret, sealPurpose, w.Sealed, g.ID); err == nil {
			return g, key, true, nil
		}
	}
	return g, key, false, nil
}

// asksAnew says whether a client wants its person to sign in or choose, whatever is remembered.
func asksAnew(prompt []string) bool {
	return slices.ContainsFunc(prompt, func(p string) bool {
		return p == oidc.PromptLogin || p == oidc.PromptConsent || p == oidc.PromptSelectAccount
	})
}

// againPage asks whether a client that was allowed before may connect again, with the account that
// it had.
func (b *Broker) againPage(w http.ResponseWriter, r *http.Request) {
	who, f, ok := b.ownFlow(w, r)
	if !ok {
		return
	}
	g, key, ok, err := b.reuseConsent(r.Context(), who, f)
	if err != nil {
		b.showFlowError(r.Context(), w, err)
		return
	}
	if f.Again == "" || !ok {
		b.redirectTo(w, b.pageURL(pathSignIn, f)) // the connection has ended meanwhile
		return
	}
	d := detailsOf(g)
	b.show(w, http.StatusOK, pages.Again, pages.AgainView{
		Hidden: b.hidden(who, pathAgain, f), Client: b.clientView(f), Scopes: inWords(f.Scopes),
		Account: d.account(g, key), Key: d.Key, Cancel: b.pageURL(pathCancel, f),
	}, true)
}

// again takes the person's answer to that.
func (b *Broker) again(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	who, f, ok := b.ownForm(w, r)
	if !ok {
		return
	}
	if f.Again == "" {
		b.showFlowError(ctx, w, errFlowGone)
		return
	}
	if r.PostForm.Get("action") == "continue" {
		b.reconnect(w, r, who, f)
		return
	}
	f.Again = ""
	if err := b.keepFlow(ctx, who, f); err != nil {
		b.showFlowError(ctx, w, err)
		return
	}
	b.redirectTo(w, b.pageURL(pathSignIn, f))
}

// reconnect gives a code for a grant that exists, which the person has just asked for.
func (b *Broker) reconnect(w http.ResponseWriter, r *http.Request, who browser, f flow) {
	ctx := r.Context()
	g, key, ok, err := b.reuseConsent(ctx, who, f)
	if err == nil && !ok {
		b.redirectTo(w, b.pageURL(pathSignIn, f))
		return
	}
	var code, to string
	var record store.Token
	if err == nil {
		code, record, err = b.newCode(f, g.ID, key)
	}
	if err == nil {
		to, err = b.clientRedirect(f, url.Values{"code": {code}})
	}
	if err == nil {
		err = b.cfg.Store.Reconnect(ctx, flowHash(f.ID), record, b.cfg.Clock())
	}
	if errors.Is(err, store.ErrNotFound) {
		// The connection has ended meanwhile; or the form was sent twice, which the page says.
		b.redirectTo(w, b.pageURL(pathSignIn, f))
		return
	}
	if err != nil {
		b.showFlowError(ctx, w, err)
		return
	}
	b.audit(ctx, Event{What: Consented, Client: g.Client, Grant: g.ID, Caller: detailsOf(g).Caller,
		Detail: "again"})
	b.redirectTo(w, to)
}
