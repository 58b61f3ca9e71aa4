package sandbox

import (
	"heygen-mcp/internal/sandbox/seeded"

	"net/http"

	"github.com/go-chi/chi/v5"
)

// folder is a place for what an account makes. Nothing in v3 renames one, empties it or throws it away.
type folder struct {
	id, name, kind, parent string
	created                int64
}

func (s *Sandbox) folderRoutes() []route {
	return []route{
		{"POST", "/v3/folders", s.createFolder},
		{"GET", "/v3/folders/{folder_id}", s.getFolder},
	}
}

// createFolder answers POST /v3/folders. Two folders may have one name.
func (s *Sandbox) createFolder(r *http.Request, v *visit) (any, *apiError) {
	var in struct {
		Name     string  `json:"name"`
		ParentID *string `json:"parent_id"`
		Type     *string `json:"type"`
	}
	if apiErr := decodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	if apiErr := v.account.holds("parent_id", in.ParentID); apiErr != nil {
		return nil, apiErr
	}
	kind := "mixed"
	if in.Type != nil {
		kind = *in.Type
	}
	f := &folder{
		id: seeded.HexID(s.seed, "folder", v.account.name, s.next()), name: in.Name, kind: kind,
		parent: value(in.ParentID), created: s.clock.Now().Unix(),
	}
	v.account.folders[f.id] = f
	return showFolder(v.account, f), nil
}

// getFolder answers GET /v3/folders/{folder_id}.
func (s *Sandbox) getFolder(r *http.Request, v *visit) (any, *apiError) {
	f, ok := v.account.folders[chi.URLParam(r, "folder_id")]
	if !ok {
		return nil, notFound("resource_not_found", "Folder")
	}
	return showFolder(v.account, f), nil
}

// holds refuses a folder that is not the account's. None, and the empty id, are the workspace's root. Whatever takes a
// folder_id asks this before it makes anything.
func (a *account) holds(param string, id *string) *apiError {
	if value(id) == "" || a.folders[*id] != nil {
		return nil
	}
	return notFound("resource_not_found", "Folder").at(param)
}

func showFolder(a *account, f *folder) any {
	return map[string]any{
		"folder_id":        f.id,
		"name":             f.name,
		"type":             f.kind,
		"parent_id":        orNull(f.parent),
		"is_trash":         false,
		"creator_username": a.name,
		"created_at":       f.created,
		"updated_at":       f.created,
	}
}
