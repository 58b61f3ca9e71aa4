package sandbox

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/engine"
)

// folder is a place for what an account makes. Nothing in v3 renames one, empties it or throws it
// away.
type folder struct {
	id, name, kind, parent string
	created                int64
}

func (s *Sandbox) folderRoutes() []engine.Route {
	return []engine.Route{
		engine.On("POST", "/v3/folders", s.createFolder),
		engine.On("GET", "/v3/folders/{folder_id}", s.getFolder),
	}
}

// createFolder answers POST /v3/folders. Two folders may have one name.
func (s *Sandbox) createFolder(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in struct {
		Name     string  `json:"name"`
		ParentID *string `json:"parent_id"`
		Type     *string `json:"type"`
	}
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	if apiErr := holdingsOf(v.Account).holds("parent_id", in.ParentID); apiErr != nil {
		return nil, apiErr
	}
	kind := "mixed"
	if in.Type != nil {
		kind = *in.Type
	}
	f := &folder{
		id: s.NewID("folder", v.Account.Name, s.NextSerial()), name: in.Name, kind: kind,
		parent: value(in.ParentID), created: s.Now().Unix(),
	}
	holdingsOf(v.Account).folders[f.id] = f
	return showFolder(v.Account, f), nil
}

// getFolder answers GET /v3/folders/{folder_id}.
func (s *Sandbox) getFolder(r *http.Request, v *engine.Request) (any, *engine.Error) {
	f, ok := holdingsOf(v.Account).folders[chi.URLParam(r, "folder_id")]
	if !ok {
		return nil, engine.NotFound("resource_not_found", "Folder")
	}
	return showFolder(v.Account, f), nil
}

// holds refuses a folder that is not the account's. None, and the empty id, are the workspace's
// root. Whatever takes a folder_id asks this before it makes anything.
func (h *holdings) holds(param string, id *string) *engine.Error {
	if value(id) == "" || h.folders[*id] != nil {
		return nil
	}
	return engine.NotFound("resource_not_found", "Folder").WithParam(param)
}

func showFolder(a *engine.Account, f *folder) any {
	return map[string]any{
		"folder_id":        f.id,
		"name":             f.name,
		"type":             f.kind,
		"parent_id":        engine.OrNull(f.parent),
		"is_trash":         false,
		"creator_username": a.Name,
		"created_at":       f.created,
		"updated_at":       f.created,
	}
}
