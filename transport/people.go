package transport

import (
	"net/http"
	"strings"

	"heygen-mcp/internal/accept"
	"heygen-mcp/transport/edge"
)

// forPeople answers a person who opens an endpoint in a browser with a page that says what the address is for.
// Whatever a program sends is served as if there were no such page.
//
// The page has the status that programs get: the standard has a server without streams answer every GET with 405,
// and browsers show what comes with it. It comes before the check of Origin, because a link in somebody's message
// leads here from another site.
func (s *Server) forPeople(n pathFilter) func(http.Handler) http.Handler {
	if s.parts.Endpoint == nil {
		return func(next http.Handler) http.Handler { return next }
	}
	page := s.policy.Ours(s.endpointPage(n))
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodGet {
				// A cache may keep a 405, and must not give a program the page.
				w.Header().Add("Vary", "Accept, Sec-Fetch-Mode")
				if isNavigation(r) {
					page.ServeHTTP(w, r)
					return
				}
			}
			next.ServeHTTP(w, r)
		})
	}
}

// endpointPage is the page, or that of an address where nothing is: a path can name a toolset that there is not.
func (s *Server) endpointPage(n pathFilter) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sets, err := n.toolsets(r)
		if err == nil {
			err = s.knows(r.Context(), sets)
		}
		if err != nil {
			s.absent.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Allow", edge.Allowed)
		s.parts.Endpoint.ServeHTTP(w, r)
	})
}

// isNavigation says whether a person opens an address in a browser. Browsers that say how they came to ask say that
// they navigate; to a server without TLS, and from old browsers, nothing is said.
func isNavigation(r *http.Request) bool {
	if mode := r.Header.Get("Sec-Fetch-Mode"); mode != "" && mode != "navigate" {
		return false
	}
	for name := range r.Header {
		switch {
		case strings.HasPrefix(name, "Mcp-"), strings.HasPrefix(name, "X-Mcp-"):
			return false
		case name == "Authorization", name == "X-Api-Key", name == "Last-Event-Id", name == "Origin":
			return false
		}
	}
	return accept.Prefers(r, "text/html") != "" && accept.Prefers(r, "text/event-stream", "application/json") == ""
}
