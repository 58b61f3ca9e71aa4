package tools

import (
	"slices"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/jobs"
	"heygen-mcp/tools/vocabulary"
)

type listKitsInput struct {
	Limit *int `json:"limit" in:"query" min:"1" max:"100" default:"20" obvious:"true" doc:"Items a page."`
	pageToken
}

type createKitInput struct {
	URL  webPage `json:"url" required:"true" len:"1-2048" doc:"Public website to take logos, colors and fonts from."`
	Name *string `json:"name" len:"0-256" doc:"Omitted: the site's brand or domain."`
	engine.Keyed
}

// kitID is the input of a tool about one brand kit.
type kitID struct {
	BrandKitID string `json:"brand_kit_id" in:"path" required:"true" obvious:"true" doc:"A brand kit's id."`
}

type updateKitInput struct {
	kitID
	Name       *string     `json:"name" len:"1-256" doc:"New name."`
	ColorRoles *colorRoles `json:"color_roles" empty:"true" opaque:"true" doc:"{primary, secondary, tertiary, accent}, each #RRGGBB. Replaced whole: a role left out is cleared, {} clears all."`
	LogoRoles  *logoRoles  `json:"logo_roles" empty:"true" opaque:"true" doc:"{primary: a logo_id of this kit}; {} clears it."`
	FontRoles  *fontRoles  `json:"font_roles" empty:"true" opaque:"true" doc:"{title_text, body_text}, each {font_id, weight 1 to 1000}. Replaced whole."`
}

// colorRoles says which color plays which part.
type colorRoles struct {
	Primary   *color `json:"primary" doc:"Hex, e.g. #FF5733."`
	Secondary *color `json:"secondary" doc:"Hex."`
	Tertiary  *color `json:"tertiary" doc:"Hex."`
	Accent    *color `json:"accent" doc:"Hex; for highlights."`
}

// logoRoles says which logo is the main one.
type logoRoles struct {
	Primary *string `json:"primary" doc:"A logo_id of the kit."`
}

// fontRoles says which font is for what.
type fontRoles struct {
	Title *fontRole `json:"title_text" empty:"true" doc:"Headings and titles."`
	Body  *fontRole `json:"body_text" empty:"true" doc:"Body copy."`
}

// fontRole is a font in a weight.
type fontRole struct {
	FontID *string `json:"font_id" doc:"A font_id; it need not be among the kit's fonts."`
	Weight *int    `json:"weight" min:"1" max:"1000" doc:"400 is regular, 700 bold."`
}

// Check holds that there is something to change.
func (u *updateKitInput) Check(string) *faults.Fault {
	given := u.Name != nil || u.ColorRoles != nil || u.LogoRoles != nil || u.FontRoles != nil
	return changesSomething(given, "name, color_roles, logo_roles, font_roles")
}

// changesSomething refuses an update of nothing, which v3 does not take.
func changesSomething(given bool, fields string) *faults.Fault {
	if given {
		return nil
	}
	return faults.Invalid("", "There is nothing to change.", "Send at least one of: "+fields+".")
}

// brandKit is v3's brand kit. While its status is loading all but the id is provisional.
type brandKit struct {
	BrandKitID string         `json:"brand_kit_id"`
	Name       string         `json:"name"`
	Status     string         `json:"status"`
	State      string         `json:"state"`
	Colors     []string       `json:"colors"`
	ColorRoles map[string]any `json:"color_roles"`
	Fonts      []any          `json:"fonts"`
	FontRoles  map[string]any `json:"font_roles"`
	Logos      []any          `json:"logos"`
	LogoRoles  map[string]any `json:"logo_roles"`
}

// startedKit is the answer to create_brand_kit.
type startedKit struct {
	BrandKitID string `json:"brand_kit_id"`
	Status     string `json:"status"`
	engine.JobHint
}

// JobIDs are of the one job.
func (o *startedKit) JobIDs() []string { return []string{o.BrandKitID} }

// kitGone is the answer to delete_brand_kit.
type kitGone struct {
	BrandKitID string `json:"brand_kit_id"`
}

// brandTools are the tools of brand kits and brand glossaries.
func brandTools() []engine.BoundTool { return slices.Concat(kitTools(), glossaryTools()) }

func kitTools() []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[listKitsInput, page]{
			Name:  "list_brand_kits",
			Title: "List brand kits",
			Asked: "logos colours fonts corporate design styleguide",
			Description: "Brand kits: the looks of a brand. A Video Agent session takes one as " +
				"brand_kit_id.",
			Op:         heygen.Op{Method: "GET", Path: "/v3/brand-kits"},
			ListFields: []string{"brand_kit_id", "name", "colors"},
		}.Bind(),
		engine.Tool[kitID, brandKit]{
			Name:  "get_brand_kit",
			Title: "Get a brand kit",
			Description: "A kit's colors, fonts and logos, and which of them play which role. status " +
				"is loading, completed or error.",
			Op: heygen.Op{Method: "GET", Path: "/v3/brand-kits/{brand_kit_id}"},
		}.Bind(),
		engine.Tool[createKitInput, startedKit]{
			Name:  "create_brand_kit",
			Title: "Create a brand kit from a website",
			Asked: "pull get from our website homepage site url colours fonts logo corporate design import brand styleguide " +
				"take over our look style acme.com",
			Limits: "Colors, fonts and logos cannot be given, only imported: update_brand_kit then assigns roles, and " +
				"HeyGen's web app changes the rest.",
			Description: "Imports logos, colors and fonts of a website to which the user holds the " +
				"rights. Answers at once; wait_for_jobs tells when the kit is ready.",
			Effect: engine.Creates,
			Op:     heygen.Op{Method: "POST", Path: "/v3/brand-kits", Key: true},
			Job:    "brand_kit",
			Free:   "brand kits have no price",
		}.Bind(),
		engine.Tool[updateKitInput, brandKit]{
			Name:  "update_brand_kit",
			Title: "Change a brand kit",
			Asked: "new logo colour changed",
			Limits: "Its list of colors stays, but color_roles takes any color. Other logos and fonts: create_brand_kit " +
				"from another website.",
			Description: "Renames a brand kit or, once it is completed, assigns its roles. Its colors, " +
				"logos and fonts are changed in HeyGen's web app.",
			Effect:     engine.Changes,
			Op:         heygen.Op{Method: "PATCH", Path: "/v3/brand-kits/{brand_kit_id}"},
			VerifyWith: "get_brand_kit",
		}.Bind(),
		engine.Tool[kitID, kitGone]{
			Name:        "delete_brand_kit",
			Title:       "Delete a brand kit",
			Description: "Deletes a brand kit for good.",
			Effect:      engine.Deletes,
			Op:          heygen.Op{Method: "DELETE", Path: "/v3/brand-kits/{brand_kit_id}"},
			VerifyWith:  "get_brand_kit",
		}.Bind(),
	}
}

// brandKitJob is a brand kit that is being made.
func brandKitJob() jobs.Kind {
	return jobs.Kind{
		Name: "brand_kit",
		Get:  heygen.Op{Method: "GET", Path: "/v3/brand-kits/{brand_kit_id}"},
		Ref:  func(id string) any { return &kitID{BrandKitID: id} },
		States: vocabulary.States{
			vocabulary.Running: {"loading"},
			vocabulary.Done:    {"completed"},
			vocabulary.Failed:  {"error"},
		},
		ListTool: "list_brand_kits",
	}
}
