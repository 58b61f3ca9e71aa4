package spelling

import (
	"fmt"
	"strings"
	"testing"
)

// TestRegionsOfLists holds that a region beside its language in a member of a list is no language of its own.
func TestRegionsOfLists(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Spanish/Mexico":                     "Spanish (Mexico)",
		"Portuguese, Brazil":                 "Portuguese (Brazil)",
		"German and Spanish":                 "German|Spanish",
		"English/United Kingdom, French":     "English (United Kingdom)|French",
		"Germany/Austria":                    "Germany|Austria",
		"English/Brazil":                     "English|Brazil",
		"Spanish, Mexico and French, Canada": "Spanish (Mexico)|French (Canada)",
		"Chinese, Simplified":                "Chinese (Simplified)",
		"Spanish, French":                    "Spanish|French",
		"1. Spanish\n2) French":              "Spanish|French",
		"- Spanish\n- French":                "Spanish|French",
		"• Spanish":                          "Spanish",
		"both Spanish and French":            "Spanish|French",
		"Spanish plus French":                "Spanish|French",
		"德语、法语":                              "德语|法语",
		"Spanish，French":                     "Spanish|French",
		"Spanish - Mexico":                   "Spanish - Mexico",
		"Chinese (Cantonese, Traditional)":   "Chinese (Cantonese, Traditional)",
		"Serbian (Latin, or) and German":     "Serbian (Latin, or)|German",
		"Serbian (or (so), x) and Thai":      "Serbian (or (so), x)|Thai",
		"both":                               "both",
		"1. both":                            "1. both",
	} {
		var got []string
		for _, m := range Languages([]any{text}) {
			got = append(got, fmt.Sprint(m))
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}
