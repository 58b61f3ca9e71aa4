package sandbox

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/engine"
	"heygen-mcp/internal/sandbox/seeded"
)

// kitSeconds is how long the making of a brand kit takes; v3 publishes no number.
const kitSeconds = 20.0

// kitColors is how many colors a website is found to have.
const kitColors = 3

func (s *Sandbox) brandKitRoutes() []engine.Route {
	return []engine.Route{
		engine.On("POST", "/v3/brand-kits", s.createBrandKit),
		engine.On("GET", "/v3/brand-kits", s.listBrandKits),
		engine.On("GET", "/v3/brand-kits/{brand_kit_id}", s.getBrandKit),
		engine.On("PATCH", "/v3/brand-kits/{brand_kit_id}", s.updateBrandKit),
		engine.On("DELETE", "/v3/brand-kits/{brand_kit_id}", s.deleteBrandKit),
	}
}

func brandKitJobs() engine.JobKind {
	return engine.JobKind{
		Name: "brand kit", Missing: "resource_not_found",
		// v3 has one word for both of the first, and says error where others say failed.
		Pending: "loading", Running: "loading", Completed: "completed", Failed: "error",
	}
}

// createBrandKit answers POST /v3/brand-kits. No website is looked at: the address decides what is
// found there.
func (s *Sandbox) createBrandKit(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in struct {
		URL  string  `json:"url"`
		Name *string `json:"name"`
	}
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	site, err := url.Parse(in.URL)
	if err != nil || site.Host == "" || site.Scheme != "https" && site.Scheme != "http" {
		return nil, engine.Invalid("url", "'url' must be the URL of a public website.")
	}
	name := value(in.Name)
	if name == "" {
		name = strings.TrimPrefix(site.Hostname(), "www.")
	}
	j := &engine.Job{Kind: brandKitJobs(), Title: name}
	if apiErr := s.Begin(v, j, kitSeconds); apiErr != nil {
		return nil, apiErr
	}
	return map[string]any{"brand_kit_id": j.ID}, nil
}

// listBrandKits answers GET /v3/brand-kits, the newest first.
func (s *Sandbox) listBrandKits(r *http.Request, v *engine.Request) (any, *engine.Error) {
	l, apiErr := s.ReadListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	return engine.BySerial(s.Engine, l, s.OwnJobs(v, brandKitJobs()), func(j *engine.Job) any {
		whole := s.showBrandKit(r, j)
		return map[string]any{
			"brand_kit_id": whole["brand_kit_id"], "name": whole["name"], "colors": whole["colors"], "logo_url": whole["logo_url"],
		}
	}), nil
}

// getBrandKit answers GET /v3/brand-kits/{brand_kit_id}.
func (s *Sandbox) getBrandKit(r *http.Request, v *engine.Request) (any, *engine.Error) {
	j, apiErr := s.OwnJob(v, brandKitJobs(), chi.URLParam(r, "brand_kit_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	return s.showBrandKit(r, j), nil
}

// updateBrandKit answers PATCH /v3/brand-kits/{brand_kit_id}. Of what can be changed only the name
// is known.
func (s *Sandbox) updateBrandKit(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in struct {
		Name *string `json:"name"`
	}
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	j, apiErr := s.OwnJob(v, brandKitJobs(), chi.URLParam(r, "brand_kit_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	if in.Name == nil {
		return nil, nothingToUpdate()
	}
	j.Title = *in.Name
	return s.showBrandKit(r, j), nil
}

// nothingToUpdate refuses a PATCH without a member that it knows.
func nothingToUpdate() *engine.Error {
	return engine.Invalid("", "At least one field must be provided for update.")
}

// deleteBrandKit answers DELETE /v3/brand-kits/{brand_kit_id}.
func (s *Sandbox) deleteBrandKit(r *http.Request, v *engine.Request) (any, *engine.Error) {
	j, apiErr := s.OwnJob(v, brandKitJobs(), chi.URLParam(r, "brand_kit_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	s.DropJob(j)
	return map[string]any{"brand_kit_id": j.ID}, nil
}

// checkKit refuses a brand kit that is not the caller's. None, and the empty id, are always fine.
// Whatever takes a brand_kit_id asks this before it makes anything.
func (s *Sandbox) checkKit(v *engine.Request, param string, id *string) *engine.Error {
	if value(id) == "" {
		return nil
	}
	if _, apiErr := s.OwnJob(v, brandKitJobs(), *id); apiErr != nil {
		return apiErr.WithParam(param)
	}
	return nil
}

// showBrandKit is a kit as GET shows it: what the website was found to have only once that is done.
func (s *Sandbox) showBrandKit(r *http.Request, j *engine.Job) map[string]any {
	now := s.Now()
	out := map[string]any{
		"brand_kit_id": j.ID,
		"name":         j.Title,
		"status":       j.Status(now),
		"colors":       []string{},
		"fonts":        []any{},
		"logos":        []any{},
		"logo_url":     nil,
	}
	if !j.Succeeded(now) {
		return out
	}
	colors := make([]string, kitColors)
	for i := range colors {
		colors[i] = fmt.Sprintf("#%.6s", s.NewID(j.ID, "color", i))
	}
	families := []string{"Inter", "Merriweather", "Source Sans 3", "Work Sans"}
	logo := s.PictureLink(r, j.ID, 320, 320)
	out["colors"], out["logo_url"] = colors, logo
	out["fonts"] = []any{map[string]any{"family": families[seeded.Pick(len(families), s.Seed, j.ID, "font")]}}
	out["logos"] = []any{map[string]any{"logo_id": s.NewID(j.ID, "logo"), "url": logo}}
	return out
}
