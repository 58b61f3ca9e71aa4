package tools_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/tools"
	"heygen-mcp/tools/args"
	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/languages"
)

// speller writes arguments in other forms that mean the same, as clients and models do.
type speller struct {
	*rand.Rand
}

// one in n says yes.
func (s *speller) one(n int) bool { return s.IntN(n) == 0 }

// object respells an object. Names of fields, and what may be left out, change as well.
func (s *speller) object(p *inputs.Spec, canonical map[string]any) map[string]any {
	out := map[string]any{}
	if p.By != "" {
		kind := canonical[p.By].(string)
		rest := maps.Clone(canonical)
		delete(rest, p.By)
		out = s.object(p.Variants[kind], rest)
		out[p.By] = s.choice(kind)
		return out
	}
	for i := range p.Fields {
		f := &p.Fields[i]
		v, given := canonical[f.Name]
		switch {
		case given && f.IsDefault(v) && s.one(2):
		case given:
			s.put(out, s.name(f), f, s.value(f, v))
		case f.Default != "" && s.one(3):
			out[f.Name] = f.Default
		case !f.Required && s.one(3):
			if blank, ok := s.blank(f); ok {
				out[s.name(f)] = blank
			}
		}
	}
	return out
}

// put adds a value, an object or a list now and then as the members at the ends of its paths.
func (s *speller) put(out map[string]any, name string, f *inputs.Field, v any) {
	members := map[string]any{}
	switch t := v.(type) {
	case map[string]any:
		for member, v := range t {
			members[name+[]string{"." + member, "[" + member + "]"}[s.IntN(2)]] = v
		}
	case []any:
		for i, m := range t {
			members[fmt.Sprintf("%s[%d]", name, i)] = m
		}
	}
	if len(members) == 0 || !s.one(4) || f.Nested == nil && f.Type.Kind() != reflect.Slice {
		out[name] = v
		return
	}
	maps.Copy(out, members)
}

// name is another spelling of a field's name.
func (s *speller) name(f *inputs.Field) string {
	return []string{f.Name, f.Camel, strings.ToUpper(f.Name), strings.ReplaceAll(f.Name, "_", "-")}[s.IntN(4)]
}

// blank is a value that means nothing where the field may be left out.
func (s *speller) blank(f *inputs.Field) (any, bool) {
	choices := []any{nil}
	if !f.MayBeEmpty() {
		choices = append(choices, "", " \u00a0\u200b")
	}
	if kind := f.Type.Kind(); !f.Empty && (kind == reflect.Slice || kind == reflect.Struct || kind == reflect.Map) {
		choices = append(choices, []any{}, map[string]any{})
	}
	if kind := f.Type.Kind(); kind == reflect.Bool || kind == reflect.Int || kind == reflect.Float64 || kind == reflect.Struct || f.Enum != nil || f.Lang != "" {
		choices = append(choices, "null", "undefined", " N/A ")
	}
	if strings.HasSuffix(f.Name, "_id") && !f.MayBeEmpty() || f.Name == "idempotency_key" {
		choices = append(choices, "None", "null")
	}
	return choices[s.IntN(len(choices))], true
}

// wide writes the letters, digits and marks of ASCII in their wide forms.
func wide(s string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r < 0x7f {
			return r + 0xfee0
		}
		return r
	}, s)
}

// choice writes a word of a closed list in another case or punctuation.
func (s *speller) choice(word string) string {
	return []string{word, strings.ToUpper(word), " " + word + "\ufeff", `"` + word + `"`, strings.ReplaceAll(word, "_", " "),
		strings.ReplaceAll(word, ":", "x"), wide(word)}[s.IntN(7)]
}

// value respells one value.
func (s *speller) value(f *inputs.Field, v any) any {
	switch t := v.(type) {
	case string:
		switch {
		case isMediaType(f.Name):
			return s.mediaType(t)
		case f.Lang != "":
			return s.language(f, t)
		case slices.Contains(f.Means, t):
			return map[string][]string{"female": {"Woman", "females", "F"}, "male": {"man", "MEN", " Male "}}[t][s.IntN(3)]
		case f.Enum != nil:
			return s.choice(t)
		case f.Type.Name() == "color":
			return []string{t, strings.ToUpper(t), "red", "#F00", "rgb(255, 0, 0)", "#ff0000ff", " hsl(0 100% 50%) "}[s.IntN(7)]
		case strings.HasPrefix(t, "https://files.example/"):
			rest := strings.TrimPrefix(t, "https://files.example")
			return []string{t, "HTTPS://files.example" + rest, "https://Files.EXAMPLE" + rest, "https://files.example:443" + rest}[s.IntN(4)]
		case !f.MayBeEmpty() && f.MinLen == 0 && t != "":
			return []string{t, "\u00a0" + t + "\u200b", "“" + t + "”", " '" + t + "' "}[s.IntN(4)]
		}
		return t
	case bool:
		words := map[bool][]any{true: {true, "True", "yes", json.Number("1"), "on", "enabled", json.Number("1.0")}, false: {false, "FALSE", "no", json.Number("0"), " off", "Disabled"}}[t]
		return words[s.IntN(len(words))]
	case json.Number:
		return []any{t, t.String(), " " + t.String() + " ", wide(t.String())}[s.IntN(4)]
	case []any:
		return s.list(f, t)
	case map[string]any:
		if f.Nested == nil || f.Type.Kind() == reflect.Map {
			return s.quoted(t)
		}
		return s.quoted(s.object(f.Nested, t))
	}
	return v
}

