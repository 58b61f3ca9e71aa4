package broker

import (
	"errors"
	"io"
	"net/http"

	"heygen-mcp/auth/clients"
	"heygen-mcp/internal/limit"
)

// longestRegistration bounds a registration in bytes; the longest that is known has under a thousand.
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

// register makes a client known. Anybody may: what a client can do is decided by the person who agrees to it.
func (b *Broker) register(w http.ResponseWriter, r *http.Request) {
	b.anyPage(w, "POST, OPTIONS")
	w.Header().Set("Cache-Control", "no-store")
	switch r.Method {
	case http.MethodOptions:
		w.WriteHeader(http.StatusNoContent)
		return
	case http.MethodPost:
	default:
		w.Header().Set("Allow", "POST, OPTIONS")
		writeProblem(w, http.StatusMethodNotAllowed, problem{invalidClientMetadata, "register with POST"})
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, longestRegistration))
	if err != nil {
		writeProblem(w, http.StatusBadRequest, problem{invalidClientMetadata, "the body is longer than 8192 bytes"})
		return
	}
	c, err := b.cfg.Redirects.Register(body)
	if refusal, ok := errors.AsType[*clients.RegistrationError](err); ok {
		writeProblem(w, http.StatusBadRequest, problem{refusal.Code, refusal.Why})
		return
	}
	if b.cfg.NoDevices && len(c.Redirects) == 0 { // it asks for the device grant alone
		writeProblem(w, http.StatusBadRequest, problem{invalidClientMetadata, "grant_types must hold authorization_code: this server does not have the device grant"})
		return
	}
	if wait := b.limits.take(r.Context(), b.limits.registrations); wait > 0 {
		limit.SetRetryAfter(w.Header(), wait)
		writeProblem(w, http.StatusTooManyRequests, problem{temporarilyUnavailable, "too many clients are registering now; try again in a moment"})
		return
	}
	k := storedClient{Client: c}
	k.ID = secret(clientPrefix)
	answer := registration{
		ID: k.ID, Issued: b.cfg.Clock().Unix(), Name: c.Name, Redirects: append([]string{}, c.Redirects...), Method: c.Method, Scope: scopeList(registered(c.Scope)),
		Grants: b.grants(), Responses: []string{"code"},
	}
	if !c.Public() {
		answer.Secret, answer.Expires = secret(secretPrefix), new(int64) // zero: it does not expire by itself
		k.secret = hashOf(answer.Secret, clientPurpose)
	}
	if err := b.keepClient(r.Context(), k, unusedClient); err != nil {
		b.cfg.Log.Error().Err(err).Msg("a registration could not be kept")
		writeProblem(w, http.StatusInternalServerError, problem{"server_error", "this server failed; try again"})
		return
	}
	b.audit(r.Context(), Event{What: RegisteredAs, Client: k.ID, Detail: c.Name})
	writeJSON(w, http.StatusCreated, answer)
}
