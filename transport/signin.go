package transport

import "github.com/go-chi/chi/v5"

// signIn mounts the authorization server. Its pages guard themselves against other
// origins, and its endpoints are for pages of every origin; the Host must be ours.
func (s *Server) signIn(r chi.Router) {
	if s.parts.SignIn == nil || s.parts.ServerMetadata == nil {
		return
	}
	prefix := s.cfg.PublicURL.Path
	for _, at := range bases(prefix) {
		for _, path := range []string{"/oauth/*", "/connections"} {
			r.Handle(at+path, s.policy.Ours(orAbsent(s.parts.SignIn, s.absent)))
		}
		// Clients look below the issuer and below the endpoint, and where RFC 8414
		// puts the document: the path after the well-known name.
		for _, name := range []string{"/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"} {
			for _, path := range []string{at + name, at + "/mcp" + name, name + at, name + at + "/mcp"} {
				r.Handle(path, s.parts.ServerMetadata)
			}
		}
	}
}
