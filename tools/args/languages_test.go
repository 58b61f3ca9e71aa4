package args

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"heygen-mcp/tools/args/argstest"
	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/languages"
)

// speech says its languages in each way that there is.
type speech struct {
	Language *string   `json:"language" lang:"voices" doc:"x"`
	Locale   *string   `json:"locale" lang:"locale" doc:"x"`
	Code     *string   `json:"language_code" lang:"iso639,voices" doc:"x"`
	Targets  []string  `json:"languages" len:"1-3" lang:"voices" doc:"x"`
	Title    *string   `json:"title" doc:"x"`
	Inner    *speechIn `json:"inner" doc:"x"`
	Union    *speechOf `json:"of" doc:"x"`
}

type speechIn struct {
	Target *string `json:"target" lang:"targets" doc:"x"`
}

type speechOf struct {
	inputs.Union `by:"kind"`
	In           *speechIn `variant:"in"`
}

// voiceLists has one list, which a tool shows.
func voiceLists(name string) *LanguageList {
	if name != "voices" {
		return nil
	}
	return &LanguageList{languages.NewList([]string{"English", "German", "Spanish", "Portuguese (Brazil)", "Chinese (Cantonese, Traditional)"}), "list_languages"}
}

// TestLanguagesAsPeopleSayThem holds what a language is sent as, and what the caller is told of it.
func TestLanguagesAsPeopleSayThem(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[speech]())
	for _, c := range []struct{ given, want, notes string }{
		{`{"language":"german"}`, `{"language":"German"}`, ""},
		{`{"language":"de"}`, `{"language":"German"}`, ""},
		{`{"language":"pt"}`, `{"language":"Portuguese (Brazil)"}`, "pt was taken as Portuguese (Brazil)."},
		{`{"language":{"code":"de"}}`, `{"language":"German"}`, ""},
		{`{"language":["de"]}`, `{"language":"German"}`, ""},
		{`{"locale":"en_gb"}`, `{"locale":"en-GB"}`, ""},
		{`{"language_code":"German (Austria)"}`, `{"language_code":"de"}`, "German (Austria) was taken as de: language_code has no regions."},
		{`{"languages":["German","de","Spanish","deutsch"]}`, `{"languages":["German","Spanish"]}`, "languages names German 3 times; it is made once."},
		{`{"languages":"German and Spanish"}`, `{"languages":["German","Spanish"]}`, ""},
		{`{"languages":"German, Chinese (Cantonese, Traditional)"}`, `{"languages":["German","Chinese (Cantonese, Traditional)"]}`, ""},
		{`{"languages":["de","es/en"]}`, `{"languages":["German","Spanish","English"]}`, ""},
	} {
		in := new(speech)
		bound, fault := BindBy(p, voiceLists, json.RawMessage(c.given), in)
		if fault != nil {
			t.Errorf("%s was refused: %v %s", c.given, fault, fault.NextStep)
			continue
		}
		if got := argstest.Text(bound.Canonical); got != c.want || strings.Join(bound.Notes, " ") != c.notes {
			t.Errorf("%s: got %s and the notes %q, want %s and %q", c.given, got, bound.Notes, c.want, c.notes)
		}
	}
}

// TestLanguagesThatAreNotThere holds what is refused by a list, and that without it all is HeyGen's to judge.
func TestLanguagesThatAreNotThere(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[speech]())
	for _, c := range []struct{ given, param, message, next string }{
		{`{"language":"Klingon"}`, "language", "language is no language that HeyGen has here.", "list_languages has all names."},
		{`{"language":"Germann"}`, "language", "language is no language that HeyGen has here.", "Near it: German. list_languages has all names."},
		{`{"language_code":"fr"}`, "language_code", "language_code is no language that HeyGen has here.", "list_languages has all names."},
		{`{"languages":["de","Klingon"]}`, "languages[1]", "languages[1] is no language that HeyGen has here.", "list_languages has all names."},
		{`{"languages":["de","es","en","pt"]}`, "languages", "languages must have 1 to 3 members; it has 4.", "Send fewer or more members, in several calls if needed."},
	} {
		got, fault := CheckBy(p, voiceLists, argstest.Object(t, c.given), "")
		if fault == nil || fault.Param != c.param || fault.Message != c.message || fault.NextStep != c.next {
			t.Errorf("%s: got %v, %+v; want %q, %q", c.given, got, fault, c.message, c.next)
		}
	}
	for _, lists := range []Lists{nil, func(string) *LanguageList { return nil }} {
		got, fault := CheckBy(p, lists, argstest.Object(t, `{"language":"Klingon","language_code":"fr"}`), "")
		if fault != nil || argstest.Text(got) != `{"language":"Klingon","language_code":"fr"}` {
			t.Errorf("without a list got %v, %v; want what was said", got, fault)
		}
	}
}

// TestTooManyLanguages holds that repeats are let through up to a bound.
func TestTooManyLanguages(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[speech]())
	for n, want := range map[int]bool{12: true, 13: false} {
		given := map[string]any{"languages": slices.Repeat([]any{"de"}, n)}
		if got, fault := CheckBy(p, voiceLists, given, ""); (fault == nil) != want {
			t.Errorf("one language %d times came to %v, %v; want it taken: %t", n, got, fault, want)
		}
	}
}

// TestNamesToChooseFrom holds that of names that nobody can read all only the first are told.
func TestNamesToChooseFrom(t *testing.T) {
	t.Parallel()
	names := make([]string, 14)
	for i := range names {
		names[i] = fmt.Sprint("n", i)
	}
	for n, want := range map[int]string{2: "n0, n1", 12: "n10, n11", 14: "n11 and 2 more"} {
		if got := firstNames(names[:n]); !strings.HasSuffix(got, want) {
			t.Errorf("%d names are shown as %s, want %s at the end", n, got, want)
		}
	}
	regions := func(string) *LanguageList {
		return &LanguageList{languages.NewList([]string{"English (UK)", "English (India)"}), "list_languages"}
	}
	_, fault := CheckBy(inputs.SpecOf(reflect.TypeFor[speech]()), regions, map[string]any{"language": "English"}, "")
	if fault == nil || fault.Message != "language does not say plainly which is meant." || fault.NextStep != "Choose one: English (UK), English (India)." {
		t.Errorf("a language of two regions came to %+v", fault)
	}
}

// TestNotesAreFew holds that a call of many mistakes of spelling is not answered with a note for each.
func TestNotesAreFew(t *testing.T) {
	t.Parallel()
	r := &reader{}
	for i := range maxNotes + 2 {
		r.note(fmt.Sprint("note ", i/2))
		r.note(fmt.Sprint("other ", i))
	}
	if len(r.notes) != maxNotes || r.notes[0] != "note 0" || r.notes[2] != "other 1" {
		t.Errorf("got %q, want the first %d that differ", r.notes, maxNotes)
	}
}
