package broker

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"heygen-mcp/auth/clients"
	"heygen-mcp/auth/pages"
	"heygen-mcp/auth/store"
	"heygen-mcp/internal/seal"
)

// consentPage shows whose account it is, before the person agrees.
func (b *Broker) consentPage(w http.ResponseWriter, r *http.Request) {
	who, f, ok := b.ownFlow(w, r)
	if !ok {
		return
	}
	if f.Client == nil || f.Held == nil || f.Account == nil {
		b.redirectTo(w, b.pageURL(pathSignIn, f))
		return
	}
	b.show(w, http.StatusOK, pages.Consent, pages.ConsentView{
		Hidden: b.hidden(who, pathConsent, f), Client: b.clientView(f), Scopes: inWords(f.Scopes), Account: accountName(f.Account.Name), Balance: f.Account.Balance,
		Key: f.Held.Key != "", Remember: f.Device == nil && clients.Hosted(f.Redirect), Again: b.pageURL(pathSignIn, f),
	}, true)
}

// accountName is an account as a page shows it.
func accountName(name string) string {
	if name == "" {
		return "HeyGen does not name it"
	}
	return name
}

// consent takes the person's answer.
func (b *Broker) consent(w http.ResponseWriter, r *http.Request) {
	who, f, ok := b.ownForm(w, r)
	if !ok {
		return
	}
	switch {
	case f.Client == nil || f.Held == nil || f.Account == nil:
		b.showFlowError(r.Context(), w, errFlowGone)
	case r.PostForm.Get("action") == "agree":
		b.agree(w, r, who, f)
	default:
		b.denyFlow(w, r, f)
	}
}

// agree makes the grant. The key goes to the code, or to the device, and to the browser that may end it.
func (b *Broker) agree(w http.ResponseWriter, r *http.Request, who browser, f flow) {
	ctx := r.Context()
	g, key, err := b.newGrant(f)
	if err != nil {
		b.showFlowError(ctx, w, err)
		return
	}
	wrap, err := b.browserWrap(who, f, g.ID, key)
	if err == nil {
		err = b.keepSession(ctx, who)
	}
	if err == nil {
		err = b.keepAsked(ctx, f)
	}
	if err != nil {
		b.showFlowError(ctx, w, err)
		return
	}
	to, err := b.connect(r, f, g, key, wrap)
	if errors.Is(err, store.ErrNotFound) {
		err = errFlowGone // the form was sent twice
	}
	if err != nil {
		b.showFlowError(ctx, w, err)
		return
	}
	b.unanswered.drop(flowHash(f.ID))
	b.audit(ctx, Event{What: Consented, Client: g.Client, Grant: g.ID, Caller: detailsOf(g).Caller, Detail: g.Scopes})
	b.setCookie(w.Header(), who) // for another month
	if to == "" {
		b.message(w, http.StatusOK, "Connected", "The device will notice in a few seconds. You can close this page.")
		return
	}
	b.redirectTo(w, to)
}

// keepAsked makes the client that a person agreed to live on, as it was when it asked: its document may not be there to
// be fetched again.
func (b *Broker) keepAsked(ctx context.Context, f flow) error {
	if f.Client.Source == clients.Document {
		return b.keepClient(ctx, storedClient{Client: *f.Client}, usedClient)
	}
	c, err := b.client(ctx, f.Client.ID, false)
	if errors.Is(err, errUnknownClient) {
		return errClientGone // it was about to be deleted when it asked
	}
	if err != nil {
		return err
	}
	return b.keepClient(ctx, c, usedClient)
}

// connect stores the grant, and gives the address that the client waits at; a device has none.
func (b *Broker) connect(r *http.Request, f flow, g store.Grant, key seal.Key, wrap *store.Wrap) (to string, err error) {
	ctx := r.Context()
	if f.Device != nil {
		locked, err := seal.To(f.Device.Public, key[:], g.ID)
		if err != nil {
			return "", err
		}
		return "", b.cfg.Store.ConnectDevice(ctx, flowHash(f.ID), g, f.Device.ID, locked, wrap, b.cfg.Clock())
	}
	code, record, err := b.newCode(f, g.ID, key)
	if err != nil {
		return "", err
	}
	if to, err = b.clientRedirect(f, url.Values{"code": {code}}); err != nil {
		return "", err
	}
	return to, b.cfg.Store.Connect(ctx, flowHash(f.ID), g, record, wrap, b.cfg.Clock())
}

// browserWrap seals the grant's key to the cookie, so that this browser can end the grant at HeyGen too, and its
// person need not sign in again where that is safe.
func (b *Broker) browserWrap(who browser, f flow, grant string, key seal.Key) (*store.Wrap, error) {
	own, err := seal.Derive(who.secret, sealPurpose)
	if err != nil {
		return nil, err
	}
	sealed, err := own.Seal(key[:], grant)
	if err != nil {
		return nil, err
	}
	return &store.Wrap{Session: who.id, Grant: grant, Sealed: sealed, Consent: f.Device == nil && clients.Hosted(f.Redirect)}, nil
}
