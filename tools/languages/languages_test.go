package languages_test

import (
	"strings"
	"testing"

	"heygen-mcp/tools/languages"
)

func forms() []string {
	return []string{languages.Code, languages.ISO639, languages.Locale, languages.English}
}

// TestForms holds what spellings are as a code, as the code of a language alone, as a locale and as
// an English name.
func TestForms(t *testing.T) {
	t.Parallel()
	for spelling, want := range map[string][4]string{
		"German":               {"de", "de", "de", "German"},
		"DEU":                  {"de", "de", "de", "German"},
		"deutsch":              {"de", "de", "de", "German"},
		"pt_br":                {"pt-BR", "pt", "pt-BR", "Portuguese"},
		"Brazilian Portuguese": {"pt-BR", "pt", "pt-BR", "Portuguese"},
		"British":              {"en-GB", "en", "en-GB", "English"},
		"UK English":           {"en-GB", "en", "en-GB", "English"},
		"US":                   {"en-US", "en", "en-US", "English"},
		"Indian English":       {"en-IN", "en", "en-IN", "English"},
		"Egyptian Arabic":      {"ar-EG", "ar", "ar-EG", "Arabic"},
		"zh_hans":              {"zh-Hans", "zh", "zh-Hans", "Chinese"},
		"Mandarin":             {"zh", "zh", "zh", "Chinese"},
		"Tagalog":              {"tl", "tl", "fil", "Filipino"},
		"iw":                   {"he", "he", "he", "Hebrew"},
		"Farsi":                {"fa", "fa", "fa", "Persian"},
		"norsk":                {"no", "no", "no", "Norwegian"},
		"日本語":                  {"ja", "ja", "ja", "Japanese"},
		"SV":                   {"sv", "sv", "", "Swedish"},
		"Canadian":             {"", "", "", ""},
		"Swiss":                {"", "", "", ""},
		// What is not known is HeyGen's to judge.
		"auto": {"auto", "auto", "auto", "auto"}, "x": {"x", "x", "x", "x"},
		"de-DE-1996": {"de-DE-1996", "de-DE-1996", "de-DE-1996", "de-DE-1996"},
	} {
		for i, form := range forms() {
			got := languages.In(form, spelling)
			if got.Word != want[i] || (got.Word == "") != (len(got.Several) > 1) {
				t.Errorf("%s as %s: got %+v, want %q", spelling, form, got, want[i])
			}
		}
	}
}

// TestSteady holds that what a spelling came to comes to itself.
func TestSteady(t *testing.T) {
	t.Parallel()
	for name, tag := range tagged() {
		for _, form := range forms() {
			for _, spelling := range []string{name, tag, strings.ToLower(name)} {
				once := languages.In(form, spelling)
				if twice := languages.In(form, once.Word); twice.Word != once.Word {
					t.Errorf("%s as %s became %s, which became %+v", spelling, form, once.Word, twice)
				}
			}
		}
	}
}

// FuzzSpellings holds that no spelling breaks anything, and that every answer says something.
func FuzzSpellings(f *testing.F) {
	list := tags()
	for name, tag := range tagged() {
		f.Add(name)
		f.Add(tag)
	}
	f.Add("UK \xff de do () — 中文 accent")
	f.Fuzz(func(t *testing.T, spelling string) {
		got := list.Find(spelling)
		if got.Word == "" && len(got.Several) == 0 && !got.None {
			t.Errorf("%q: got %+v from a list", spelling, got)
		}
		for _, form := range forms() {
			if got := languages.In(form, spelling); got.Word == "" && len(got.Several) < 2 && spelling != "" {
				t.Errorf("%q as %s: got %+v", spelling, form, got)
			}
		}
	})
}
