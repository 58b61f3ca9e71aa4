package signin

import (
	"net/http"
	"time"

	"heygen-mcp/auth/broker/browsers"
	"heygen-mcp/auth/broker/flows"
	"heygen-mcp/auth/broker/site"
	"heygen-mcp/auth/clients"
	"heygen-mcp/auth/pages"
	"heygen-mcp/auth/upstream"
	"heygen-mcp/internal/limit"
	"heygen-mcp/internal/words"
)

// signInPage is the page with the ways in. policy tells known clients from
// others.
type signInPage struct {
	*visits
	policy clients.Policy
	heygen *upstream.Client
}

// showSignIn shows who asks for what, and the ways in.
func (h *signInPage) showSignIn(
	w http.ResponseWriter, r *http.Request, who browsers.Browser, f flows.Flow, status int,
	problem words.Text) {
	h.write(w, r, f, status, pages.SignInView{Hidden: h.hidden(who, site.PathSignIn, f), Problem: problem})
}

// showBadKey shows the page again to a person whose key is not one.
func (h *signInPage) showBadKey(
	w http.ResponseWriter, r *http.Request, who browsers.Browser, f flows.Flow, problem words.Text) {
	h.write(w, r, f, http.StatusUnprocessableEntity,
		pages.SignInView{Hidden: h.hidden(who, site.PathSignIn, f), Problem: problem, BadKey: true})
}

// write adds to a view what every sign-in shows.
func (h *signInPage) write(
	w http.ResponseWriter, r *http.Request, f flows.Flow, status int, view pages.SignInView) {
	view.Player = f.Return != ""
	if f.Client != nil {
		client := clientView(h.policy, f)
		view.Client, view.Cancel = &client, h.pageURL(site.PathCancel, f)
		view.Asks = scopeTexts(f.Scopes)
	}
	if err := h.heygen.Ready(r.Context()); err != nil {
		h.log.Warn().Err(err).Msg("HeyGen's sign-in cannot be offered")
	} else {
		view.HeyGen = h.pageURL(site.PathHeyGen, f)
	}
	h.show(w, r, status, pages.SignIn, view, false)
}

// showTooManyKeys shows the sign-in again, to be tried later.
func (h *signInPage) showTooManyKeys(
	w http.ResponseWriter, r *http.Request, who browsers.Browser, f flows.Flow, wait time.Duration,
) {
	limit.SetRetryAfter(w.Header(), wait)
	h.showSignIn(
		w, r, who, f, http.StatusTooManyRequests,
		words.Of("signin.too_many_keys"))
}
