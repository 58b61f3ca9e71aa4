package sandbox

import (
	"net/http"
	"slices"
	"time"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/engine"
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

func (s *Sandbox) brandGlossaryRoutes() []engine.Route {
	return []engine.Route{
		engine.On("POST", "/v3/brand-glossaries", s.createGlossary),
		engine.On("GET", "/v3/brand-glossaries", s.listGlossaries),
		engine.On("GET", "/v3/brand-glossaries/{brand_glossary_id}", s.getGlossary),
		engine.On("PATCH", "/v3/brand-glossaries/{brand_glossary_id}", s.updateGlossary),
		engine.On("DELETE", "/v3/brand-glossaries/{brand_glossary_id}", s.deleteGlossary),
	}
}

// createGlossary answers POST /v3/brand-glossaries.
func (s *Sandbox) createGlossary(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in glossaryRequest
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	serial, now := s.NextSerial(), s.Now()
	g := &glossary{id: s.NewID("glossary", v.Account.Name, serial), serial: serial, created: now}
	g.change(&in, now)
	holdingsOf(v.Account).glossaries = append(holdingsOf(v.Account).glossaries, g)
	return g.show(), nil
}

// change takes what is given. Terms replace all terms: v3 does not say so, but its other lists are
// changed that way.
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
func (s *Sandbox) listGlossaries(r *http.Request, v *engine.Request) (any, *engine.Error) {
	l, apiErr := s.ReadListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	items := slices.Clone(holdingsOf(v.Account).glossaries)
	slices.Reverse(items)
	return engine.Paged(s.Engine, l, items,
		func(_ int, g *glossary) int64 { return g.serial },
		func(position, after int64) bool { return position < after },
		func(g *glossary) any {
			brief := g.show()
			delete(brief, "terms")
			return brief
		}), nil
}

// getGlossary answers GET /v3/brand-glossaries/{brand_glossary_id}.
func (s *Sandbox) getGlossary(r *http.Request, v *engine.Request) (any, *engine.Error) {
	g := holdingsOf(v.Account).glossary(chi.URLParam(r, "brand_glossary_id"))
	if g == nil {
		return nil, engine.NotFound("resource_not_found", "Brand glossary")
	}
	return g.show(), nil
}

// updateGlossary answers PATCH /v3/brand-glossaries/{brand_glossary_id}.
func (s *Sandbox) updateGlossary(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in glossaryRequest
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	g := holdingsOf(v.Account).glossary(chi.URLParam(r, "brand_glossary_id"))
	switch {
	case g == nil:
		return nil, engine.NotFound("resource_not_found", "Brand glossary")
	case in.Name == nil && in.Terms == nil:
		return nil, nothingToUpdate()
	}
	g.change(&in, s.Now())
	return g.show(), nil
}

// deleteGlossary answers DELETE /v3/brand-glossaries/{brand_glossary_id}.
func (s *Sandbox) deleteGlossary(r *http.Request, v *engine.Request) (any, *engine.Error) {
	g := holdingsOf(v.Account).glossary(chi.URLParam(r, "brand_glossary_id"))
	if g == nil {
		return nil, engine.NotFound("resource_not_found", "Brand glossary")
	}
	holdingsOf(v.Account).glossaries = slices.DeleteFunc(holdingsOf(v.Account).glossaries, func(other *glossary) bool { return other == g })
	return map[string]any{"brand_glossary_id": g.id}, nil
}

func (h *holdings) glossary(id string) *glossary {
	i := slices.IndexFunc(h.glossaries, func(g *glossary) bool { return g.id == id })
	if i < 0 {
		return nil
	}
	return h.glossaries[i]
}

// speaksBy refuses a brand glossary that is not the account's. None, and the empty id, are always
// fine. Whatever takes a brand_glossary_id, or a brand_voice_id, asks this before it makes
// anything.
func (h *holdings) speaksBy(param string, id *string) *engine.Error {
	if value(id) == "" || h.glossary(*id) != nil {
		return nil
	}
	return engine.NotFound("resource_not_found", "Brand glossary").WithParam(param)
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
