package sandbox

import (
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"

	"heygen-mcp/internal/sandbox/contract"
	"heygen-mcp/internal/sandbox/engine"
	"heygen-mcp/internal/sandbox/media"
)

// openPart finds a file that a video is to be made of, which is an image, a video or audio, and
// says which. A file that lies elsewhere goes by the ending of its address, as v3 asks that the two
// agree; without one its kind is "".
func (s *Sandbox) openPart(
	r *http.Request, v *engine.Request, in *fileInput, param string, kinds ...string,
) (*media.File, string, *engine.Error) {
	prefixes := make([]string, len(kinds))
	for i, kind := range kinds {
		prefixes[i] = kind + "/"
	}
	found, apiErr := s.open(r, v, in, param, prefixes...)
	if apiErr != nil {
		return nil, "", apiErr
	}
	kind, _, _ := strings.Cut(found.Type, "/")
	if kind == "" {
		kind = kindOfName(in.URL)
	}
	if kind != "" && !slices.Contains(kinds, kind) {
		return nil, "", engine.Invalid(contract.Member(param, "url"), "'%s' must lead to a file of type %s, not %s.", contract.Member(param, "url"), contract.Quoted(kinds), kind)
	}
	return found, kind, nil
}

// kindOfName is what kind of file an address leads to by its ending, or "".
func kindOfName(link string) string {
	at, err := url.Parse(link)
	if err != nil {
		return ""
	}
	switch strings.ToLower(path.Ext(at.Path)) {
	case ".png", ".jpg", ".jpeg":
		return "image"
	case ".mp4", ".webm":
		return "video"
	case ".mp3", ".wav":
		return "audio"
	}
	return ""
}
