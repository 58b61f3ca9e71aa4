package tokens

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/zitadel/oidc/v3/pkg/oidc"

	"heygen-mcp/auth/broker/protocol"
	"heygen-mcp/auth/broker/site"
	"heygen-mcp/auth/clients"
	"heygen-mcp/internal/limit"
)

// Guard guards an endpoint of the library's that takes forms. The library would read parameters
// from the query too, where secrets end up in logs, and would take a GET; it would take the last of
// two values where RFC 6749 wants a refusal; it answers invalid_client with 400, lets errors be
// stored, and tells what went wrong inside.
func (h *Endpoint) Guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		protocol.AllowAnyOrigin(w, "POST, OPTIONS")
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Pragma", "no-cache")
		switch {
		case r.Method == http.MethodOptions:
			w.WriteHeader(http.StatusNoContent)
			return
		case r.Method != http.MethodPost:
			w.Header().Set("Allow", "POST, OPTIONS")
			protocol.WriteProblem(
				w,
				http.StatusMethodNotAllowed,
				protocol.Problem{
					Code: "invalid_request", Why: "send the parameters in the body of a POST",
				},
			)
			return
		case r.URL.RawQuery != "":
			protocol.WriteProblem(
				w,
				http.StatusBadRequest,
				protocol.Problem{
					Code: "invalid_request",
					Why:  "send the parameters in the body, not in the address",
				},
			)
			return
		}
		if why := protocol.ReadForm(w, r); why != "" {
			protocol.WriteProblem(
				w, http.StatusBadRequest, protocol.Problem{Code: "invalid_request", Why: why})
			return
		}
		if why := h.grantType(r); why != "" {
			protocol.WriteProblem(
				w, http.StatusBadRequest,
				protocol.Problem{Code: string(oidc.UnsupportedGrantType), Why: why})
			return
		}
		r, wait := protocol.WithLater(r)
		answer := protocol.Buffer(next, r)
		if answer.Status < http.StatusBadRequest {
			maps.Copy(w.Header(), answer.Header())
			w.WriteHeader(answer.Status)
			_, _ = w.Write(answer.Body.Bytes()) //nolint:gosec // G705: JSON of the library's; a failed write means that the client has gone
			return
		}
		status, p := protocol.ReadProblem(answer)
		if isFailure(p.Code) {
			// Counted afterwards, so that whoever shows the right thing is served though others at
			// their address do not.
			if wait.Wait = h.limits.Take(r.Context(), h.limits.Failures); wait.Wait > 0 {
				p = protocol.Problem{Code: protocol.TemporarilyUnavailable, Why: tooManyFailures}
			}
		}
		if wait.Wait > 0 {
			status = http.StatusTooManyRequests
			limit.SetRetryAfter(w.Header(), wait.Wait)
		}
		if p.Code == string(oidc.InvalidClient) {
			status = http.StatusUnauthorized
			w.Header().Set("WWW-Authenticate", `Basic realm="client"`)
		}
		protocol.WriteProblem(w, status, p)
	})
}

// tooManyFailures is what a source over its share of failures is told.
const tooManyFailures = "too many requests fail; try again in a moment"

// isFailure says whether an error of a token endpoint is one of showing the wrong thing, or of a device
// that does not wait. The others are how a device is told to wait, or not the client's fault.
func isFailure(code string) bool {
	switch code {
	case "invalid_client", "invalid_grant", "invalid_request", "unsupported_grant_type", "expired_token", "slow_down":
		return true
	}
	return false
}

// grantType prepares a token request for the library, and says why one for another grant is not for
// it: the library would blame the client for some grants, which no client has.
func (h *Endpoint) grantType(r *http.Request) (why string) {
	grant := r.Form.Get("grant_type")
	switch {
	case r.URL.Path != site.PathToken || grant == "":
	case !slices.Contains(h.grantTypes, grant):
		return "grant_type must be one of " + strings.Join(h.grantTypes, ", ")
	case grant == clients.GrantCode && !r.Form.Has("redirect_uri"):
		r.Form.Set("redirect_uri", impliedRedirect)
	}
	return ""
}
