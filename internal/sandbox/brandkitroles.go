package sandbox

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/engine"
)

// kitRoles say what of a kit is used for what. A nil group of roles is what the import found; an
// empty one was cleared and stays so.
type kitRoles struct {
	Color *colorRoles `json:"color_roles"`
	Logo  *logoRoles  `json:"logo_roles"`
	Font  *fontRoles  `json:"font_roles"`
}

type colorRoles struct {
	Primary   *string `json:"primary,omitempty"`
	Secondary *string `json:"secondary,omitempty"`
	Tertiary  *string `json:"tertiary,omitempty"`
	Accent    *string `json:"accent,omitempty"`
}

type logoRoles struct {
	Primary *string `json:"primary,omitempty"`
}

type fontRoles struct {
	Title *fontRole `json:"title_text,omitempty"`
	Body  *fontRole `json:"body_text,omitempty"`
}

type fontRole struct {
	FontID *string `json:"font_id,omitempty"`
	Weight *int    `json:"weight,omitempty"`
}

// kitRoles are the roles of a kit that is completed: those that were set, or what the import found.
func (s *Sandbox) kitRoles(j *engine.Job) kitRoles {
	out := *engine.DataOf[kitRoles](j)
	if out.Color == nil {
		found := s.kitPalette(j)
		out.Color = &colorRoles{Primary: &found[0], Secondary: &found[1], Accent: &found[2]}
	}
	if out.Logo == nil {
		logo := s.kitLogo(j)
		out.Logo = &logoRoles{Primary: &logo}
	}
	if out.Font == nil {
		font, bold, regular := s.NewID(j.ID, "font"), 700, 400
		out.Font = &fontRoles{Title: &fontRole{&font, &bold}, Body: &fontRole{&font, &regular}}
	}
	return out
}

// updateBrandKit answers PATCH /v3/brand-kits/{brand_kit_id}. A group of roles that is sent
// replaces the whole group. The name can be changed at any time, roles only once the kit is
// completed.
func (s *Sandbox) updateBrandKit(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in struct {
		Name *string `json:"name"`
		kitRoles
	}
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	j, apiErr := s.OwnJob(v, brandKitJobs(), chi.URLParam(r, "brand_kit_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	roles := in.Color != nil || in.Logo != nil || in.Font != nil
	switch name := strings.TrimSpace(value(in.Name)); {
	case in.Name == nil && !roles:
		return nil, nothingToUpdate()
	case in.Name != nil && name == "":
		return nil, engine.Invalid("name", "'name' must have 1 to 256 characters.")
	case roles && !j.Succeeded(s.Now()):
		return nil, engine.Refuse(
			http.StatusConflict,
			"brand_kit_not_ready",
			"",
			"The brand kit is still being assembled (status %s). Roles can be edited once it is completed.",
			j.Status(s.Now()),
		)
	}
	if apiErr := s.checkRoles(j, &in.kitRoles); apiErr != nil {
		return nil, apiErr
	}
	if in.Name != nil {
		j.Title = strings.TrimSpace(*in.Name)
	}
	held := engine.DataOf[kitRoles](j)
	if in.Color != nil {
		held.Color = in.Color
	}
	if in.Logo != nil {
		held.Logo = in.Logo
	}
	if in.Font != nil {
		held.Font = in.Font
	}
	return s.showBrandKit(r, j), nil
}

// checkRoles refuses colors that are not hex values, and a logo that the kit has not.
func (s *Sandbox) checkRoles(j *engine.Job, in *kitRoles) *engine.Error {
	if in.Color != nil {
		raw, err := json.Marshal(in.Color)
		var given map[string]string
		if err != nil || json.Unmarshal(raw, &given) != nil {
			return engine.Invalid("color_roles", "'color_roles' could not be read.")
		}
		hex := regexp.MustCompile(`^#[0-9A-Fa-f]{6}$`)
		for role, color := range given {
			if !hex.MatchString(color) {
				return engine.Invalid(
					"color_roles."+role,
					"'color_roles.%s' must be a hex value like #FF5733.",
					role,
				)
			}
		}
	}
	if in.Logo != nil && in.Logo.Primary != nil && *in.Logo.Primary != s.kitLogo(j) {
		return engine.Invalid("logo_roles.primary", "'logo_roles.primary' must be a logo_id of this kit.")
	}
	return nil
}
