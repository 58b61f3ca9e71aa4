package tools

import (
	"heygen-mcp/heygen"
	"heygen-mcp/tools/args"
	"heygen-mcp/tools/engine"
)

// glossaryTerm is how one word is spoken.
type glossaryTerm struct {
	Term          string `json:"term" required:"true" doc:"Word as written."`
	Pronunciation string `json:"pronunciation" required:"true" doc:"How it is spoken."`
}

type createGlossaryInput struct {
	Name  string         `json:"name" required:"true" len:"1-" doc:"Name."`
	Terms []glossaryTerm `json:"terms" required:"true" doc:"Words and how they are spoken."`
}

// glossaryID is the input of a tool about one brand glossary.
type glossaryID struct {
	BrandGlossaryID string `json:"brand_glossary_id" in:"path" required:"true" doc:"A brand glossary's id."`
}

type updateGlossaryInput struct {
	glossaryID
	Name  *string         `json:"name" doc:"New name."`
	Terms *[]glossaryTerm `json:"terms" doc:"All terms: those left out are gone."`
}

// Check holds that there is something to change.
func (u *updateGlossaryInput) Check(string) *args.Fault {
	return changesSomething(u.Name != nil || u.Terms != nil, "name, terms")
}

// brandGlossary is v3's brand glossary.
type brandGlossary struct {
	BrandGlossaryID string `json:"brand_glossary_id"`
	Name            string `json:"name"`
	CreatedAt       string `json:"created_at"`
	UpdatedAt       string `json:"updated_at"`
	Terms           []any  `json:"terms"`
}

// glossaryGone is the answer to delete_brand_glossary. v3 leaves open what it holds.
type glossaryGone struct {
	BrandGlossaryID string `json:"brand_glossary_id"`
}

func glossaryTools() []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[page100, page]{
			Name:        "list_brand_glossaries",
			Title:       "List brand glossaries",
			Description: "Glossaries of words and how they are spoken or translated. Videos and translations take one as brand_glossary_id.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/brand-glossaries"},
			ListFields:  []string{"brand_glossary_id", "name", "updated_at"},
		}.Bind(),
		engine.Tool[glossaryID, brandGlossary]{
			Name:        "get_brand_glossary",
			Title:       "Get a brand glossary",
			Description: "A glossary with all its terms.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/brand-glossaries/{brand_glossary_id}"},
		}.Bind(),
		engine.Tool[createGlossaryInput, brandGlossary]{
			Name:        "create_brand_glossary",
			Title:       "Create a brand glossary",
			Description: "Makes a glossary of words with their pronunciations.",
			Effect:      engine.Creates,
			Op:          heygen.Op{Method: "POST", Path: "/v3/brand-glossaries"},
			VerifyWith:  "list_brand_glossaries",
		}.Bind(),
		engine.Tool[updateGlossaryInput, brandGlossary]{
			Name:        "update_brand_glossary",
			Title:       "Change a brand glossary",
			Description: "Renames a glossary or replaces its terms; to add one, send it with those that get_brand_glossary shows.",
			Effect:      engine.Changes,
			Op:          heygen.Op{Method: "PATCH", Path: "/v3/brand-glossaries/{brand_glossary_id}"},
			VerifyWith:  "get_brand_glossary",
		}.Bind(),
		engine.Tool[glossaryID, glossaryGone]{
			Name:        "delete_brand_glossary",
			Title:       "Delete a brand glossary",
			Description: "Deletes a glossary for good.",
			Effect:      engine.Deletes,
			Op:          heygen.Op{Method: "DELETE", Path: "/v3/brand-glossaries/{brand_glossary_id}"},
			VerifyWith:  "get_brand_glossary",
		}.Bind(),
	}
}
