package signin

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"strings"

	"heygen-mcp/auth/broker/protocol"
)

// trustKey is under what the context of an authorization request has a *bool: whether the client
// may be redirected to before the user has seen it.
type trustKey struct{}

// Guard guards the authorization endpoint, which a user's browser opens: what cannot be sent back
// to the client is shown on a page. So is every error for a client that is neither known nor the
// operator's: anybody can register, so that this server would otherwise redirect whoever follows a
// link to wherever its author likes (RFC 9700 4.11.2).
func (h *Authorize) Guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet {
			w.Header().Set("Allow", "GET")
			h.message(w, r, http.StatusMethodNotAllowed, "fault.browsers", "fault.by_get")
			return
		}
		q, why := protocol.ReadQuery(r.URL.RawQuery)
		if why != "" {
			h.showAuthorizeError(w, r, http.StatusBadRequest, why)
			return
		}
		trusted := false
		r = r.Clone(context.WithValue(r.Context(), trustKey{}, &trusted))
		r.URL.RawQuery = q.Encode()
		r, wait := protocol.WithLater(r)
		answer := protocol.Buffer(next, r)
		if wait.Wait > 0 { // the library would redirect some errors to the client, which cannot show a user what to do
			h.showBusy(w, r, wait)
			return
		}
		if answer.Status >= http.StatusBadRequest {
			status, p := protocol.ReadProblem(answer)
			h.showAuthorizeError(w, r, status, p.Why)
			return
		}
		if to := answer.Header().Get("Location"); !trusted &&
			!strings.HasPrefix(to, h.site.URL("/oauth/")) {
			h.showUntrustedError(w, r, to)
			return
		}
		maps.Copy(w.Header(), answer.Header())
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Referrer-Policy", "no-referrer")
		w.WriteHeader(
			answer.Status,
		) // a redirect; the body that Go adds to it repeats the address, and is left out
	})
}

// showUntrustedError shows the error that a redirect would have told a client.
func (h *Authorize) showUntrustedError(w http.ResponseWriter, r *http.Request, to string) {
	u, err := url.Parse(to)
	if err != nil {
		h.showAuthorizeError(w, r, http.StatusBadRequest, "the request cannot be answered")
		return
	}
	q := u.Query()
	h.showAuthorizeError(w, r, http.StatusBadRequest,
		protocol.Describable(q.Get(errorMark)+": "+q.Get("error_description")))
}
