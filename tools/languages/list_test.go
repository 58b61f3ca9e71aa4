package languages_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"heygen-mcp/tools/languages"
)

// tagged are names of a list with regions, each with its tag.
func tagged() map[string]string {
	return map[string]string{
		"Arabic (Egypt)": "ar-EG", "Chinese (Cantonese, Traditional)": "yue-Hant",
		"Chinese (Mandarin, Simplified)": "zh-Hans",
		"Czech (Czechia)":                "cs-CZ", "Danish (Denmark)": "da-DK", "Dutch (Netherlands)": "nl-NL",
		"English":      "en",
		"English (UK)": "en-GB", "English (United States)": "en-US",
		"Filipino (Philippines)": "fil-PH", "Finnish (Finland)": "fi-FI",
		"French (Canada)": "fr-CA", "French (France)": "fr-FR", "German (Germany)": "de-DE",
		"Greek (Greece)":  "el-GR",
		"Hebrew (Israel)": "he-IL", "Hindi (India)": "hi-IN", "Indonesian (Indonesia)": "id-ID",
		"Italian (Italy)":  "it-IT",
		"Japanese (Japan)": "ja-JP", "Korean (Korea)": "ko-KR", "Malay (Malaysia)": "ms-MY",
		"Norwegian Bokmål (Norway)": "nb-NO",
		"Persian (Iran)":            "fa-IR", "Polish (Poland)": "pl-PL", "Portuguese (Brazil)": "pt-BR",
		"Portuguese (Portugal)": "pt-PT",
		"Spanish (Mexico)":      "es-MX", "Spanish (Spain)": "es-ES", "Swedish (Sweden)": "sv-SE",
		"Tamil (India)":     "ta-IN",
		"Turkish (Türkiye)": "tr-TR", "Ukrainian (Ukraine)": "uk-UA",
		"Vietnamese (Vietnam)": "vi-VN",
	}
}

func tags() *languages.List {
	var names []string
	for name := range tagged() {
		names = append(names, name)
	}
	slices.Sort(names)
	return languages.NewList(names)
}

// long is a list in which most languages have a name without a region besides those with one.
func long() *languages.List {
	return languages.NewList(strings.Split(""+
		"Albanian (Albania)|Arabic|Arabic (Algeria)|Arabic (Bahrain)|Arabic (Egypt)|"+
		"Arabic (World)|Bangla (Bangladesh)|Bengali (India)|Burmese (Myanmar)|Chinese|"+
		"Chinese (Cantonese, Traditional)|Chinese (Jilu Mandarin, Simplified)|"+
		"Chinese (Mandarin, Simplified)|Chinese (Taiwanese Mandarin, Traditional)|"+
		"Chinese (Wu, Simplified)|Dutch|Dutch (Belgium)|Dutch (Netherlands)|English|"+
		"English (Australia)|English (Canada)|English (India)|English (Ireland)|English (UK)|"+
		"English (United States)|English - Your Accent|French|French (Belgium)|"+
		"French (Canada)|French (France)|French (Switzerland)|German|German (Austria)|"+
		"German (Germany)|German (Switzerland)|Hindi|Korean|Mandarin|"+
		"Norwegian Bokmål (Norway)|Persian (Iran)|Portuguese|Portuguese (Brazil)|"+
		"Portuguese (Portugal)|Serbian (Latin, Serbia)|Spanish|Spanish (Argentina)|"+
		"Spanish (Colombia)|Spanish (Mexico)|Spanish (Spain)|Spanish (United States)|"+
		"Swahili (Kenya)|Swahili (Tanzania)|Tamil (India)|Tamil (Singapore)|Urdu (India)|"+
		"Urdu (Pakistan)|Uzbek (Latin, Uzbekistan)", "|"))
}

// TestEveryNameOfAList holds that each name of a list is found by itself, in small letters, by its
// tag and by the English name of the tag.
func TestEveryNameOfAList(t *testing.T) {
	t.Parallel()
	for name, code := range tagged() {
		tag := language.MustParse(code)
		for _, spelling := range []string{
			name, strings.ToLower(name), strings.ToUpper(name),
			strings.NewReplacer("(", "", ")", "", ",", "").Replace(name),
			code, strings.ToLower(code), strings.ReplaceAll(code, "-", "_"), strings.ReplaceAll(code, "-", " "),
			display.English.Tags().Name(tag),
		} {
			if got := tags().Find(spelling); got.Word != name {
				t.Errorf("%s: got %+v, want %s", spelling, got, name)
			}
		}
	}
	for _, name := range long().Names() {
		if got := long().Find(strings.ToLower(name)); got.Word != name {
			t.Errorf("%s: got %+v, want itself", strings.ToLower(name), got)
		}
	}
}

