package signin

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
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
	"heygen-mcp/auth/credential"
	"heygen-mcp/auth/pages"
	"heygen-mcp/auth/store"
	"heygen-mcp/internal/seal"
	"heygen-mcp/internal/words"
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
	// operatorCap is what each account may spend in a day, in millionths of a USD; 0 is no limit.
	operatorCap int64
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
	earlier, err := h.earlier(r.Context(), f)
	if err != nil {
		h.showFlowError(w, r, err)
		return
	}
	h.ask(w, r, who, f, earlier, http.StatusOK, firstChoice(f.Scopes, earlier))
}

// earlier is what the account allowed the same client last, nil for nothing that still holds.
func (h *consent) earlier(ctx context.Context, f flows.Flow) (*store.Grant, error) {
	all, err := h.store.GrantsOf(ctx, grants.HashAccount(f.Account.ID))
	if err != nil {
		return nil, err
	}
	for _, g := range all {
		if g.Client == f.Client.ID && !g.Ended(h.clock()) {
			return &g, nil
		}
	}
	return nil, nil //nolint:nilnil // there is none
}

// firstChoice is what the page has chosen at first. Deleting, which cannot be taken back, is for the person to choose.
func firstChoice(asked []string, earlier *store.Grant) termsForm {
	form := termsForm{access: string(scope.LookOnly), expires: never}
	if scope.Includes(asked, scope.Write) {
		form.access = string(scope.Make)
	}
	if earlier != nil {
		form.spendCap, form.expires = capText(earlier.SpendCap), endOf(*earlier)
	}
	return form
}

// ask shows the question with what was chosen so far.
func (h *consent) ask(
	w http.ResponseWriter, r *http.Request, who browsers.Browser, f flows.Flow, earlier *store.Grant, status int, form termsForm) {
	view := pages.ConsentView{
		Hidden: h.hidden(who, site.PathConsent, f), Client: clientView(h.policy, f), Scopes: scopeTexts(f.Scopes),
		Account: accountName(f.Account.Name), Balance: balanceText(*f.Account), Key: f.Credential.IsKey(),
		Remember: clients.Hosted(f.Redirect), Again: h.pageURL(site.PathSignIn, f),
		Connections: h.site.URL(site.PathConnections),
		Terms: pages.Terms{
			AccessProblem: form.accessProblem, Expires: endChoices(h.clock(), form.expires), ExpiresProblem: form.expiresProblem,
			SpendCap: form.spendCap, SpendCapProblem: form.spendCapProblem, OperatorCap: operatorText(h.operatorCap),
		},
	}
	if offered := scope.Offered(f.Scopes); len(offered) > 1 {
		view.Terms.Access = levelChoices(offered, scope.Level(form.access))
	}
	if earlier != nil {
		view.More = beyondTexts(f.Scopes, strings.Fields(earlier.Scopes))
	}
	h.view.show(w, r, status, pages.Consent, view, true)
}

// operatorText is the operator's cap in a sentence, nil for none.
func operatorText(most int64) words.Text {
	if most == 0 {
		return nil
	}
	return inUSD(most)
}

// accountName is an account as a page shows it.
func accountName(name string) words.Text {
	if name == "" {
		return words.Of("account.unnamed")
	}
	return words.Verbatim(name)
}

// balanceText is what is left in an account, nil where HeyGen does not say.
func balanceText(a credential.Account) words.Text {
	var left []words.Text
	if a.Balance != "" {
		left = append(left, words.Figure(a.Balance))
	}
	if a.Credits != "" {
		left = append(left, words.Of("account.credits", "Credits", a.Credits, "Plan", a.Plan))
	}
	switch len(left) {
	case 0:
		return nil
	case 1:
		return left[0]
	}
	return words.Of("account.both", "Balance", left[0], "Credits", left[1])
}

// answer takes the user's answer.
func (h *consent) answer(w http.ResponseWriter, r *http.Request) {
	who, f, ok := h.ownForm(w, r)
	if !ok {
		return
	}
	switch {
	case f.Client == nil || f.Credential == nil || f.Account == nil:
		h.showFlowError(w, r, flows.ErrGone)
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
	form := readTerms(r.PostForm)
	chosen := form.at(h.clock(), terms{scopes: f.Scopes}, scope.Offered(f.Scopes))
	if form.wrong() {
		h.askAgain(w, r, who, f, form)
		return
	}
	g, key, err := h.newGrant(f, chosen)
	if err != nil {
		h.showFlowError(w, r, err)
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
		h.showFlowError(w, r, err)
		return
	}
	to, err := h.connect(r, f, g, key, wrap)
	if errors.Is(err, store.ErrNotFound) {
		err = flows.ErrGone // the form was sent twice
	}
	if err != nil {
		h.showFlowError(w, r, err)
		return
	}
	h.abandoned.Drop(flows.Hash(f.ID))
	h.audit(ctx, audit.Event{
		What: audit.Consented, Client: g.Client, Grant: g.ID,
		Caller: grants.DetailsOf(g).Caller, Detail: g.Scopes,
	})
	h.browsers.Set(w.Header(), who) // for another month
	if to == "" {
		h.message(w, r, http.StatusOK, "last.connected", "last.connected_text")
		return
	}
	redirectTo(w, to)
}

// askAgain shows the question with what is wrong beside its field, and everything else as it was filled in.
func (h *consent) askAgain(
	w http.ResponseWriter, r *http.Request, who browsers.Browser, f flows.Flow, form termsForm) {
	earlier, err := h.earlier(r.Context(), f)
	if err != nil {
		h.showFlowError(w, r, err)
		return
	}
	h.ask(w, r, who, f, earlier, http.StatusUnprocessableEntity, form)
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
		strings.Fields(g.Scopes), g.ID, key)
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
		Consent: clients.Hosted(f.Redirect), // a device has no redirect URI
	}, nil
}

// newGrant makes the grant that the user has agreed to.
func (h *consent) newGrant(f flows.Flow, chosen terms) (store.Grant, seal.Key, error) {
	asks := clientView(h.policy, f)
	place := asks.Place
	if asks.Device {
		place = words.Of("place.device")
	}
	return h.grants.NewGrant(grants.Consent{
		Client: f.Client.ID, Name: shownAs(asks), Place: words.English().Say(place), Redirect: f.Redirect, Scopes: chosen.scopes,
		SpendCap: chosen.spendCap, Expires: chosen.expires,
		Credential: *f.Credential, Account: *f.Account,
	})
}
