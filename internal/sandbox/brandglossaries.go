package sandbox

import (
	"heygen-mcp/internal/sandbox/seeded"

	"net/http"
	"slices"
	"time"

	"github.com/go-chi/chi/v5"
)

// glossary says how words are spoken, or translated. v3's older name for it is brand voice.
type glossary struct {
	id, name         string
	serial           int64
	created, updated time.Time
	terms            []glossaryTerm
}

type glossaryTerm struct {
	Term          string `json:"term"`
	Pronunciation string `json:"pronunciation"`
}

// glossaryRequest is the body of both POST and PATCH.
type glossaryRequest struct {
	Name  *string         `json:"name"`
	Terms *[]glossaryTerm `json:"terms"`
}

func (s *Sandbox) brandGlossaryRoutes() []route {
	return []route{
		{"POST", "/v3/brand-glossaries", s.createGlossary},
		{"GET", "/v3/brand-glossaries", s.listGlossaries},
		{"GET", "/v3/brand-glossaries/{brand_glossary_id}", s.getGlossary},
		{"PATCH", "/v3/brand-glossaries/{brand_glossary_id}", s.updateGlossary},
		{"DELETE", "/v3/brand-glossaries/{brand_glossary_id}", s.deleteGlossary},
	}
}

// createGlossary answers POST /v3/brand-glossaries.
func (s *Sandbox) createGlossary(r *http.Request, v *visit) (any, *apiError) {
	var in glossaryRequest
	if apiErr := decodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	serial, now := s.next(), s.clock.Now()
	g := &glossary{id: seeded.HexID(s.seed, "glossary", v.account.name, serial), serial: serial, created: now}
	g.change(&in, now)
	v.account.glossaries = append(v.account.glossaries, g)
	return g.show(), nil
}

// change takes what is given. Terms replace all terms: v3 does not say so, but its other lists are changed that way.
func (g *glossary) change(in *glossaryRequest, now time.Time) {
	if in.Name != nil {
		g.name = *in.Name
	}
	if in.Terms != nil {
		g.terms = *in.Terms
	}
	g.updated = now
}

// listGlossaries answers GET /v3/brand-glossaries, the newest first and without their terms.
func (s *Sandbox) listGlossaries(r *http.Request, v *visit) (any, *apiError) {
	l, apiErr := s.readListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	items := slices.Clone(v.account.glossaries)
	slices.Reverse(items)
	return paged(s, l, items,
		func(_ int, g *glossary) int64 { return g.serial },
		func(position, after int64) bool { return position < after },
		func(g *glossary) any {
			brief := g.show()
			delete(brief, "terms")
			return brief
		}), nil
}

// getGlossary answers GET /v3/brand-glossaries/{brand_glossary_id}.
func (s *Sandbox) getGlossary(r *http.Request, v *visit) (any, *apiError) {
	g := v.account.glossary(chi.URLParam(r, "brand_glossary_id"))
	if g == nil {
		return nil, notFound("resource_not_found", "Brand glossary")
	}
	return g.show(), nil
}

// updateGlossary answers PATCH /v3/brand-glossaries/{brand_glossary_id}.
func (s *Sandbox) updateGlossary(r *http.Request, v *visit) (any, *apiError) {
	var in glossaryRequest
	if apiErr := decodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	g := v.account.glossary(chi.URLParam(r, "brand_glossary_id"))
	switch {
	case g == nil:
		return nil, notFound("resource_not_found", "Brand glossary")
	case in.Name == nil && in.Terms == nil:
		return nil, nothingToUpdate()
	}
	g.change(&in, s.clock.Now())
	return g.show(), nil
}

// deleteGlossary answers DELETE /v3/brand-glossaries/{brand_glossary_id}.
func (s *Sandbox) deleteGlossary(r *http.Request, v *visit) (any, *apiError) {
	g := v.account.glossary(chi.URLParam(r, "brand_glossary_id"))
	if g == nil {
		return nil, notFound("resource_not_found", "Brand glossary")
	}
	v.account.glossaries = slices.DeleteFunc(v.account.glossaries, func(other *glossary) bool { return other == g })
	return map[string]any{"brand_glossary_id": g.id}, nil
}

func (a *account) glossary(id string) *glossary {
	i := slices.IndexFunc(a.glossaries, func(g *glossary) bool { return g.id == id })
	if i < 0 {
		return nil
	}
	return a.glossaries[i]
}

// speaksBy refuses a brand glossary that is not the account's. None, and the empty id, are always fine. Whatever takes
// a brand_glossary_id, or a brand_voice_id, asks this before it makes anything.
func (a *account) speaksBy(param string, id *string) *apiError {
	if value(id) == "" || a.glossary(*id) != nil {
		return nil
	}
	return notFound("resource_not_found", "Brand glossary").at(param)
}

func (g *glossary) show() map[string]any {
	return map[string]any{
		"brand_glossary_id": g.id,
		"name":              g.name,
		"created_at":        g.created.UTC().Format(time.RFC3339),
		"updated_at":        g.updated.UTC().Format(time.RFC3339),
		"terms":             g.terms,
	}
}