// isMediaType reports whether a field of that name is a media type.
func isMediaType(name string) bool { return name == "content_type" || name == "media_type" }

// mediaType is another spelling of a media type.
func (s *speller) mediaType(kind string) string {
	spellings := []string{kind, strings.ToUpper(kind), " " + kind + "; charset=x", `"` + kind + `"`}
	for _, k := range tools.FileKinds() {
		if k.Name == kind {
			spellings = append(append(spellings, k.Others...), k.Endings...)
		}
	}
	return spellings[s.IntN(len(spellings))]
}

// spellings are languages in their forms, and what people say for them.
func spellings() map[string][]string {
	return map[string][]string{
		"German (Germany)":    {"german", "de", "Deutsch", "de_DE", "GER"},
		"Portuguese (Brazil)": {"pt-BR", "brazilian portuguese", "portuguese"},
		"English (UK)":        {"British", "UK English", "english uk"},
		"Japanese (Japan)":    {"日本語", "ja-JP", "jpn"},
		"de":                  {"German", "deutsch", "DEU"}, "ja": {"Japanese", "日本語"},
		"pt-BR": {"pt_br", "Brazilian Portuguese", "português do Brasil"},
		"en-GB": {"British English", "british", "EN-gb"}, "German": {"de", "deutsch", "GER"},
		"Japanese":   {"ja", "日本語"},
		"Portuguese": {"pt", "portuguese", "português"}, "pt": {"Portuguese", "por"},
	}
}

// language says a language as people do.
func (s *speller) language(f *inputs.Field, word string) string {
	others := spellings()[word]
	if len(others) == 0 {
		return s.choice(word)
	}
	if word == "de" || word == "ja" || word == "German" || f.Lang == "translation" || s.one(2) {
		return others[s.IntN(len(others))]
	}
	return word
}

// lists are HeyGen's names of languages.
func lists(string) *args.LanguageList {
	names := []string{"German (Germany)", "Portuguese (Brazil)", "Portuguese (Portugal)", "English (UK)", "English (United States)", "Japanese (Japan)"}
	return &args.LanguageList{List: languages.NewList(names), Tool: "list_video_translation_languages"}
}

// list respells a list: also as text, and as its one member. What is made once may be sent twice.
func (s *speller) list(f *inputs.Field, list []any) any {
	out := make([]any, len(list))
	if len(list) > 0 && (f.Lang != "" || f.Once) && s.one(2) {
		out, list = make([]any, len(list)+1), append(slices.Clone(list), list[s.IntN(len(list))])
	}
	for i, m := range list {
		out[i] = m
		if word, ok := m.(string); ok && f.Lang != "" {
			out[i] = s.language(f, word)
		}
		if object, ok := m.(map[string]any); ok && f.Nested != nil {
			out[i] = s.quoted(s.object(f.Nested, object))
		}
	}
	if len(out) == 1 && s.one(3) {
		if object, ok := out[0].(map[string]any); ok && len(object) > 0 {
			return object
		}
	}
	return s.quoted(out)
}

// quoted writes an object or a list as the text of its JSON, now and then.
func (s *speller) quoted(v any) any {
	if s.one(3) {
		if raw, err := jsonwrite.Marshal(v); err == nil {
			return string(raw)
		}
	}
	return v
}

// TestEqualMeanings holds, over the whole catalog, that arguments which mean the same come to the
// same, whatever their spelling: what is passed over or folded never changes an idempotency key.
func TestEqualMeanings(t *testing.T) {
	t.Parallel()
	const seed = 20261128
	random := rand.New(rand.NewPCG(seed, seed)) //nolint:gosec // G404: the same choices on every run
	for _, e := range tools.Declared() {
		tried := 0
		for range 400 {
			data := make([]byte, 200)
			for i := range data {
				data[i] = byte(random.UintN(256)) //nolint:gosec // G115: below 256
			}
			given := (&source{data: data, careful: true}).object(e.Input(), 0)
			canonical, fault := args.CheckBy(e.Input(), lists, given, "")
			if fault != nil {
				continue
			}
			if tried++; tried > 30 {
				break
			}
			want := meaning(t, e.Input(), canonical)
			spelt := (&speller{Rand: random}).object(e.Input(), mustDecode(t, encoded(t, canonical)))
			for _, name := range []string{"toolCallId", "chatInput", "sessionId", "random_string"} {
				if _, known := e.Input().Lookup(name); !known && random.IntN(2) == 0 {
					spelt[name] = "call_" + data2text(data)
				}
			}
			again, fault := args.CheckBy(e.Input(), lists, mustDecode(t, encoded(t, spelt)), "")
			if fault != nil {
				t.Errorf("%s: %s was refused: %s %s; it means %s", e.Name, encoded(t, spelt), fault.Param, fault.Message, want)
				continue
			}
			if got := meaning(t, e.Input(), again); got != want {
				t.Errorf("%s: %s\nbecame %s\nwant   %s", e.Name, encoded(t, spelt), got, want)
			}
		}
		if tried == 0 {
			t.Errorf("%s: none of the generated arguments were right", e.Name)
		}
	}
}

func data2text(data []byte) string {
	return strings.Map(func(r rune) rune { return 'a' + r%26 }, string(data[:4]))
}

func encoded(t *testing.T, v any) string {
	t.Helper()
	raw, err := jsonwrite.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// meaning is the text that an idempotency key is made of.
func meaning(t *testing.T, p *inputs.Spec, canonical map[string]any) string {
	t.Helper()
	return encoded(t, p.Meaning(canonical))
}
