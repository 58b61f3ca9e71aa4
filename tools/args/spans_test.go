package args

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"
)

// TestTimesInWords holds what times and numbers are read as, in all the ways in which people write them, and that what is
// none is refused.
func TestTimesInWords(t *testing.T) {
	t.Parallel()
	type cut struct {
		Start *float64 `json:"start_time" doc:"Seconds."`
		Count *int     `json:"count" doc:"How many."`
	}
	p := SpecOf(reflect.TypeFor[cut]())
	for given, want := range map[string]string{
		"1m30s": "90", "1 min 30 sec": "90", "1.5 min": "90", "PT1M30S": "90", "1 hour, 2 minutes and 3 seconds": "3723",
		"2h": "7200", "90s": "90", "1:30": "90", "00:01:30": "90", "1500 ms": "1.5", "ten seconds": "10", "two minutes": "120",
		"1' 30\"": "90", "sixteen": "16", "sixty seconds": "60", "90": "90",
	} {
		got, fault := p.Check(object(t, `{"start_time":`+strconv.Quote(given)+`}`), "")
		if raw, err := Encode(got); fault != nil || err != nil || string(raw) != `{"start_time":`+want+`}` {
			t.Errorf("%q became %s, %+v; want %s", given, raw, fault, want)
		}
	}
	for given, want := range map[string]string{"two": "2", "Twelve": "12", "thirty": "30"} {
		got, fault := p.Check(object(t, `{"count":"`+given+`"}`), "")
		if raw, err := Encode(got); fault != nil || err != nil || string(raw) != `{"count":`+want+`}` {
			t.Errorf("%q became %s, %+v; want %s", given, raw, fault, want)
		}
	}
	for _, given := range []string{"sixhundred", "a few", "oneish", "pt", "m", "twentyfive"} {
		if got, fault := p.Check(object(t, `{"start_time":"`+given+`","count":"`+given+`"}`), ""); fault == nil {
			t.Errorf("%q became %v", given, got)
		}
	}
}

// TestNamesOfAnswers holds that what a result has is taken as it is called there.
func TestNamesOfAnswers(t *testing.T) {
	t.Parallel()
	type list struct {
		Token *string  `json:"token" doc:"The page."`
		Look  *string  `json:"avatar_id" doc:"A look."`
		IDs   []string `json:"ids" doc:"Ids."`
	}
	p := SpecOf(reflect.TypeFor[list]())
	for given, want := range map[string]string{ //nolint:gosec // G101: it is the token of a page
		`{"next_token":"a"}`:                            `{"token":"a"}`,
		`{"nextToken":"a"}`:                             `{"token":"a"}`,
		`{"avatar_id":{"look_id":"a"}}`:                 `{"avatar_id":"a"}`,
		`{"ids":[{"video_id":"a"},{"lipsync_id":"b"}]}`: `{"ids":["a","b"]}`,
	} {
		got, fault := p.Check(object(t, given), "")
		if raw, err := Encode(got); fault != nil || err != nil || string(raw) != want {
			t.Errorf("%s became %s, %+v; want %s", given, raw, fault, want)
		}
	}
	if got, fault := p.Check(object(t, `{"avatar_id":{"voice_id":"a"}}`), ""); fault == nil {
		t.Errorf("a voice was taken for a look: %v", got)
	}
}

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
	} {
		var got []string
		for _, m := range partedLanguages([]any{text}) {
			got = append(got, fmt.Sprint(m))
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}
