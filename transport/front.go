package transport

import (
	"net/http"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"
)

// front mounts what people see at the public URL. Programs, which do not ask for a text, are told
// that nothing is there.
func (s *Server) front(all *chi.Mux, r chi.Router, policy *policy) {
	all.NotFound(notFound)
	if s.parts.Front == nil {
		return
	}
	page := policy.ours(s.parts.Front)
	accepting := func(kinds ...string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			asks := func(kind string) bool { return strings.Contains(r.Header.Get("Accept"), kind) }
			if slices.ContainsFunc(kinds, asks) && (r.Method == http.MethodGet || r.Method == http.MethodHead) {
				page.ServeHTTP(w, r)
				return
			}
			notFound(w, r)
		})
	}
	all.NotFound(s.limited(true)(accepting("text/html")).ServeHTTP)
	for _, at := range bases(s.cfg.PublicURL.Path) {
		if s.parts.Player != nil {
			r.Handle(at+"/v/*", policy.ours(s.parts.Player))
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
