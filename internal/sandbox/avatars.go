package sandbox

import (
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"
)

func (s *Sandbox) avatarRoutes() []route {
	return []route{
		{"GET", "/v3/avatars", s.listGroups},
		{"GET", "/v3/avatars/{group_id}", s.getGroup},
		{"GET", "/v3/avatars/looks", s.listLooks},
		{"GET", "/v3/avatars/looks/{look_id}", s.getLook},
	}
}

// listGroups answers GET /v3/avatars.
func (s *Sandbox) listGroups(r *http.Request, v *visit) (any, *apiError) {
	l, apiErr := s.readListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	items := owned(r.URL.Query().Get("ownership"), s.public.groups, v.account.private.groups)
	return byIndex(s, l, items, func(g *group) any { return s.showGroup(r, g) }), nil
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
	return byIndex(s, l, items, func(one *look) any { return s.showLook(r, one) }), nil
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
	return map[string]any{
		"id":                g.id,
		"name":              g.name,
		"created_at":        g.created,
		"looks_count":       len(g.looks),
		"gender":            g.gender,
		"default_voice_id":  orNull(g.voiceID),
		"preview_image_url": s.preview(r, g.looks[0]),
		"preview_video_url": nil,
		"status":            trainingStatus(g),
		"consent_status":    orNull(g.consent),
		"error":             nil,
	}
}

func (s *Sandbox) showLook(r *http.Request, l *look) any {
	return map[string]any{
		"id":                    l.id,
		"name":                  l.name,
		"avatar_type":           l.kind,
		"group_id":              l.group.id,
		"gender":                l.group.gender,
		"tags":                  l.tags,
		"default_voice_id":      orNull(l.voiceID),
		"supported_api_engines": l.engines,
		"preferred_orientation": l.orientation,
		"image_width":           l.width,
		"image_height":          l.height,
		"preview_image_url":     s.preview(r, l),
		"preview_video_url":     nil,
		"status":                trainingStatus(l.group),
		"error":                 nil,
	}
}

// preview links to a picture a sixth of the look's own size.
func (s *Sandbox) preview(r *http.Request, l *look) string {
	return s.picture(r, l.id, l.width/6, l.height/6)
}

// trainingStatus is null for what everybody may use.
func trainingStatus(g *group) any {
	switch {
	case !g.private:
		return nil
	case g.consent == "pending":
		return "pending_consent"
	}
	return "completed"
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}
