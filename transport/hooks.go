package transport

import (
	"net/http"
	"strings"
)

// hooksAt is where HeyGen calls, below the public URL.
const hooksAt = "/hooks/"

// hooks takes HeyGen's calls before anything is logged: a flood of them must not fill the log, and
// what pokes is not written down.
func (s *Server) hooks(sources func(http.Handler) http.Handler, rest http.Handler) http.Handler {
	if s.parts.Hooks == nil {
		return rest
	}
	quiet := recovered(s.cfg.Log)(sources(s.limited(true)(s.parts.Hooks)))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, at := range bases(s.cfg.PublicURL.Path) {
			if strings.HasPrefix(r.URL.Path, at+hooksAt) {
				quiet.ServeHTTP(w, r)
				return
			}
		}
		rest.ServeHTTP(w, r)
	})
}
