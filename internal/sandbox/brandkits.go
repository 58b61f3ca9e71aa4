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
	j := &engine.Job{Kind: brandKitJobs(), Title: name, Data: &kitRoles{}}
	if apiErr := s.Begin(v, j, kitSeconds); apiErr != nil {
		return nil, apiErr
	}
	return map[string]any{"brand_kit_id": j.ID, "status": brandKitJobs().Pending}, nil
}

// listBrandKits answers GET /v3/brand-kits, the newest first.
func (s *Sandbox) listBrandKits(r *http.Request, v *engine.Request) (any, *engine.Error) {
	l, apiErr := s.ReadListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	return engine.BySerial(s.Engine, l, s.OwnJobs(v, brandKitJobs()), func(j *engine.Job) any {
		out := map[string]any{"brand_kit_id": j.ID, "name": j.Title, "colors": []string{}, "logo_url": nil}
		if j.Succeeded(s.Now()) {
			out["colors"], out["logo_url"] = s.kitPalette(j), s.PictureLink(r, j.ID, 320, 320)
		}
		return out
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
		"brand_kit_id": j.ID, "name": j.Title, "status": j.Status(now), "colors": []string{}, "fonts": []any{}, "logos": []any{},
	}
	if !j.Succeeded(now) {
		return out
	}
	font := kitFamilies()[s.kitFont(j)]
	out["colors"] = s.kitPalette(j)
	out["fonts"] = []any{map[string]any{"font_id": s.NewID(j.ID, "font"), "name": font}}
	out["logos"] = []any{map[string]any{"logo_id": s.kitLogo(j), "name": j.Title, "url": s.PictureLink(r, j.ID, 320, 320)}}
	roles := s.kitRoles(j)
	out["color_roles"], out["logo_roles"], out["font_roles"] = roles.Color, roles.Logo, roles.Font
	return out
}

// kitPalette are the colors that a website was found to have.
func (s *Sandbox) kitPalette(j *engine.Job) []string {
	colors := make([]string, kitColors)
	for i := range colors {
		colors[i] = fmt.Sprintf("#%.6s", s.NewID(j.ID, "color", i))
	}
	return colors
}

func kitFamilies() []string { return []string{"Inter", "Merriweather", "Source Sans 3", "Work Sans"} }

func (s *Sandbox) kitFont(j *engine.Job) int {
	return seeded.Pick(len(kitFamilies()), s.Seed, j.ID, "font")
}

func (s *Sandbox) kitLogo(j *engine.Job) string { return s.NewID(j.ID, "logo") }
