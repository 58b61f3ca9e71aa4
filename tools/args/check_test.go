package args

import (
	"reflect"
	"strings"
	"testing"

	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/tools/args/argstest"
	"heygen-mcp/tools/args/inputs"
)

// bounded has a field for each rule that tags can say.
type bounded struct {
	Plain   *string                    `json:"plain" doc:"Words."`
	Short   *string                    `json:"short" len:"2-5" doc:"Text."`
	Cut     *string                    `json:"cut" len:"0-3" tooLong:"Cut it." doc:"Text."`
	Script  *string                    `json:"script" spoken:"true" doc:"Text."`
	Code    *string                    `json:"code" pattern:"^[a-z]{3}$" doc:"Code."`
	Fast    *bool                      `json:"fast" doc:"Fast."`
	Share   *float64                   `json:"share" min:"0" max:"2" doc:"Share."`
	Above   *float64                   `json:"above" exclusiveMin:"0" max:"10" doc:"Above."`
	Some    *int                       `json:"some" min:"1" doc:"Some."`
	Any     *float64                   `json:"any" doc:"Any."`
	Whole   *int64                     `json:"whole" doc:"Whole."`
	Between []string                   `json:"between" len:"2-3" doc:"List."`
	Least   []string                   `json:"least" len:"2-" doc:"List."`
	Most    []string                   `json:"most" len:"0-2" doc:"List."`
	Query   []string                   `json:"tag_ids" in:"query" doc:"List."`
	Motor   *argstest.Motor            `json:"engine" doc:"Engine."`
	Motors  []argstest.Motor           `json:"engines" doc:"Engines."`
	Free    map[string]any             `json:"free" doc:"Anything."`
	Named   map[string]*argstest.Motor `json:"named" doc:"Engines by their names."`
}

// TestRulesOfOneField holds what each tag refuses, and the words for it.
func TestRulesOfOneField(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[bounded]())
	for _, c := range []struct{ given, param, message, next string }{
		{`{"plain":true}`, "plain", "plain must be a string.", "Send text: Words."},
		{`{"short":"a"}`, "short", "short must have at least 2 characters.", "Send a longer text, or leave it out if it is optional."},
		{`{"short":"äöüßéñ"}`, "short", "short must have at most 5 characters; it has 6.", "Shorten it or split the work."},
		{`{"cut":"abcd"}`, "cut", "cut must have at most 3 characters; it has 4.", "Cut it."},
		{`{"script":"… 🎉 !"}`, "script", "script has no letter and no digit, so there is nothing to speak.",
			"Send words in script; punctuation and pictures are not spoken."},
		{`{"code":"abcd"}`, "code", "code has characters that are not allowed.", "It must match ^[a-z]{3}$."},
		{`{"fast":"perhaps"}`, "fast", "fast must be true or false.", "Send true or false."},
		{`{"share":2.01}`, "share", "share must be a number from 0 to 2.", "Send a number from 0 to 2."},
		{`{"share":-0.01}`, "share", "share must be a number from 0 to 2.", "Send a number from 0 to 2."},
		{`{"above":0}`, "above", "above must be a number above 0, at most 10.", "Send a number above 0, at most 10."},
		{`{"above":10.5}`, "above", "above must be a number above 0, at most 10.", "Send a number above 0, at most 10."},
		{`{"some":0}`, "some", "some must be a whole number of at least 1.", "Send a whole number of at least 1."},
		{`{"some":1.5}`, "some", "some must be a whole number.", "Send a whole number of at least 1."},
		{`{"any":"much"}`, "any", "any must be a number.", "Send a number."},
		{`{"any":true}`, "any", "any must be a number.", "Send a number."},
		{`{"any":1e400}`, "any", "any must be a number.", "Send a number."},
		{`{"whole":9007199254740992.0}`, "whole", "whole must be a whole number.", "Send a whole number."},
		{`{"between":["a"]}`, "between", "between must have 2 to 3 members; it has 1.",
			"Send fewer or more members, in several calls if needed."},
		{`{"between":["a","b","c","d"]}`, "between", "between must have 2 to 3 members; it has 4.",
			"Send fewer or more members, in several calls if needed."},
		{`{"least":["a"]}`, "least", "least must have at least 2 members; it has 1.", "Send more members."},
		{`{"most":["a","b","c"]}`, "most", "most must have at most 2 members; it has 3.", "Send fewer, in several calls if needed."},
		{`{"most":[{"a":1,"b":2}]}`, "most[0]", "most[0] must be a string.", "Send text."},
		{`{"most":{"a":"b"}}`, "most", "most must be a list.", "Send a JSON array."},
		{`{"tag_ids":["a",["b,c"]]}`, "tag_ids[1]", "tag_ids[1] holds a comma, which parts one id from the next.",
			"Send each id as a member of its own."},
		{`{"engine":7}`, "engine", "engine must be an object.", "Send an object with: type, look_id."},
		{`{"engines":[{},""]}`, "engines[1]", "engines[1] is empty. engines[0].type is required.",
			"engines[1]: Leave it out of the list. engines[0].type: Send it: Engine."},
		{`{"free":"text"}`, "free", "free must be an object.", "Send an object: Anything."},
		{`{"named":{"a":{"type":"avatar_ix"}}}`, "named.a.type", "named.a.type must be one of: avatar_iii, avatar_iv, avatar_v.",
			"Choose one of them."},
		{`{"named":{"a":""}}`, "named.a", "named.a is empty.", "Send an object with: type, look_id; or leave it out."},
	} {
		_, fault := Check(p, argstest.Object(t, c.given), "")
		if fault == nil {
			t.Errorf("%s was taken, want %q", c.given, c.message)
			continue
		}
		if fault.Param != c.param || fault.Error() != c.message || fault.NextStep != c.next {
			t.Errorf("%s: got %q, %q, %q\nwant %q, %q, %q", c.given, fault.Param, fault.Message, fault.NextStep, c.param, c.message, c.next)
		}
	}
}

