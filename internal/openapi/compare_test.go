package openapi_test

import (
	"slices"
	"testing"
)

// TestCompareFinds holds what is told of two schemas that differ.
func TestCompareFinds(t *testing.T) {
	t.Parallel()
	const union = `{"oneOf":[{"type":"object","properties":{"type":{"const":"a"},"x":{"type":"string"}}},
		{"type":"object","properties":{"type":{"const":"b"},"x":{"type":"string"}}}]}`
	for name, c := range map[string]struct {
		was, now string
		want     []string
	}{
		"types":   {`{"type":"string"}`, `{"type":"integer"}`, []string{"body : type is integer, was string"}},
		"null":    {`{"type":"string"}`, `{"type":["string","null"]}`, []string{"body : may be null now"}},
		"no null": {`{"type":["string","null"]}`, `{"type":"string"}`, []string{"body : is never null now"}},
		"choices": {`{"enum":["a","b"]}`, `{"enum":["b","c"]}`, []string{"body : choices gone: a; new: c"}},
		"open":    {`{"enum":["a"]}`, `{"type":"string"}`, []string{"body : is open now, and was one of: a"}},
		"closed":  {`{"type":"string"}`, `{"enum":["a"]}`, []string{"body : is one of these now, and was open: a"}},
		"bounds": {
			`{"type":"array","minItems":1,"maxItems":2}`, `{"type":"array","maxItems":3}`,
			[]string{"body : maxItems is 3, was 2", "body : minItems is open, was 1"},
		},
		"big numbers": {`{"maximum":4294967295}`, `{"maximum":4294967296}`, []string{"body : maximum is 4294967296, was 4294967295"}},
		"patterns":    {`{"pattern":"a"}`, `{"pattern":"b"}`, []string{"body : pattern is b, was a"}},
		"defaults":    {`{"default":1}`, `{}`, []string{"body : default is open, was 1"}},
		"deprecated":  {`{}`, `{"deprecated":true}`, []string{"body : is deprecated now"}},
		"members": {
			`{"properties":{"a":{},"b":{},"c":{}},"required":["a"]}`, `{"properties":{"a":{},"c":{},"d":{}},"required":["c","d"]}`,
			[]string{
				"body a: need not be given any more", "body b: is gone", "body c: must be given now",
				"body d: is new and must be given",
			},
		},
		"named and free": {`{"properties":{"a":{}}}`, `{"type":"object"}`, []string{"body a: is gone"}},
		"depth": {
			`{"properties":{"a":{"items":{"properties":{"b":{"type":"string"}}}}}}`, `{"properties":{"a":{"items":{"properties":{"b":{"type":"number"}}}}}}`,
			[]string{"body a[].b: type is number, was string"},
		},
		"others": {
			`{"additionalProperties":{"type":"string"}}`, `{"additionalProperties":{"type":"number"}}`,
			[]string{"body {}: type is number, was string"},
		},
		"variants": {
			union, `{"oneOf":[{"properties":{"type":{"const":"b"},"x":{"type":"number"}}},{"properties":{"type":{"const":"c"}}}]}`,
			[]string{"body : the variant a is gone", "body : the variant c is new", "body [b].x: type is number, was string"},
		},
		"a union made one object": {
			union, `{"properties":{"type":{"enum":["a"]},"x":{"type":"string"}},"required":["type"]}`,
			[]string{"body type: choices gone: b"},
		},
	} {
		if got := changes(t, withBody(c.was, ""), withBody(c.now, "")); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// TestCompareFindsWhatHoldsItself holds that a change deep in a schema that holds itself is told
// once, and that the comparison ends.
func TestCompareFindsWhatHoldsItself(t *testing.T) {
	t.Parallel()
	tree := func(kind string) string {
		return withBody(`{"$ref":"#/components/schemas/T"}`,
			`"T":{"type":"object","properties":{"name":{"type":"`+kind+`"},"of":{"anyOf":[{"$ref":"#/components/schemas/T"},{"type":"array","items":{"$ref":"#/components/schemas/T"}}]}}}`)
	}
	got := changes(t, tree("string"), tree("integer"))
	if len(got) == 0 || got[0] != "body name: type is integer, was string" {
		t.Errorf("got %q, want the change of name first", got)
	}
}
