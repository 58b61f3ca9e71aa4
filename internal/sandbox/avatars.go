package sandbox

import (
	"net/http"
	"slices"
	"time"

	"github.com/go-chi/chi/v5"
)

func (s *Sandbox) avatarRoutes() []route {
	return []route{
		{"POST", "/v3/avatars", s.createAvatar},
		{"GET", "/v3/avatars", s.listGroups},
		{"GET", "/v3/avatars/{group_id}", s.getGroup},
		{"PATCH", "/v3/avatars/{group_id}", s.updateGroup},
		{"DELETE", "/v3/avatars/{group_id}", s.deleteGroup},
		{"POST", "/v3/avatars/{group_id}/consent", s.createConsent},
		{"GET", "/v3/avatars/looks", s.listLooks},
		{"GET", "/v3/avatars/looks/{look_id}", s.getLook},
		{"PATCH", "/v3/avatars/looks/{look_id}", s.updateLook},
		{"DELETE", "/v3/avatars/looks/{look_id}", s.deleteLook},
	}
}

// listGroups answers GET /v3/avatars.
func (s *Sandbox) listGroups(r *http.Request, v *visit) (any, *apiError) {
	l, apiErr := s.readListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	items := owned(r.URL.Query().Get("ownership"), s.public.groups, v.account.private.groups)
	return paged(s, l, items,
		func(_ int, g *group) int64 { return g.place },
		func(position, after int64) bool { return position > after },
		func(g *group) any { return s.showGroup(r, g) }), nil
}

// getGroup answers GET /v3/avatars/{group_id}.
func (s *Sandbox) getGroup(r *http.Request, v *visit) (any, *apiError) {
	id := chi.URLParam(r, "group_id")
	for _, c := range s.catalogues(v) {
		if g, ok := c.groupByID[id]; ok {
			return s.showGroup(r, g), nil
		}
	}
	return nil, notFound("avatar_group_not_found", "Avatar group")
}

// listLooks answers GET /v3/avatars/looks.
func (s *Sandbox) listLooks(r *http.Request, v *visit) (any, *apiError) {
	l, apiErr := s.readListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	q := r.URL.Query()
	kind := q.Get("avatar_type")
	items := owned(q.Get("ownership"), s.public.looks, v.account.private.looks)
	items = slices.DeleteFunc(slices.Clone(items), func(one *look) bool {
		return kind != "" && one.kind != kind || q.Has("group_id") && one.group.id != q.Get("group_id")
	})
	return paged(s, l, items,
		func(_ int, one *look) int64 { return one.place },
		func(position, after int64) bool { return position > after },
		func(one *look) any { return s.showLook(r, one) }), nil
}

// getLook answers GET /v3/avatars/looks/{look_id}.
func (s *Sandbox) getLook(r *http.Request, v *visit) (any, *apiError) {
	one := s.findLook(v, chi.URLParam(r, "look_id"))
	if one == nil {
		return nil, notFound("avatar_not_found", "Avatar look")
	}
	return s.showLook(r, one), nil
}

func (s *Sandbox) findLook(v *visit, id string) *look {
	for _, c := range s.catalogues(v) {
		if one, ok := c.lookByID[id]; ok {
			return one
		}
	}
	return nil
}

// catalogues are those that a caller may choose from.
func (s *Sandbox) catalogues(v *visit) []*catalogue { return []*catalogue{s.public, v.account.private} }

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
	now := s.clock.Now()
	shown := g.looks[0]
	if i := slices.IndexFunc(g.looks, func(one *look) bool { return one.trained(now) }); i >= 0 {
		shown = g.looks[i]
	}
	return map[string]any{
		"id":                g.id,
		"name":              g.name,
		"created_at":        g.created,
		"looks_count":       len(g.looks),
		"gender":            orNull(g.gender),
		"default_voice_id":  orNull(g.voiceID),
		"preview_image_url": s.preview(r, shown),
		"preview_video_url": nil,
		"status":            orNull(g.status(now)),
		"consent_status":    orNull(g.consentStatus(now)),
		"error":             trainingError(shown, g.status(now), now),
	}
}

// showLook is a look as GET shows it: what is seen of it, and what it can do, only once it is trained.
func (s *Sandbox) showLook(r *http.Request, l *look) any {
	now := s.clock.Now()
	out := map[string]any{
		"id":                    l.id,
		"name":                  l.name,
		"avatar_type":           l.kind,
		"group_id":              l.group.id,
		"gender":                orNull(l.group.gender),
		"tags":                  l.tags,
		"default_voice_id":      orNull(l.voiceID),
		"supported_api_engines": []string{},
		"preferred_orientation": nil,
		"image_width":           nil,
		"image_height":          nil,
		"preview_image_url":     s.preview(r, l),
		"preview_video_url":     nil,
		"status":                orNull(l.status(now)),
		"error":                 trainingError(l, l.status(now), now),
	}
	if l.trained(now) {
		out["supported_api_engines"], out["preferred_orientation"] = l.engines, l.orientation
		out["image_width"], out["image_height"] = l.width, l.height
	}
	return out
}

// preview links to a picture a sixth of the look's own size. It is nil while there is nothing to see.
func (s *Sandbox) preview(r *http.Request, l *look) any {
	if !l.trained(s.clock.Now()) {
		return nil
	}
	return s.picture(r, l.id, l.width/6, l.height/6)
}

// trainingError is why a look could not be made, or nil.
func trainingError(l *look, status string, now time.Time) any {
	if status != avatarJobs().failed {
		return nil
	}
	return map[string]any{"code": failureCode, "message": l.training.reason(now)}
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}
