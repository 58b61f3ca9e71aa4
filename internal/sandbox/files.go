package sandbox

import (
	"net/http"
	"path"
	"strings"

	"heygen-mcp/internal/sandbox/media"
)

// serveFile answers a signed link, as a storage host would: a credential sent
// along is refused, because it should never have left for here.
func (s *Sandbox) serveFile(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") != "" || r.Header.Get("X-Api-Key") != "" {
		http.Error(w, "Only one way to authorize a request is allowed: the signature in the link.", http.StatusBadRequest)
		return
	}
	if !s.ValidLink(r.URL.Path, r.URL.Query()) {
		http.Error(w, "The link has expired or its signature does not match.", http.StatusForbidden)
		return
	}
	dir, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/files/"), "/")
	id, _, _ := strings.Cut(path.Base(name), ".")
	var one *media.Content
	var err error
	switch dir {
	case "previews":
		one, err = media.Preview(id, path.Dir(name))
	case "samples":
		one, err = (&media.File{Seconds: media.SampleSeconds}).Content(id, ".wav")
	default:
		s.Lock()
		of := s.File(id)
		s.Unlock()
		if of != nil {
			one, err = of.Content(id, path.Ext(name))
		}
	}
	switch {
	case err != nil:
		http.Error(w, "The file could not be made.", http.StatusInternalServerError)
	case one == nil:
		http.NotFound(w, r)
	default:
		one.Serve(w, r)
	}
}
