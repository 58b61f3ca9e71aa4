package message

import (
	"strings"
	"testing"
)

// TestPlaces holds which way to a value a refusal names: clients find by it what they must mend.
func TestPlaces(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"params":{"arguments":{"scenes":[{},{"text":"@"}]}}}`:  "params.arguments.scenes[1].text",
		`{"params":{"arguments":{"a":[1,{"b":"x"},["y","@"]]}}}`: "params.arguments.a[2][1]",
		`{"a":{"b":{}},"c":[],"d":{"e@":1}}`:                     "the name d.e@",
		`["a","@"]`:                                              "[1]",
		`"@"`:                                                    "",
		`{"a":tru,"b":"@"}`:                                      "",
		`{"` + strings.Repeat("long", 100) + `":"@"}`:            strings.Repeat("long", 50) + "…",
	} {
		if got := placeOf([]byte(body), strings.IndexByte(body, '@')); got != want {
			t.Errorf("%.60s: got %q, want %q", body, got, want)
		}
	}
}

// TestHalfPairIsLeftToTheCaller holds that half of a surrogate pair is told apart from what is no message: its status
// depends on the era of its sender.
func TestHalfPairIsLeftToTheCaller(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"id":1,"method":"ping","params":{"a":"\ud83d"}}`:       `params.a: the text has \ud83d without`,
		`{"id":1,"Method":"ping","params":{"a":"\ud83d"}}`:       `params.a: the text has \ud83d without`,
		`{"id":1,"method":"ping","params":{"a":"\ud83d\ude00"}}`: "",
	} {
		m, bad := Parse([]byte(body))
		if bad != nil {
			t.Fatalf("%s was refused: %s", body, bad.Text)
		}
		got := m.HalfPair()
		if (got == nil) != (want == "") || got != nil && !strings.HasPrefix(got.Text, want) {
			t.Errorf("%s: got %+v, want %q", body, got, want)
		}
	}
}
