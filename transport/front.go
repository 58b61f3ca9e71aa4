package transport

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/accept"
)

// front mounts what people see at the public URL. Programs, which do not ask for a text, are told
// that nothing is there.
func (s *Server) front(all *chi.Mux, r chi.Router) {
	s.absent = http.HandlerFunc(notFound)
	all.NotFound(notFound)
	if s.parts.Front == nil {
		return
	}
	page := s.policy.Ours(s.parts.Front)
	accepting := func(kinds ...string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method != http.MethodGet && r.Method != http.MethodHead {
				notFound(w, r)
				return
			}
			w.Header().Add("Vary", "Accept")
			if accept.Prefers(r, kinds...) == "" {
				notFound(w, r)
				return
			}
			page.ServeHTTP(w, r)
		})
	}
	s.absent = accepting("text/html")
	all.NotFound(s.limited(true)(s.absent).ServeHTTP)
	for _, at := range bases(s.cfg.PublicURL.Path) {
		if s.parts.Player != nil {
			r.Handle(at+"/v/*", s.policy.Ours(orAbsent(s.parts.Player, s.absent)))
		}
		r.Handle(at+"/", accepting("text/html", "text/markdown"))
		if at != "" {
			r.Handle(at, accepting("text/html", "text/markdown"))
		}
		for _, path := range []string{"/llms.txt", "/robots.txt", "/favicon.ico", "/assets/*"} {
			r.Handle(at+path, page)
		}
	}
}
