package sandbox

import (
	"net/http"
	"slices"
	"time"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/engine"
)

func (s *Sandbox) avatarRoutes() []engine.Route {
	return []engine.Route{
		engine.On("POST", "/v3/avatars", s.createAvatar),
		engine.On("GET", "/v3/avatars", s.listGroups),
		engine.On("GET", "/v3/avatars/{group_id}", s.getGroup),
		engine.On("PATCH", "/v3/avatars/{group_id}", s.updateGroup),
		engine.On("DELETE", "/v3/avatars/{group_id}", s.deleteGroup),
		engine.On("POST", "/v3/avatars/{group_id}/consent", s.createConsent),
		engine.On("GET", "/v3/avatars/looks", s.listLooks),
		engine.On("GET", "/v3/avatars/looks/{look_id}", s.getLook),
		engine.On("PATCH", "/v3/avatars/looks/{look_id}", s.updateLook),
		engine.On("DELETE", "/v3/avatars/looks/{look_id}", s.deleteLook),
	}
}

// listGroups answers GET /v3/avatars.
func (s *Sandbox) listGroups(r *http.Request, v *engine.Request) (any, *engine.Error) {
	l, apiErr := s.ReadListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	items := owned(r.URL.Query().Get("ownership"), s.public.groups, holdingsOf(v.Account).private.groups)
	return engine.Paged(s.Engine, l, items,
		func(_ int, g *group) int64 { return g.place },
		func(position, after int64) bool { return position > after },
		func(g *group) any { return s.showGroup(r, g) }), nil
}

// getGroup answers GET /v3/avatars/{group_id}.
func (s *Sandbox) getGroup(r *http.Request, v *engine.Request) (any, *engine.Error) {
	id := chi.URLParam(r, "group_id")
	for _, c := range s.catalogs(v) {
		if g, ok := c.groupByID[id]; ok {
			return s.showGroup(r, g), nil
		}
	}
	return nil, engine.NotFound("avatar_not_found", "Avatar group")
}

// listLooks answers GET /v3/avatars/looks.
func (s *Sandbox) listLooks(r *http.Request, v *engine.Request) (any, *engine.Error) {
	l, apiErr := s.ReadListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	q := r.URL.Query()
	kind := q.Get("avatar_type")
	items := owned(q.Get("ownership"), s.public.looks, holdingsOf(v.Account).private.looks)
	items = slices.DeleteFunc(slices.Clone(items), func(one *look) bool {
		return kind != "" && one.kind != kind || q.Has("group_id") && one.group.id != q.Get("group_id")
	})
	return engine.Paged(s.Engine, l, items,
		func(_ int, one *look) int64 { return one.place },
		func(position, after int64) bool { return position > after },
		func(one *look) any { return s.showLook(r, one) }), nil
}

// getLook answers GET /v3/avatars/looks/{look_id}.
func (s *Sandbox) getLook(r *http.Request, v *engine.Request) (any, *engine.Error) {
	one := s.findLook(v, chi.URLParam(r, "look_id"))
	if one == nil {
		return nil, engine.NotFound("not_found", "Avatar look")
	}
	return s.showLook(r, one), nil
}

func (s *Sandbox) findLook(v *engine.Request, id string) *look {
	for _, c := range s.catalogs(v) {
		if one, ok := c.lookByID[id]; ok {
			return one
		}
	}
	return nil
}

// catalogs are those that a caller may choose from.
func (s *Sandbox) catalogs(v *engine.Request) []*catalog {
	return []*catalog{s.public, holdingsOf(v.Account).private}
}

func owned[T any](ownership string, public, private []T) []T {
	switch ownership {
	case "public":
		return public
	case "private":
		return private
	}
	return slices.Concat(public, private)
}

func (s *Sandbox) showGroup(r *http.Request, g *group) any {
	now := s.Now()
	shown := g.looks[0]
	if i := slices.IndexFunc(g.looks, func(one *look) bool { return one.trained(now) }); i >= 0 {
		shown = g.looks[i]
	}
	return map[string]any{
		"id":                g.id,
		"name":              g.name,
		"created_at":        g.created,
		"looks_count":       len(g.looks),
		"gender":            engine.OrNull(g.gender),
		"default_voice_id":  engine.OrNull(g.voiceID),
		"preview_image_url": s.preview(r, shown),
		"preview_video_url": nil,
		"status":            engine.OrNull(g.status(now)),
		"consent_status":    engine.OrNull(g.consentStatus(now)),
		"error":             trainingError(shown, g.status(now), now),
	}
}

// showLook is a look as GET shows it: what is seen of it, and what it can do, only once it is
// trained.
func (s *Sandbox) showLook(r *http.Request, l *look) any {
	now := s.Now()
	out := map[string]any{
		"id":                    l.id,
		"name":                  l.name,
		"avatar_type":           l.kind,
		"group_id":              l.group.id,
		"gender":                engine.OrNull(l.group.gender),
		"tags":                  l.tags,
		"default_voice_id":      engine.OrNull(l.voiceID),
		"supported_api_engines": []string{},
		"preferred_orientation": nil,
		"image_width":           nil,
		"image_height":          nil,
		"preview_image_url":     s.preview(r, l),
		"preview_video_url":     nil,
		"status":                engine.OrNull(l.status(now)),
		"error":                 trainingError(l, l.status(now), now),
	}
	if l.trained(now) {
		out["supported_api_engines"], out["preferred_orientation"] = l.engines, engine.OrNull(l.orientation)
		out["image_width"], out["image_height"] = l.width, l.height
	}
	return out
}

// preview links to a picture a sixth of the look's own size. It is nil while there is nothing to
// see.
func (s *Sandbox) preview(r *http.Request, l *look) any {
	if !l.trained(s.Now()) {
		return nil
	}
	return s.PictureLink(r, l.id, l.width/6, l.height/6)
}

// trainingError is why a look could not be made, or nil.
func trainingError(l *look, status string, now time.Time) any {
	if status != avatarJobs().Failed {
		return nil
	}
	return map[string]any{"code": engine.FailureCode, "message": l.training.Reason(now)}
}
