package transport

import (
	"net/http"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/transport/edge"
)

// healthz says that the process runs. It asks nobody.
func (s *Server) healthz(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, `{"status":"ok"}`)
}

// readyz says whether to send requests here. It asks our own parts only: a
// HeyGen that is down is down for every replica, and taking all of them out of
// service helps nobody.
func (s *Server) readyz(w http.ResponseWriter, r *http.Request) {
	if s.draining.Load() {
		writeJSON(w, http.StatusServiceUnavailable, `{"status":"draining"}`)
		return
	}
	if s.parts.Ready != nil {
		if err := s.parts.Ready(r.Context()); err != nil {
			s.cfg.Log.Warn().Err(err).Msg("not ready")
			writeJSON(w, http.StatusServiceUnavailable, `{"status":"not ready"}`)
			return
		}
	}
	writeJSON(w, http.StatusOK, `{"status":"ready"}`)
}

func notFound(w http.ResponseWriter, _ *http.Request) {
	edge.WriteError(w, http.StatusNotFound, nil, mcp.INVALID_REQUEST, "nothing is served at this path; the endpoint "+
		"is /mcp")
}

func writeJSON(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(body + "\n")) // fails when the client has gone
}
