package registry

import (
	"errors"
	"io"
	"net/http"
	"slices"
	"time"

	"github.com/rs/zerolog"

	"heygen-mcp/auth/broker/audit"
	"heygen-mcp/auth/broker/limits"
	"heygen-mcp/auth/broker/protocol"
	"heygen-mcp/auth/broker/scope"
	"heygen-mcp/auth/broker/secrets"
	"heygen-mcp/auth/clients"
	"heygen-mcp/internal/limit"
)

// longestRegistration bounds a registration in bytes; the longest that is known has under a
// thousand.
const longestRegistration = 8 << 10

// registration is what a client is answered (RFC 7591).
type registration struct {
	ID        string   `json:"client_id"`
	Secret    string   `json:"client_secret,omitempty"`
	Issued    int64    `json:"client_id_issued_at"`
	Expires   *int64   `json:"client_secret_expires_at,omitempty"`
	Name      string   `json:"client_name,omitempty"`
	Redirects []string `json:"redirect_uris"`
	Grants    []string `json:"grant_types"`
	Responses []string `json:"response_types"`
	Method    string   `json:"token_endpoint_auth_method"`
	Scope     string   `json:"scope"`
}

// Registration is the endpoint at which clients register (RFC 7591).
type Registration struct {
	Clients *Clients
	Policy  clients.Policy
	// Grants are the grant types that every client may use.
	Grants []string
	Limits *limits.Limiters
	Audit  audit.Log
	Clock  func() time.Time
	Log    zerolog.Logger
}

// ServeHTTP registers a client. Anybody may: what a client can do is decided by the user who agrees
// to it.
func (h *Registration) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	protocol.AllowAnyOrigin(w, "POST, OPTIONS")
	w.Header().Set("Cache-Control", "no-store")
	switch r.Method {
	case http.MethodOptions:
		w.WriteHeader(http.StatusNoContent)
		return
	case http.MethodPost:
	default:
		w.Header().Set("Allow", "POST, OPTIONS")
		protocol.WriteProblem(
			w, http.StatusMethodNotAllowed,
			protocol.Problem{Code: protocol.InvalidClientMetadata, Why: "register with POST"})
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, longestRegistration))
	if err != nil {
		protocol.WriteProblem(
			w,
			http.StatusBadRequest,
			protocol.Problem{
				Code: protocol.InvalidClientMetadata, Why: "the body is longer than 8192 bytes",
			},
		)
		return
	}
	c, err := h.Policy.Register(body)
	if refusal, ok := errors.AsType[*clients.RegistrationError](err); ok {
		protocol.WriteProblem(
			w, http.StatusBadRequest, protocol.Problem{Code: refusal.Code, Why: refusal.Why})
		return
	}
	if !slices.Contains(h.Grants, clients.GrantDevice) &&
		len(c.Redirects) == 0 { // it asks for the device grant alone
		protocol.WriteProblem(
			w,
			http.StatusBadRequest,
			protocol.Problem{
				Code: protocol.InvalidClientMetadata,
				Why:  "grant_types must hold authorization_code: this server does not have the device grant",
			},
		)
		return
	}
	if wait := h.Limits.Take(r.Context(), h.Limits.Registrations); wait > 0 {
		limit.SetRetryAfter(w.Header(), wait)
		protocol.WriteProblem(
			w,
			http.StatusTooManyRequests,
			protocol.Problem{
				Code: protocol.TemporarilyUnavailable,
				Why:  "too many clients are registering now; try again in a moment",
			},
		)
		return
	}
	k := StoredClient{Client: c}
	k.ID = secrets.New(secrets.ClientPrefix)
	answer := registration{
		ID: k.ID, Issued: h.Clock().Unix(), Name: c.Name, Redirects: append([]string{}, c.Redirects...), Method: c.Method, Scope: scope.Join(scope.Registered(c.Scope)),
		Grants: h.Grants, Responses: []string{"code"},
	}
	if !c.Public() {
		answer.Secret, answer.Expires = secrets.New(
			secrets.ClientSecretPrefix,
		), new(
			int64,
		) // zero: it does not expire by itself
		k.Secret = secrets.Hash(answer.Secret, secrets.ClientPurpose)
	}
	if err := h.Clients.Keep(r.Context(), k, UnusedLifetime); err != nil {
		h.Log.Error().Err(err).Msg("a registration could not be kept")
		protocol.WriteProblem(
			w, http.StatusInternalServerError,
			protocol.Problem{Code: "server_error", Why: "this server failed; try again"})
		return
	}
	h.Audit(r.Context(), audit.Event{What: audit.RegisteredAs, Client: k.ID, Detail: c.Name})
	protocol.WriteJSON(w, http.StatusCreated, answer)
}
