package tools

import (
	"heygen-mcp/heygen"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/engine"
)

// glossaryTerm is how one word is spoken.
type glossaryTerm struct {
	Term          string `json:"term" required:"true" len:"1-" doc:"Word as written, in any case."`
	Pronunciation string `json:"pronunciation" required:"true" len:"1-" doc:"How it is spoken, e.g. hey-jen."`
}

// keptTerm is a word that is not translated.
type keptTerm struct {
	Term string `json:"term" required:"true" len:"1-" doc:"Word, in any case."`
}

// forcedTerm is how one word is translated, into every language.
type forcedTerm struct {
	Term        string `json:"term" required:"true" len:"1-" doc:"Word, in any case."`
	Translation string `json:"translation" required:"true" len:"1-" doc:"Put in its place as it is."`
}

type createGlossaryInput struct {
	Name   string         `json:"name" required:"true" len:"1-64" doc:"Unique in the workspace."`
	Terms  []glossaryTerm `json:"terms" doc:"Words and how they are spoken; captions keep the word."`
	Kept   []keptTerm     `json:"do_not_translate_terms" doc:"Words that translations keep."`
	Forced []forcedTerm   `json:"forced_translations" doc:"Words and what every translation makes of them."`
	engine.Keyed
}

// glossaryID is the input of a tool about one brand glossary.
type glossaryID struct {
	BrandGlossaryID string `json:"brand_glossary_id" in:"path" required:"true" obvious:"true" doc:"A brand glossary's id."`
}

type updateGlossaryInput struct {
	glossaryID
	Name   *string         `json:"name" len:"1-64" doc:"New name."`
	Terms  *[]glossaryTerm `json:"terms" empty:"true" doc:"All of them: those left out are gone, [] removes all."`
	Kept   *[]keptTerm     `json:"do_not_translate_terms" empty:"true" doc:"All, likewise."`
	Forced *[]forcedTerm   `json:"forced_translations" empty:"true" doc:"All, likewise."`
}

// Check holds that there is something to change.
func (u *updateGlossaryInput) Check(string) *faults.Fault {
	given := u.Name != nil || u.Terms != nil || u.Kept != nil || u.Forced != nil
	return changesSomething(given, "name, terms, do_not_translate_terms, forced_translations")
}

// brandGlossary is v3's brand glossary.
type brandGlossary struct {
	BrandGlossaryID string `json:"brand_glossary_id"`
	Name            string `json:"name"`
	CreatedAt       string `json:"created_at"`
	UpdatedAt       string `json:"updated_at"`
	Terms           []any  `json:"terms"`
	Kept            []any  `json:"do_not_translate_terms"`
	Forced          []any  `json:"forced_translations"`
}

// glossaryGone is the answer to delete_brand_glossary.
type glossaryGone struct {
	BrandGlossaryID string `json:"brand_glossary_id"`
}

func glossaryTools() []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[page100, page]{
			Name:  "list_brand_glossaries",
			Title: "List brand glossaries",
			Description: "Glossaries of words and how they are spoken or translated. Videos and " +
				"translations take one as brand_glossary_id.",
			Op:         heygen.Op{Method: "GET", Path: "/v3/brand-glossaries"},
			ListFields: []string{"brand_glossary_id", "name", "updated_at"},
		}.Bind(),
		engine.Tool[glossaryID, brandGlossary]{
			Name:        "get_brand_glossary",
			Title:       "Get a brand glossary",
			Description: "A glossary with all its terms.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/brand-glossaries/{brand_glossary_id}"},
		}.Bind(),
		engine.Tool[createGlossaryInput, brandGlossary]{
			Name:  "create_brand_glossary",
			Title: "Create a brand glossary",
			Asked: "product name say correctly wrong teach said wrongly pronounce pronunciation acronym trademark never " +
				"translate keep untranslated word jargon abbreviation dictionary spelled",
			Description: "Makes a glossary: how words are spoken, which stay untranslated, how others " +
				"are translated.",
			Effect: engine.Creates,
			Op:     heygen.Op{Method: "POST", Path: "/v3/brand-glossaries", Key: true},
		}.Bind(),
		engine.Tool[updateGlossaryInput, brandGlossary]{
			Name:  "update_brand_glossary",
			Title: "Change a brand glossary",
			Asked: "add another word to pronunciations",
			Description: "Renames a glossary or replaces its lists; to add a term, send it with those " +
				"that get_brand_glossary shows.",
			Effect:     engine.Changes,
			Op:         heygen.Op{Method: "PATCH", Path: "/v3/brand-glossaries/{brand_glossary_id}"},
			VerifyWith: "get_brand_glossary",
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
