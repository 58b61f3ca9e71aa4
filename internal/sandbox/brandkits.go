package sandbox

import (
	"heygen-mcp/internal/sandbox/seeded"

	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/go-chi/chi/v5"
)

// kitSeconds is how long the making of a brand kit takes; v3 publishes no number.
const kitSeconds = 20.0

// kitColors is how many colors a website is found to have.
const kitColors = 3

func (s *Sandbox) brandKitRoutes() []route {
	return []route{
		{"POST", "/v3/brand-kits", s.createBrandKit},
		{"GET", "/v3/brand-kits", s.listBrandKits},
		{"GET", "/v3/brand-kits/{brand_kit_id}", s.getBrandKit},
		{"PATCH", "/v3/brand-kits/{brand_kit_id}", s.updateBrandKit},
		{"DELETE", "/v3/brand-kits/{brand_kit_id}", s.deleteBrandKit},
	}
}

func brandKitJobs() jobKind {
	return jobKind{
		name: "brand kit", missing: "resource_not_found",
		// v3 has one word for both of the first, and says error where others say failed.
		pending: "loading", running: "loading", completed: "completed", failed: "error",
	}
}

// createBrandKit answers POST /v3/brand-kits. No website is looked at: the address decides what is found there.
func (s *Sandbox) createBrandKit(r *http.Request, v *visit) (any, *apiError) {
	var in struct {
		URL  string  `json:"url"`
		Name *string `json:"name"`
	}
	if apiErr := decodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	site, err := url.Parse(in.URL)
	if err != nil || site.Host == "" || site.Scheme != "https" && site.Scheme != "http" {
		return nil, invalid("url", "'url' must be the URL of a public website.")
	}
	name := value(in.Name)
	if name == "" {
		name = strings.TrimPrefix(site.Hostname(), "www.")
	}
	j := &job{kind: brandKitJobs(), title: name}
	if apiErr := s.begin(v, j, kitSeconds); apiErr != nil {
		return nil, apiErr
	}
	return map[string]any{"brand_kit_id": j.id}, nil
}

// listBrandKits answers GET /v3/brand-kits, the newest first.
func (s *Sandbox) listBrandKits(r *http.Request, v *visit) (any, *apiError) {
	l, apiErr := s.readListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	return bySerial(s, l, s.ownJobs(v, brandKitJobs()), func(j *job) any {
		whole := s.showBrandKit(r, j)
		return map[string]any{
			"brand_kit_id": whole["brand_kit_id"], "name": whole["name"], "colors": whole["colors"], "logo_url": whole["logo_url"],
		}
	}), nil
}

// getBrandKit answers GET /v3/brand-kits/{brand_kit_id}.
func (s *Sandbox) getBrandKit(r *http.Request, v *visit) (any, *apiError) {
	j, apiErr := s.ownJob(v, brandKitJobs(), chi.URLParam(r, "brand_kit_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	return s.showBrandKit(r, j), nil
}

// updateBrandKit answers PATCH /v3/brand-kits/{brand_kit_id}. Of what can be changed only the name is known.
func (s *Sandbox) updateBrandKit(r *http.Request, v *visit) (any, *apiError) {
	var in struct {
		Name *string `json:"name"`
	}
	if apiErr := decodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	j, apiErr := s.ownJob(v, brandKitJobs(), chi.URLParam(r, "brand_kit_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	if in.Name == nil {
		return nil, nothingToUpdate()
	}
	j.title = *in.Name
	return s.showBrandKit(r, j), nil
}

// nothingToUpdate refuses a PATCH without a member that it knows.
func nothingToUpdate() *apiError {
	return invalid("", "At least one field must be provided for update.")
}

// deleteBrandKit answers DELETE /v3/brand-kits/{brand_kit_id}.
func (s *Sandbox) deleteBrandKit(r *http.Request, v *visit) (any, *apiError) {
	j, apiErr := s.ownJob(v, brandKitJobs(), chi.URLParam(r, "brand_kit_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	s.drop(j)
	return map[string]any{"brand_kit_id": j.id}, nil
}

// checkKit refuses a brand kit that is not the caller's. None, and the empty id, are always fine. Whatever takes a
// brand_kit_id asks this before it makes anything.
func (s *Sandbox) checkKit(v *visit, param string, id *string) *apiError {
	if value(id) == "" {
		return nil
	}
	if _, apiErr := s.ownJob(v, brandKitJobs(), *id); apiErr != nil {
		return apiErr.at(param)
	}
	return nil
}

// showBrandKit is a kit as GET shows it: what the website was found to have only once that is done.
func (s *Sandbox) showBrandKit(r *http.Request, j *job) map[string]any {
	now := s.clock.Now()
	out := map[string]any{
		"brand_kit_id": j.id,
		"name":         j.title,
		"status":       j.status(now),
		"colors":       []string{},
		"fonts":        []any{},
		"logos":        []any{},
		"logo_url":     nil,
	}
	if !j.succeeded(now) {
		return out
	}
	colors := make([]string, kitColors)
	for i := range colors {
		colors[i] = fmt.Sprintf("#%.6s", seeded.HexID(s.seed, j.id, "color", i))
	}
	families := []string{"Inter", "Merriweather", "Source Sans 3", "Work Sans"}
	logo := s.picture(r, j.id, 320, 320)
	out["colors"], out["logo_url"] = colors, logo
	out["fonts"] = []any{map[string]any{"family": families[seeded.Pick(len(families), s.seed, j.id, "font")]}}
	out["logos"] = []any{map[string]any{"logo_id": seeded.HexID(s.seed, j.id, "logo"), "url": logo}}
	return out
}
