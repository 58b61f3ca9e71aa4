package signin

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"

	"heygen-mcp/auth/broker/browsers"
	"heygen-mcp/auth/broker/flows"
	"heygen-mcp/auth/broker/site"
	"heygen-mcp/auth/pages"
)

// visits finds the flow that a request belongs to, and the addresses that it goes on to.
type visits struct {
	*view
	site     *site.Site
	browsers *browsers.Jar
	flows    *flows.Flows
}

// ownFlow finds the flow of a page, or shows why it cannot go on.
func (h *visits) ownFlow(
	w http.ResponseWriter, r *http.Request) (browsers.Browser, flows.Flow, bool) {
	who, ok := h.browsers.Of(r.Header)
	if !ok {
		h.showFlowError(w, r, browsers.ErrNoCookie)
		return browsers.Browser{}, flows.Flow{}, false
	}
	f, err := h.flows.Find(r.Context(), who, r.URL.Query().Get("flow"))
	if err != nil {
		h.showFlowError(w, r, err)
		return browsers.Browser{}, flows.Flow{}, false
	}
	return who, f, true
}

// ownForm finds the flow of a form, or shows why it cannot go on.
func (h *visits) ownForm(
	w http.ResponseWriter, r *http.Request) (browsers.Browser, flows.Flow, bool) {
	who, err := h.browsers.CheckForm(
		w, r, func(r *http.Request) string { return r.PostForm.Get("flow") })
	if err != nil {
		h.showFlowError(w, r, err)
		return browsers.Browser{}, flows.Flow{}, false
	}
	f, err := h.flows.Find(r.Context(), who, r.PostForm.Get("flow"))
	if err != nil {
		h.showFlowError(w, r, err)
		return browsers.Browser{}, flows.Flow{}, false
	}
	return who, f, true
}

// pageURL is the address of a page of a flow.
func (h *visits) pageURL(path string, f flows.Flow) string {
	return h.site.URL(path) + "?" + url.Values{"flow": {f.ID}}.Encode()
}

// hidden is what the forms of a flow's page carry.
func (h *visits) hidden(who browsers.Browser, path string, f flows.Flow) pages.Hidden {
	return pages.Hidden{Action: h.site.URL(path), Flow: f.ID, CSRF: browsers.CSRF(who.Secret, f.ID)}
}

// clientRedirect is the client's redirect URI with an answer.
func (h *visits) clientRedirect(f flows.Flow, answer url.Values) (string, error) {
	u, err := url.Parse(f.Redirect)
	if err != nil {
		return "", fmt.Errorf("signin: a redirect URI: %w", err)
	}
	q, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return "", fmt.Errorf("signin: the query of a redirect URI: %w", err)
	}
	maps.Copy(q, answer)
	if f.State != "" {
		q.Set("state", f.State)
	}
	h.site.AddIssuer(q)
	u.RawQuery = q.Encode()
	return u.String(), nil
}
