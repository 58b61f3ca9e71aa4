package tools

import (
	"slices"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/args"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/jobs"
)

type listKitsInput struct {
	Limit *int `json:"limit" in:"query" min:"1" max:"100" default:"20" doc:"Items a page."`
	pageToken
}

type createKitInput struct {
	URL  string  `json:"url" required:"true" len:"1-" doc:"Website to take logo, colors and fonts from."`
	Name *string `json:"name" doc:"Name of the kit."`
}

// kitID is the input of a tool about one brand kit.
type kitID struct {
	BrandKitID string `json:"brand_kit_id" in:"path" required:"true" doc:"A brand kit's id."`
}

type updateKitInput struct {
	kitID
	Name *string `json:"name" doc:"New name."`
}

// Check holds that there is something to change.
func (u *updateKitInput) Check(string) *args.Fault { return changesSomething(u.Name != nil, "name") }

// changesSomething refuses an update of nothing, which v3 does not take.
func changesSomething(given bool, fields string) *args.Fault {
	if given {
		return nil
	}
	return args.Invalid("", "There is nothing to change.", "Send at least one of: "+fields+".")
}

// brandKit is v3's brand kit.
type brandKit struct {
	BrandKitID string   `json:"brand_kit_id"`
	Name       string   `json:"name"`
	Status     string   `json:"status"`
	State      string   `json:"state"`
	Colors     []string `json:"colors"`
	Fonts      []any    `json:"fonts"`
	LogoURL    string   `json:"logo_url"`
	Logos      []any    `json:"logos"`
}

// startedKit is the answer to create_brand_kit.
type startedKit struct {
	BrandKitID string `json:"brand_kit_id"`
	engine.JobHint
}

// JobIDs are of the one job.
func (o *startedKit) JobIDs() []string { return []string{o.BrandKitID} }

// brandTools are the tools of brand kits and brand glossaries.
func brandTools() []engine.BoundTool { return slices.Concat(kitTools(), glossaryTools()) }

func kitTools() []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[listKitsInput, page]{
			Name:        "list_brand_kits",
			Title:       "List brand kits",
			Description: "Brand kits: the looks of a brand. A Video Agent session takes one as brand_kit_id.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/brand-kits"},
			ListFields:  []string{"brand_kit_id", "name", "colors"},
		}.Bind(),
		engine.Tool[kitID, brandKit]{
			Name:        "get_brand_kit",
			Title:       "Get a brand kit",
			Description: "A kit's colors, fonts and logos. status is loading, completed or error.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/brand-kits/{brand_kit_id}"},
		}.Bind(),
		engine.Tool[createKitInput, startedKit]{
			Name:        "create_brand_kit",
			Title:       "Create a brand kit from a website",
			Description: "Reads logo, colors and fonts off a website. Answers at once; wait_for_jobs tells when the kit is ready.",
			Effect:      engine.Creates,
			Op:          heygen.Op{Method: "POST", Path: "/v3/brand-kits"},
			VerifyWith:  "list_brand_kits",
			Job:         "brand_kit",
		}.Bind(),
		engine.Tool[updateKitInput, brandKit]{
			Name:        "update_brand_kit",
			Title:       "Rename a brand kit",
			Description: "Changes a brand kit's name.",
			Effect:      engine.Changes,
			Op:          heygen.Op{Method: "PATCH", Path: "/v3/brand-kits/{brand_kit_id}"},
			VerifyWith:  "get_brand_kit",
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

// kitGone is the answer to delete_brand_kit. v3 leaves open what it holds.
type kitGone struct {
	BrandKitID string `json:"brand_kit_id"`
}

// brandKitJob is a brand kit that is being made.
func brandKitJob() jobs.Kind {
	return jobs.Kind{
		Name: "brand_kit",
		Get:  heygen.Op{Method: "GET", Path: "/v3/brand-kits/{brand_kit_id}"},
		Ref:  func(id string) any { return &kitID{BrandKitID: id} },
		States: engine.States{
			engine.Running: {"loading"},
			engine.Done:    {"completed", ""}, // a kit that was made by hand has no status
			engine.Failed:  {"error"},
		},
		ListTool: "list_brand_kits",
	}
}
