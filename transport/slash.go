package transport

import (
	"net/http"
	"strings"
)

// unslashed serves every path with a slash at its end as the one without: people type it, and
// clients add it. A redirect would lose the body of a POST, and ends discovery for some clients.
// What was typed is remembered, since each spelling is a resource of its own to clients that
// compare.
func unslashed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path, ok := strings.CutSuffix(r.URL.Path, "/")
		if raw := r.URL.RawPath; raw != "" && !strings.HasSuffix(raw, "/") {
			ok = false // the slash is an escaped one, and part of the last element
		}
		if ok && path != "" {
			aboutOf(r.Context()).slash = true
			plain, at := *r, *r.URL
			at.Path, at.RawPath = path, strings.TrimSuffix(at.RawPath, "/")
			plain.URL = &at
			r = &plain
		}
		next.ServeHTTP(w, r)
	})
}

// typedSlash is what a request's path had at its end and the router does not see.
func typedSlash(r *http.Request) string {
	if aboutOf(r.Context()).slash {
		return "/"
	}
	return ""
}
