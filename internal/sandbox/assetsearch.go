package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"heygen-mcp/internal/sandbox/engine"
)

// librarySize is how many pictures a search of the public library brings.
const librarySize = 48

// picture is one of the library.
type picture struct {
	id            string
	width, height int
	orientation   string
}

// searchAssets answers GET /v3/assets/search. The public library has something for every query,
// always the same; of the caller's own pictures those are found whose names hold one of the words.
func (s *Sandbox) searchAssets(r *http.Request, v *engine.Request) (any, *engine.Error) {
	l, apiErr := s.ReadListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	q := r.URL.Query()
	kind, words := q.Get("type"), strings.Fields(strings.ToLower(q.Get("query")))
	if len(words) == 0 {
		return nil, engine.Invalid("query", "'query' must not be empty.")
	}
	if q.Get("scope") == "personal" {
		own := slices.DeleteFunc(s.OwnJobs(v, assetJobs()), func(j *engine.Job) bool {
			named := func(word string) bool { return strings.Contains(strings.ToLower(j.Title), word) }
			return kind != "image" || j.Media == nil || !strings.HasPrefix(j.Media.Type, "image/") || !slices.ContainsFunc(words, named)
		})
		return engine.BySerial(s.Engine, l, own, func(j *engine.Job) any {
			return map[string]any{"type": kind, "id": j.ID, "url": s.assetLink(r, j), "width": nil, "height": nil, "orientation": nil, "is_transparent": nil}
		}), nil
	}
	library := make([]picture, librarySize)
	for i := range library {
		id := s.NewID(kind, strings.Join(words, " "), fmt.Sprint(i))
		library[i] = []picture{{id, 640, 360, "landscape"}, {id, 360, 640, "portrait"}, {id, 512, 512, "square"}}[i%3]
		if kind == "icon" {
			library[i] = picture{id, 256, 256, "square"}
		}
	}
	return engine.ByIndex(s.Engine, l, library, func(p picture) any {
		return map[string]any{
			"type": kind, "id": p.id, "url": s.PictureLink(r, p.id, p.width, p.height), "width": p.width, "height": p.height,
			"orientation": p.orientation, "is_transparent": false,
		}
	}), nil
}
