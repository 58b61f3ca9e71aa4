package tools_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/tools/args"
	"heygen-mcp/tools/args/inputs"
)

// TestFill holds that each kind of field is filled as encoding/json would, which FuzzCheck does for what it finds.
func TestFill(t *testing.T) {
	t.Parallel()
	for _, call := range []struct{ tool, args string }{
		{"create_video_from_avatar", `{"avatarId":"a","script":"é\u2028<&>","removeBackground":"true","voice_settings":{"speed":"1.10","pitch":-2,"volume":0,
			"engineSettings":{"engineType":"elevenlabs","stability":1e0,"use_speaker_boost":false}},"watermark":{"image":"https://a.b/c.png","scale":0.5}}`},
		{"create_video_batch", `{"videos":[{"type":"image","image":"x","script":"s","voice_id":"v"},{"type":"avatar","avatar_id":"a","script":"s","engine":{"type":"avatar_v"}}]}`},
		{"generate_from_template", `{"template_id":"t","variables":{"aB_c":{"type":"text","content":"x"},"d":{"type":"image","asset":"https://a.b/c.png"}}}`},
		{"create_hyperframes_render", `{"project":"a","variables":{"aB_c":{"n":1.50,"big":9007199254740993,"none":null}}}`},
		{"design_voice", `{"prompt":"x","seed":9007199254740993}`},
		{"create_video_translation", `{"video":"a","output_languages":"[\"a\",\"b\"]","speaker_num":4e1}`},
	} {
		p := specs()[call.tool]
		canonical, refusal := args.Check(p, mustDecode(t, call.args), "")
		if refusal != nil {
			t.Fatalf("%s: got %v, want refusal nil", call.args, refusal)
		}
		filledAsByJSON(t, p, canonical)
	}
}

// filledAsByJSON holds the input that a plan fills to the one that encoding/json decodes.
func filledAsByJSON(t *testing.T, p *inputs.Spec, canonical map[string]any) {
	t.Helper()
	got := reflect.New(p.Type).Elem()
	if err := p.Fill(got, canonical); err != nil {
		t.Errorf("%v: got %v, want no error", canonical, err)
	}
	holdToJSON(t, p, got, canonical)
}

// holdToJSON compares a filled struct with what encoding/json makes of the same arguments, from the
// inside out. Unions, which encoding/json knows nothing of, are compared by themselves and then emptied.
func holdToJSON(t *testing.T, p *inputs.Spec, got reflect.Value, canonical map[string]any) {
	t.Helper()
	if p.By != "" {
		holdUnion(t, p, got, canonical)
		return
	}
	for _, f := range p.Fields {
		v, given := canonical[f.Name]
		if !given || f.Nested == nil {
			continue
		}
		if f.Type.Kind() == reflect.Map {
			all := reflect.Indirect(got.FieldByIndex(f.Index))
			for name, member := range v.(map[string]any) {
				holdToJSON(t, f.Nested, all.MapIndex(reflect.ValueOf(name)).Elem(), member.(map[string]any))
			}
			continue
		}
		members, isList := v.([]any)
		if !isList {
			members = []any{v}
		}
		for i, in := range inside(got, f) {
			holdToJSON(t, f.Nested, in, members[i].(map[string]any))
		}
	}
	raw, err := jsonwrite.Marshal(canonical)
	if err != nil {
		t.Fatal(err)
	}
	want := reflect.New(p.Type).Elem()
	if err := json.Unmarshal(raw, want.Addr().Interface()); err != nil {
		t.Errorf("%s: got %v, want no error", raw, err)
	}
	emptyUnions(p, got)
	emptyUnions(p, want)
	if !reflect.DeepEqual(got.Interface(), want.Interface()) {
		t.Errorf("%s filled %+v, want %+v", raw, got, want)
	}
}

// holdUnion holds that a union sends what was checked, and that the pointer of its variant alone is filled.
func holdUnion(t *testing.T, p *inputs.Spec, got reflect.Value, canonical map[string]any) {
	t.Helper()
	sent, err := json.Marshal(got.Interface())
	raw, fault := jsonwrite.Marshal(canonical)
	if err != nil || fault != nil || !reflect.DeepEqual(mustDecode(t, string(sent)), mustDecode(t, string(raw))) {
		t.Errorf("of %s, %s is sent: %v, %v", raw, sent, err, fault)
	}
	for kind, v := range p.Variants {
		one := got.FieldByIndex(v.Index)
		if one.IsNil() == (kind == canonical[p.By]) {
			t.Errorf("of %s, %s is filled: %t", raw, kind, !one.IsNil())
		} else if !one.IsNil() {
			holdToJSON(t, v, one.Elem(), canonical)
		}
	}
}

// inside are the structs that a field of v holds.
func inside(v reflect.Value, f inputs.Field) []reflect.Value {
	at := reflect.Indirect(v.FieldByIndex(f.Index))
	if !at.IsValid() || at.Kind() != reflect.Slice {
		return []reflect.Value{at}
	}
	all := make([]reflect.Value, at.Len())
	for i := range all {
		all[i] = at.Index(i)
	}
	return all
}

func emptyUnions(p *inputs.Spec, v reflect.Value) {
	if p.By != "" {
		v.SetZero()
		return
	}
	for _, f := range p.Fields {
		if f.Nested == nil {
			continue
		}
		for _, in := range inside(v, f) {
			if in.IsValid() {
				emptyUnions(f.Nested, in)
			}
		}
	}
}