// TestSpellings holds what people say against a list with regions.
func TestSpellings(t *testing.T) {
	t.Parallel()
	for spelling, want := range map[string]string{
		"German": "German (Germany)", "deutsch": "German (Germany)", "DEU": "German (Germany)",
		"ger":                  "German (Germany)",
		"brazilian portuguese": "Portuguese (Brazil)", "português do Brasil": "Portuguese (Brazil)",
		"pt_BR.UTF-8": "Portuguese (Brazil)",
		"Portuguese":  "Portuguese (Brazil)", "European Portuguese": "Portuguese (Portugal)",
		"Brazil":  "Portuguese (Brazil)",
		"British": "English (UK)", "British English": "English (UK)", "UK English": "English (UK)",
		"english uk": "English (UK)",
		"American":   "English (United States)", "US English": "English (United States)",
		"en":      "English",
		"español": "Spanish (Spain)", "espanol": "Spanish (Spain)", "Castilian": "Spanish (Spain)",
		"Mexican Spanish":  "Spanish (Mexico)",
		"español (México)": "Spanish (Mexico)", "français": "French (France)",
		"Canadian French": "French (Canada)",
		"French Canadian": "French (Canada)", "日本語": "Japanese (Japan)", "한국어": "Korean (Korea)",
		"Korean (South Korea)": "Korean (Korea)",
		"中文":                   "Chinese (Mandarin, Simplified)", "简体中文": "Chinese (Mandarin, Simplified)",
		"普通话":                "Chinese (Mandarin, Simplified)",
		"Chinese simplified": "Chinese (Mandarin, Simplified)",
		"zh-CN":              "Chinese (Mandarin, Simplified)", "chi": "Chinese (Mandarin, Simplified)",
		"Mandarin":  "Chinese (Mandarin, Simplified)",
		"Cantonese": "Chinese (Cantonese, Traditional)", "廣東話": "Chinese (Cantonese, Traditional)",
		"Farsi": "Persian (Iran)", "فارسی": "Persian (Iran)", "Tagalog": "Filipino (Philippines)",
		"tl": "Filipino (Philippines)",
		"iw": "Hebrew (Israel)", "עברית": "Hebrew (Israel)", "no": "Norwegian Bokmål (Norway)",
		"nb":        "Norwegian Bokmål (Norway)",
		"Norwegian": "Norwegian Bokmål (Norway)", "norsk": "Norwegian Bokmål (Norway)",
		"bahasa indonesia": "Indonesian (Indonesia)",
		"Türkçe":           "Turkish (Türkiye)", "Turkish (Turkey)": "Turkish (Türkiye)",
		"العربية": "Arabic (Egypt)", "Egyptian Arabic": "Arabic (Egypt)",
		"uk": "Ukrainian (Ukraine)", "VI": "Vietnamese (Vietnam)", "SE": "Swedish (Sweden)",
		"Hochdeutsch": "German (Germany)", "Deutsche Sprache": "", "🇩🇪": "German (Germany)", "🇲🇽 Spanish": "Spanish (Mexico)", "German 🇩🇪": "German (Germany)",
		"português brasileiro": "Portuguese (Brazil)", "español mexicano": "Spanish (Mexico)", "français canadien": "French (Canada)",
		"langue française": "", "idioma español": "Spanish (Spain)", "українська мова": "Ukrainian (Ukraine)", "Language: German": "German (Germany)",
		"Great Britain": "English (UK)", "English (Great Britain)": "English (UK)", "Czech Republic": "Czech (Czechia)", "हिंदी": "Hindi (India)",
		"Nihongo": "Japanese (Japan)", "Québécois": "French (Canada)", "ptbr": "Portuguese (Brazil)", "Modern Standard Arabic": "Arabic (Egypt)",
		"zh-HK": "Chinese (Cantonese, Traditional)", "Chinese (PRC)": "Chinese (Mandarin, Simplified)", "Filipino (Tagalog)": "Filipino (Philippines)",
		"in": "Indonesian (Indonesia)", "Greek, Modern": "Greek (Greece)", "Holländisch": "Dutch (Netherlands)",
		"the German language": "German (Germany)", "into German": "German (Germany)", "to Brazilian Portuguese": "Portuguese (Brazil)",
	} {
		if got := tags().Find(spelling); got.Word != want {
			t.Errorf("%s: got %+v, want %s", spelling, got, want)
		}
	}
}

// TestSpellingsOfALongList holds the same of a list that has more names for a language.
func TestSpellingsOfALongList(t *testing.T) {
	t.Parallel()
	for spelling, want := range map[string]string{
		"de": "German", "de-DE": "German (Germany)", "Swiss German": "German (Switzerland)",
		"Austrian": "German (Austria)",
		"zh":       "Chinese", "cmn": "Mandarin", "Mandarin Chinese": "Mandarin",
		"zh-TW":               "Chinese (Taiwanese Mandarin, Traditional)",
		"Traditional Chinese": "Chinese (Taiwanese Mandarin, Traditional)",
		"Taiwanese Mandarin":  "Chinese (Taiwanese Mandarin, Traditional)",
		"Flemish":             "Dutch (Belgium)", "Vlaams": "Dutch (Belgium)", "Argentinian Spanish": "Spanish (Argentina)",
		"Colombian Spanish": "Spanish (Colombia)",
		"Algerian Arabic":   "Arabic (Algeria)", "Modern Standard Arabic": "Arabic (World)",
		"Australian English": "English (Australia)",
		"Indian English":     "English (India)", "en-IE": "English (Ireland)",
		"Urdu": "Urdu (Pakistan)", "Serbian": "Serbian (Latin, Serbia)",
		"sr-Latn": "Serbian (Latin, Serbia)", "Swahili": "Swahili (Tanzania)",
		"Bengali": "Bangla (Bangladesh)", "bn-IN": "Bengali (India)",
		"Myanmar": "Burmese (Myanmar)", "es-US": "Spanish (United States)",
		"Belgian French": "French (Belgium)", "Schweizerdeutsch": "German (Switzerland)", "Österreichisch": "German (Austria)",
		"US": "", "American": "English (United States)", "English, US": "English (United States)", "🇺🇸 English": "English (United States)", "🇦🇹": "German (Austria)",
		"español argentino": "Spanish (Argentina)", "español colombiano": "Spanish (Colombia)", "Spanish (Castilian)": "Spanish (Spain)",
		"zh-HK": "Chinese (Cantonese, Traditional)", "Chinese (Hong Kong)": "Chinese (Cantonese, Traditional)",
	} {
		if got := long().Find(spelling); got.Word != want {
			t.Errorf("%s: got %+v, want %s", spelling, got, want)
		}
	}
}