// TestAtTheBounds holds that what stands at a bound is taken, and that no number loses precision.
func TestAtTheBounds(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[bounded]())
	for given, want := range map[string]string{
		`{"short":"äö"}`:                    `{"short":"äö"}`,
		`{"short":"äöüßé"}`:                 `{"short":"äöüßé"}`,
		`{"cut":"abc"}`:                     `{"cut":"abc"}`,
		`{"code":"abc"}`:                    `{"code":"abc"}`,
		`{"share":0}`:                       `{"share":0}`,
		`{"share":2.0}`:                     `{"share":2}`,
		`{"above":10}`:                      `{"above":10}`,
		`{"some":1}`:                        `{"some":1}`,
		`{"any":"1e0"}`:                     `{"any":1}`,
		`{"any":0.1}`:                       `{"any":0.1}`,
		`{"whole":9007199254740993}`:        `{"whole":9007199254740993}`,
		`{"whole":9007199254740991.0}`:      `{"whole":9007199254740991}`,
		`{"whole":-9007199254740991.0}`:     `{"whole":-9007199254740991}`,
		`{"between":["a","b"]}`:             `{"between":["a","b"]}`,
		`{"between":["a","b","c"]}`:         `{"between":["a","b","c"]}`,
		`{"least":["a","b"]}`:               `{"least":["a","b"]}`,
		`{"most":["a","b"]}`:                `{"most":["a","b"]}`,
		`{"most":["a,b","c"]}`:              `{"most":["a,b","c"]}`,
		`{"free":{"A_b":[1,null]}}`:         `{"free":{"A_b":[1,null]}}`,
		`{"named":{"My_one":"avatar iii"}}`: `{"named":{"My_one":{"type":"avatar_iii"}}}`,
	} {
		got, fault := Check(p, argstest.Object(t, given), "")
		if fault != nil {
			t.Errorf("%s was refused: %v", given, fault)
			continue
		}
		if raw, err := jsonwrite.Marshal(got); err != nil || string(raw) != want {
			t.Errorf("%s became %s, %v; want %s", given, raw, err, want)
		}
	}
}

// TestRequiredIDs holds that an empty id is refused where it must be given, also by itself, and that
// a text may be empty.
func TestRequiredIDs(t *testing.T) {
	t.Parallel()
	type one struct {
		ID   string `json:"job_id" required:"true" doc:"A job's id."`
		Text string `json:"text" required:"true" doc:"Words."`
	}
	p := inputs.SpecOf(reflect.TypeFor[one]())
	_, fault := Check(p, argstest.Object(t, `{"job_id":"  ","text":""}`), "")
	if fault == nil || fault.Param != "job_id" || fault.Message != "job_id is required." {
		t.Errorf("an empty id came to %+v", fault)
	}
	if fault := checkText(&p.Fields[0], "", "job_id"); fault == nil || fault.Message != "job_id is empty." || fault.NextStep != "Send it: A job's id." {
		t.Errorf("an empty id by itself came to %+v", fault)
	}
	if fault := checkText(&p.Fields[1], "", "text"); fault != nil {
		t.Errorf("an empty text was refused: %v", fault)
	}
}

// TestClippedNames holds that the key of a free map comes back at a bounded length.
func TestClippedNames(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[bounded]())
	long, longest := strings.Repeat("ä", 61), strings.Repeat("ä", 60)
	for name, want := range map[string]string{long: longest + "…", longest: longest} {
		_, fault := Check(p, map[string]any{"named": map[string]any{name: ""}}, "")
		if fault == nil || fault.Param != "named."+want {
			t.Errorf("got %+v, want a refusal of named.%s", fault, want)
		}
	}
}
