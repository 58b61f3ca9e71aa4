package tools_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/tools"
	"heygen-mcp/tools/args"
	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/args/spelling"
	"heygen-mcp/tools/languages"
)

// source turns fuzzed bytes into choices; an exhausted one always chooses the first.
type source struct {
	data    []byte
	careful bool // only values of the right type, and no unknown names
}

func (s *source) pick(n int) int {
	if len(s.data) == 0 || n == 0 {
		return 0
	}
	b := int(s.data[0])
	s.data = s.data[1:]
	return b % n
}

// object makes arguments for a plan, right and wrong ones.
func (s *source) object(p *inputs.Spec, depth int) map[string]any {
	o := map[string]any{}
	if p.By != "" {
		kinds := slices.Clone(p.Kinds)
		if !s.careful {
			kinds = append(kinds, "nothing")
		}
		kind := kinds[s.pick(len(kinds))]
		if v := p.Variants[kind]; v != nil {
			o = s.object(v, depth)
		}
		o[p.By] = kind
		return o
	}
	for _, f := range p.Fields {
		if f.Required && (s.careful || s.pick(8) != 7) || s.pick(4) == 3 {
			o[f.Name] = s.value(f, depth)
		}
	}
	if s.pick(16) == 15 && !s.careful {
		o["zz_unknown"] = true
	}
	return o
}

// value makes a value for a field, most often of its own type.
func (s *source) value(f inputs.Field, depth int) any {
	odd := []any{"", "x", json.Number("0"), json.Number("1"), json.Number("-1"), json.Number("2.5"), json.Number("1e3"), true, false,
		[]any{}, []any{"a"}, map[string]any{}, strings.Repeat("é", 300), "#fff", "https://a.b/c"}
	if !s.careful && s.pick(4) == 3 || depth > 4 {
		return odd[s.pick(len(odd))]
	}
	switch f.JSONType() {
	case "string":
		if isMediaType(f.Name) {
			kinds := tools.FileKinds()
			return kinds[s.pick(len(kinds))].Name
		}
		if f.Lang != "" || f.Means != nil {
			said := append([]any{"de", "pt-BR", "en-GB", "Japanese", "German", "deutsch"}, anys(f.Means)...)
			if !s.careful {
				said = append(said, "Swiss", "Klingon", "UK", "woman", "women")
			}
			return said[s.pick(len(said))]
		}
		if strings.HasSuffix(f.Name, "url") && s.pick(4) != 3 {
			return "https://files.example/a.mp3"
		}
		return append([]any{"x", "#ff0000", "a-key_1"}, anys(f.Enum)...)[s.pick(3+len(f.Enum))]
	case "boolean":
		return s.pick(2) == 1
	case "integer", "number":
		ends := []any{json.Number("1"), json.Number("0.5")}
		for _, end := range []*float64{f.Min, f.Max, f.ExclusiveMin} {
			if end != nil {
				raw, _ := json.Marshal(*end)
				ends = append(ends, json.Number(raw))
			}
		}
		return ends[s.pick(len(ends))]
	case "array":
		list := []any{}
		for range s.pick(4) {
			if f.Nested != nil {
				list = append(list, s.object(f.Nested, depth+1))
			} else if f.Lang != "" && s.pick(4) != 3 {
				list = append(list, []any{"de", "pt-BR", "Japanese", "German", "Klingon", "UK"}[s.pick(6)])
			} else {
				list = append(list, odd[s.pick(len(odd))])
			}
		}
		return list
	}
	if f.Nested == nil {
		return map[string]any{"any_Key": "x"}
	}
	return s.object(f.Nested, depth+1)
}

func anys(words []string) []any {
	out := make([]any, len(words))
	for i, w := range words {
		out[i] = w
	}
	return out
}