// TestNoPlainMeaning holds that what may be several names is refused with them, and what a list has
// not with those near it.
func TestNoPlainMeaning(t *testing.T) {
	t.Parallel()
	for spelling, want := range map[string]string{
		"UK":     "English (UK)|Ukrainian (Ukraine)",
		"IN":     "Hindi (India)|Tamil (India)|Indonesian (Indonesia)",
		"Indian": "Hindi (India)|Tamil (India)", "Canadian": "French (Canada)",
	} {
		if got := tags().Find(spelling); got.Word != "" || strings.Join(got.Several, "|") != want {
			t.Errorf("%s: got %+v, want several: %s", spelling, got, want)
		}
	}
	for spelling, want := range map[string]string{
		"Swiss":    "German (Switzerland)|French (Switzerland)",
		"Canadian": "English (Canada)|French (Canada)",
	} {
		got := long().Find(spelling)
		if got.Word != "" || sorted(strings.Join(got.Several, "|")) != sorted(want) {
			t.Errorf("%s: got %+v, want several: %s", spelling, got, want)
		}
	}
	for spelling, near := range map[string]string{
		"Klingon": "", "Spansh": "Spanish (Mexico)|Spanish (Spain)",
		strings.Replace("Portuguese", "gu", "g", 1): "Portuguese (Brazil)|Portuguese (Portugal)",
		"es-419": "Spanish (Mexico)|Spanish (Spain)", "Flemish": "Dutch (Netherlands)",
		"Nynorsk":             "Norwegian Bokmål (Norway)",
		"Traditional Chinese": "Chinese (Cantonese, Traditional)|Chinese (Mandarin, Simplified)",
		"en-AU":               "English|English (UK)|English (United States)",
		"":                    "", "x": "", "German and French": "German (Germany)", strings.Repeat("German ", 1000): "",
	} {
		if got := tags().Find(spelling); !got.None || strings.Join(got.Near, "|") != near {
			t.Errorf("%.40s: got %+v, want none, near %s", spelling, got, near)
		}
	}
}

func sorted(names string) string {
	return strings.Join(slices.Sorted(slices.Values(strings.Split(names, "|"))), "|")
}

// TestAdded holds that a region is told where the spelling did not say it, and only there.
func TestAdded(t *testing.T) {
	t.Parallel()
	for spelling, want := range map[string]bool{
		"German": true, "es": true, "Cantonese": true, "German (Germany)": false, "de-DE": false,
		"English": false, "zh-CN": false, "zh-Hans": false,
	} {
		if got := tags().Find(spelling); got.Added != want || got.Word == "" {
			t.Errorf("%s: got %+v, want added %v", spelling, got, want)
		}
	}
}

// TestStrangeNames holds that a list does not take over what is no name of a language.
func TestStrangeNames(t *testing.T) {
	t.Parallel()
	names := []string{"", "German", "Say: \"yes\"", "A\nB", strings.Repeat("x", 200), "Other", "自動"}
	l := languages.NewList(names)
	if got := l.Names(); !slices.Equal(got, []string{"German", "Other", "自動"}) {
		t.Errorf("got %q", got)
	}
	if got := l.Find("other"); got.Word != "Other" {
		t.Errorf("got %+v, want a name that means nothing here found by itself", got)
	}
}

// TestForeignNames holds that languages are known by what others call them.
func TestForeignNames(t *testing.T) {
	t.Parallel()
	list := languages.NewList([]string{"Portuguese", "Ukrainian", "German", "Japanese", "English", "Spanish", "French"})
	for spelling, want := range map[string]string{
		"portugiesisch": "Portuguese", "Ukrainisch": "Ukrainian", "allemand": "German", "alemán": "German", "tedesco": "German", "日语": "Japanese",
		"anglais": "English", "немецкий": "German", "niemiecki": "German", "fransızca": "French",
	} {
		if got := list.Find(spelling); got.Word != want {
			t.Errorf("%s is %+v, want %s", spelling, got, want)
		}
	}
}
