package signin

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"heygen-mcp/auth/broker/audit"
	"heygen-mcp/auth/broker/browsers"
	"heygen-mcp/auth/broker/flows"
	"heygen-mcp/auth/broker/grants"
	"heygen-mcp/auth/broker/registry"
	"heygen-mcp/auth/broker/scope"
	"heygen-mcp/auth/broker/secrets"
	"heygen-mcp/auth/broker/site"
	"heygen-mcp/auth/clients"
	"heygen-mcp/auth/pages"
	"heygen-mcp/auth/store"
	"heygen-mcp/internal/seal"
)

// consent shows whose account it is, and makes the grant.
type consent struct {
	*visits
	denier    *denier
	policy    clients.Policy
	clients   *registry.Clients
	grants    *grants.Issuer
	store     store.Store
	abandoned *flows.Abandoned
	audit     audit.Log
	clock     func() time.Time
}

// show shows whose account it is, before the user agrees.
func (h *consent) show(w http.ResponseWriter, r *http.Request) {
	who, f, ok := h.ownFlow(w, r)
	if !ok {
		return
	}
	if f.Client == nil || f.Credential == nil || f.Account == nil {
		redirectTo(w, h.pageURL(site.PathSignIn, f))
		return
	}
	h.view.show(w, http.StatusOK, pages.Consent, pages.ConsentView{
		Hidden: h.hidden(
			who, site.PathConsent, f,
		), Client: clientView(h.policy, f), Scopes: scope.InWords(f.Scopes), Account: accountName(f.Account.Name), Balance: f.Account.Balance,
		Key: f.Credential.IsKey(), Remember: f.Device == nil && clients.Hosted(f.Redirect), Again: h.pageURL(site.PathSignIn, f),
	}, true)
}

// accountName is an account as a page shows it.
func accountName(name string) string {
	if name == "" {
		return "HeyGen does not name it"
	}
	return name
}

// answer takes the user's answer.
func (h *consent) answer(w http.ResponseWriter, r *http.Request) {
	who, f, ok := h.ownForm(w, r)
	if !ok {
		return
	}
	switch {
	case f.Client == nil || f.Credential == nil || f.Account == nil:
		h.showFlowError(r.Context(), w, flows.ErrGone)
	case r.PostForm.Get("action") == "agree":
		h.agree(w, r, who, f)
	default:
		h.denier.denyFlow(w, r, f)
	}
}

// agree makes the grant. The key goes to the code, or to the device, and to the browser that may
// end it.
func (h *consent) agree(
	w http.ResponseWriter, r *http.Request, who browsers.Browser, f flows.Flow) {
	ctx := r.Context()
	g, key, err := h.newGrant(f)
	if err != nil {
		h.showFlowError(ctx, w, err)
		return
	}
	wrap, err := h.browserWrap(who, f, g.ID, key)
	if err == nil {
		err = h.browsers.KeepSession(ctx, who)
	}
	if err == nil {
		err = h.keepAsked(ctx, f)
	}
	if err != nil {
		h.showFlowError(ctx, w, err)
		return
	}
	to, err := h.connect(r, f, g, key, wrap)
	if errors.Is(err, store.ErrNotFound) {
		err = flows.ErrGone // the form was sent twice
	}
	if err != nil {
		h.showFlowError(ctx, w, err)
		return
	}
	h.abandoned.Drop(flows.Hash(f.ID))
	h.audit(ctx, audit.Event{
		What: audit.Consented, Client: g.Client, Grant: g.ID,
		Caller: grants.DetailsOf(g).Caller, Detail: g.Scopes,
	})
	h.browsers.Set(w.Header(), who) // for another month
	if to == "" {
		h.message(
			w, http.StatusOK, "Connected",
			"The device will notice in a few seconds. You can close this page.")
		return
	}
	redirectTo(w, to)
}

// keepAsked makes the client that a user agreed to live on, as it was when it asked: its document
// may not be there to be fetched again.
func (h *consent) keepAsked(ctx context.Context, f flows.Flow) error {
	if f.Client.Source == clients.Document {
		return h.clients.Keep(ctx, registry.StoredClient{Client: *f.Client}, registry.UsedLifetime)
	}
	c, err := h.clients.Find(ctx, f.Client.ID, false)
	if errors.Is(err, registry.ErrUnknownClient) {
		return flows.ErrClientGone // it was about to be deleted when it asked
	}
	if err != nil {
		return err
	}
	return h.clients.Keep(ctx, c, registry.UsedLifetime)
}

// connect stores the grant, and gives the address that the client waits at; a device has none.
func (h *consent) connect(
	r *http.Request, f flows.Flow, g store.Grant, key seal.Key, wrap *store.Wrap,
) (to string, err error) {
	ctx := r.Context()
	if f.Device != nil {
		locked, err := seal.To(f.Device.Public, key[:], g.ID)
		if err != nil {
			return "", err
		}
		return "", h.store.ConnectDevice(
			ctx, flows.Hash(f.ID), g, f.Device.ID, locked, wrap, h.clock())
	}
	code, record, err := h.grants.NewCode(
		grants.CodeBinding{Redirect: f.Redirect, Implied: f.Implied, Challenge: f.Challenge},
		f.Scopes, g.ID, key)
	if err != nil {
		return "", err
	}
	if to, err = h.clientRedirect(f, url.Values{"code": {code}}); err != nil {
		return "", err
	}
	return to, h.store.Connect(ctx, flows.Hash(f.ID), g, record, wrap, h.clock())
}

// browserWrap seals the grant's key to the cookie, so that this browser can end the grant at HeyGen
// too, and its user need not sign in again where that is safe.
func (h *consent) browserWrap(
	who browsers.Browser, f flows.Flow, grant string, key seal.Key) (*store.Wrap, error) {
	own, err := seal.Derive(who.Secret, secrets.SealPurpose)
	if err != nil {
		return nil, err
	}
	sealed, err := own.Seal(key[:], grant)
	if err != nil {
		return nil, err
	}
	return &store.Wrap{
		Session: who.ID, Grant: grant, Sealed: sealed,
		Consent: f.Device == nil && clients.Hosted(f.Redirect),
	}, nil
}

// newGrant makes the grant that the user has agreed to.
func (h *consent) newGrant(f flows.Flow) (store.Grant, seal.Key, error) {
	asks := clientView(h.policy, f)
	place := asks.Place
	if asks.Device {
		place = "a device, by a code"
	}
	return h.grants.NewGrant(grants.Consent{
		Client: f.Client.ID, Name: shownAs(asks), Place: place, Redirect: f.Redirect, Scopes: f.Scopes,
		Credential: *f.Credential, Account: *f.Account,
	})
}
