package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
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
	untranslated     []untranslatedTerm
	forced           []forcedTerm
}

type glossaryTerm struct {
	Term          string `json:"term"`
	Pronunciation string `json:"pronunciation"`
}

type untranslatedTerm struct {
	Term string `json:"term"`
}

type forcedTerm struct {
	Term        string `json:"term"`
	Translation string `json:"translation"`
}

// glossaryRequest is the body of both POST and PATCH.
type glossaryRequest struct {
	Name         *string             `json:"name"`
	Terms        *[]glossaryTerm     `json:"terms"`
	Untranslated *[]untranslatedTerm `json:"do_not_translate_terms"`
	Forced       *[]forcedTerm       `json:"forced_translations"`
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
	if apiErr := holdingsOf(v.Account).checkGlossary(nil, &in); apiErr != nil {
		return nil, apiErr
	}
	serial, now := s.NextSerial(), s.Now()
	g := &glossary{id: s.NewID("glossary", v.Account.Name, serial), serial: serial, created: now, terms: []glossaryTerm{}}
	g.change(&in, now)
	holdingsOf(v.Account).glossaries = append(holdingsOf(v.Account).glossaries, g)
	return g.show(), nil
}

// checkGlossary refuses what is empty once it is trimmed, and the name of another glossary. It trims
// what it takes. of is the one that is changed, nil for a new one.
func (h *holdings) checkGlossary(of *glossary, in *glossaryRequest) *engine.Error {
	empty := ""
	trim := func(text *string, path string) {
		if *text = strings.TrimSpace(*text); *text == "" && empty == "" {
			empty = path
		}
	}
	if in.Name != nil {
		trim(in.Name, "name")
	}
	for i := range value(in.Terms) {
		trim(&(*in.Terms)[i].Term, fmt.Sprintf("terms[%d].term", i))
		trim(&(*in.Terms)[i].Pronunciation, fmt.Sprintf("terms[%d].pronunciation", i))
	}
	for i := range value(in.Untranslated) {
		trim(&(*in.Untranslated)[i].Term, fmt.Sprintf("do_not_translate_terms[%d].term", i))
	}
	for i := range value(in.Forced) {
		trim(&(*in.Forced)[i].Term, fmt.Sprintf("forced_translations[%d].term", i))
		trim(&(*in.Forced)[i].Translation, fmt.Sprintf("forced_translations[%d].translation", i))
	}
	if empty != "" {
		return engine.Invalid(empty, "'%s' must not be empty.", empty)
	}
	if in.Name != nil && slices.ContainsFunc(h.glossaries, func(g *glossary) bool { return g != of && strings.EqualFold(g.name, *in.Name) }) {
		return engine.Refuse(http.StatusConflict, "conflict", "", "A brand glossary with this name already exists.")
	}
	return nil
}

// change takes what is given. Each list that is given replaces the whole list.
func (g *glossary) change(in *glossaryRequest, now time.Time) {
	if in.Name != nil {
		g.name = *in.Name
	}
	if in.Terms != nil {
		g.terms = *in.Terms
	}
	if in.Untranslated != nil {
		g.untranslated = *in.Untranslated
	}
	if in.Forced != nil {
		g.forced = *in.Forced
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
			for _, name := range []string{"terms", "do_not_translate_terms", "forced_translations"} {
				delete(brief, name)
			}
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
	case in.Name == nil && in.Terms == nil && in.Untranslated == nil && in.Forced == nil:
		return nil, nothingToUpdate()
	}
	if apiErr := holdingsOf(v.Account).checkGlossary(g, &in); apiErr != nil {
		return nil, apiErr
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
	out := map[string]any{
		"brand_glossary_id": g.id,
		"name":              g.name,
		"created_at":        g.created.UTC().Format(time.RFC3339),
		"updated_at":        g.updated.UTC().Format(time.RFC3339),
		"terms":             g.terms,
	}
	// v3 leaves out either list where it is empty.
	if len(g.untranslated) > 0 {
		out["do_not_translate_terms"] = g.untranslated
	}
	if len(g.forced) > 0 {
		out["forced_translations"] = g.forced
	}
	return out
}
