package edge

import (
	"net/http"

	"github.com/mark3labs/mcp-go/mcp"
)

// Allowed are the methods that are answered with more than a refusal.
const Allowed = "POST, OPTIONS"

// Methods answers every method but POST, whoever sends it: what is served to nobody
// needs no credential, and a client that asks for a stream or ends a session must
// not be sent to sign in for it. HEAD goes on, since a client that is not signed in
// probes with it for the challenge.
func Methods(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.Method {
		case http.MethodPost, http.MethodHead:
			next.ServeHTTP(w, r)
		case http.MethodOptions:
			w.Header().Set("Allow", Allowed)
			w.WriteHeader(http.StatusNoContent)
		default:
			notAllowed(w, r)
		}
	})
}

// notAllowed refuses a method. GET is closed because mcp-go v1.2.1 serves it, in stateless
// mode, with one session for all: a caller would read another's notifications. Its own
// 405 says neither what is allowed nor anything in JSON-RPC.
func notAllowed(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Allow", Allowed)
	if r.Method == http.MethodHead {
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	WriteError(w, http.StatusMethodNotAllowed, nil, mcp.INVALID_REQUEST,
		"this endpoint is stateless: send each message with POST; there is no stream to open and no session to end")
}
