package transport

import (
	"net/http"

	"github.com/go-chi/chi/v5"
)

// documents mounts the texts about the server.
func (s *Server) documents(r chi.Router) {
	for _, at := range bases(s.cfg.PublicURL.Path) {
		for path, d := range s.parts.Documents {
			r.Handle(at+path, s.policy.Public(d))
		}
	}
}

// ServeHTTP gives the text to whoever asks.
func (d Document) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", d.Type)
	w.Header().Set("Cache-Control", "public, max-age=3600")
	_, _ = w.Write(d.Body) // fails when the client has gone
}
