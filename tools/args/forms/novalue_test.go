package forms_test

import (
	"reflect"
	"slices"
	"testing"

	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/forms"
	"heygen-mcp/tools/args/inputs"
)

// unsaid has arguments of each kind of which a word may say that they are left out.
type unsaid struct {
	Text   *string        `json:"text" doc:"x"`
	Search *string        `json:"search" in:"query" doc:"x"`
	Style  *string        `json:"style" in:"query" means:"casual,formal" doc:"x"`
	Scope  *string        `json:"scope" in:"query" enum:"own,none" doc:"x"`
	Lang   *string        `json:"language" in:"query" lang:"english" doc:"x"`
	Owner  *string        `json:"owner_id" in:"query" doc:"x"`
	Link   *string        `json:"page_url" in:"query" doc:"x"`
	Mode   *string        `json:"mode" enum:"fast,slow" default:"fast" doc:"x"`
	Ratio  *string        `json:"ratio" enum:"16:9,auto" doc:"x"`
	Must   string         `json:"must_id" required:"true" doc:"x"`
	Folder *string        `json:"folder_id" empty:"true" doc:"x"`
	Own    *string        `json:"callback_id" doc:"x"`
	Tint   *tint          `json:"tint" doc:"x"`
	Named  *named         `json:"named" doc:"x"`
	Engine *engined       `json:"engine" doc:"x"`
	Free   map[string]any `json:"free" doc:"x"`
	Count  *int           `json:"count" doc:"x"`
}

type named struct {
	Value *string `json:"value" doc:"x"`
}

type engined struct {
	Type string `json:"type" required:"true" enum:"a,b" doc:"x"`
}

// tint is a color, of which none is one that cannot be seen.
type tint string

func (tint) ReadText(s, _ string) (string, *faults.Fault) { return s, nil }

// TestWordsForNothing holds of which arguments a word says that they are left out.
func TestWordsForNothing(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[unsaid]())
	for word, names := range map[string][]string{
		"null":    {"style", "scope", "language", "owner_id", "page_url", "mode", "ratio", "must_id", "folder_id", "callback_id", "tint", "named", "engine", "count"},
		"<None>":  {"style", "scope", "language", "owner_id", "page_url", "ratio", "callback_id", "engine", "count"},
		"default": {"scope", "owner_id", "mode", "ratio", "folder_id", "engine"},
		"auto":    {"scope", "language", "mode", "engine"},
		"nothing": nil,
	} {
		for _, f := range p.Fields {
			_, given := forms.Normalize(&f, word)
			if want := slices.Contains(names, f.Name); given == want {
				t.Errorf("whether %q says nothing of %s is %t, want %t", word, f.Name, !given, want)
			}
		}
	}
	for word, want := range map[string]bool{"<<<<<<<<<<null>>>>>>>>>>": false, "<<<<<<<<<<<null>>>>>>>>>>": true} {
		f, _ := p.Lookup("callback_id")
		if _, given := forms.Normalize(&f, word); given != want {
			t.Errorf("whether %q is a value is %t, want %t", word, given, want)
		}
	}
}