// closed is the schema as the checker means it: names that are not published are refused.
func closed(t testing.TB, p *inputs.Spec) *jsonschema.Schema {
	t.Helper()
	var root any
	if err := json.Unmarshal(p.Schema(inputs.SnakeCase), &root); err != nil {
		t.Fatal(err)
	}
	var shut func(v any)
	shut = func(v any) {
		switch s := v.(type) {
		case map[string]any:
			if _, ok := s["properties"].(map[string]any); ok {
				s["additionalProperties"] = false
			}
			for _, m := range s {
				shut(m)
			}
		case []any:
			for _, m := range s {
				shut(m)
			}
		}
	}
	shut(root)
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	if err := c.AddResource("tool.json", root); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("tool.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// declared reports whether the checker may refuse what the schema takes: empty ids and members of lists,
// commas in ids, what stands inside an object that is published without its members, and languages that
// HeyGen has not or that may be several.
func declared(p *inputs.Spec, given map[string]any) bool {
	for _, f := range p.Fields {
		v, ok := given[f.Name]
		if !ok {
			continue
		}
		if text, isText := v.(string); isText && text == "" && (f.Required || f.MinLen == 1) && !f.MayBeEmpty() {
			return true
		}
		if f.Opaque || f.Lang != "" && strange(f, v) {
			return true
		}
		list, isList := v.([]any)
		for _, m := range list {
			if text, isText := m.(string); m == nil || isText && (text == "" || strings.Contains(text, ",")) {
				return true
			}
			if o, isObject := m.(map[string]any); isObject && f.Nested != nil && declared(f.Nested, o) {
				return true
			}
		}
		if o, isObject := v.(map[string]any); !isList && isObject && f.Nested != nil && declared(f.Nested, o) {
			return true
		}
	}
	return false
}

// strange reports whether a language, or one of several, means none or more than one of HeyGen's.
func strange(f inputs.Field, v any) bool {
	if list, ok := v.([]any); ok {
		return slices.ContainsFunc(list, func(m any) bool { return strange(f, m) })
	}
	word, ok := v.(string)
	if !ok {
		return false
	}
	if languages.IsForm(f.Lang) {
		return languages.In(f.Lang, spelling.Trim(word)).Word == ""
	}
	return lists(f.Lang).Find(spelling.Trim(word)).Word == ""
}

// FuzzCheck holds the checker against a validator of JSON Schema: what fits the published schema is
// taken, and what is taken becomes something that fits it. They differ in the declared lenience only.
func FuzzCheck(f *testing.F) {
	entries := tools.Declared()
	schemas := make([]*jsonschema.Schema, len(entries))
	for i, e := range entries {
		schemas[i] = closed(f, e.Input())
	}
	for i := range entries {
		f.Add(uint8(i), []byte{})
		f.Add(uint8(i), []byte("some bytes that choose this and that, now and then \xff\x07\x03\x0f\x1f\x2f"))
	}
	f.Fuzz(func(t *testing.T, tool uint8, data []byte) {
		i := int(tool) % len(entries)
		p := entries[i].Input()
		given := (&source{data: data}).object(p, 0)
		fits := schemas[i].Validate(plain(t, given)) == nil
		canonical, refusal := args.CheckBy(p, lists, maps.Clone(given), "")
		if fits && refusal != nil && !declared(p, given) {
			t.Errorf("%s: %v fits the schema and was refused: %v", entries[i].Name, given, refusal)
		}
		if refusal != nil {
			if refusal.Message == "" || refusal.NextStep == "" || refusal.Param == "" {
				t.Errorf("%s: %v: a refusal that says too little: %+v", entries[i].Name, given, refusal)
			}
			return
		}
		if err := schemas[i].Validate(plain(t, canonical)); err != nil {
			t.Errorf("%s: %v was taken and became what does not fit: %v", entries[i].Name, given, err)
		}
		filledAsByJSON(t, p, canonical)
	})
}

// plain is a value as a JSON decoder gives it.
func plain(t *testing.T, v any) any {
	t.Helper()
	raw, err := jsonwrite.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	out, err := jsonschema.UnmarshalJSON(strings.NewReader(string(raw)))
	if err != nil {
		t.Fatal(err)
	}
	return out
}
