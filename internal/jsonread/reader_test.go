package jsonread_test

import (
	"bytes"
	"encoding/json"
	"io"
	"reflect"
	"strings"
	"testing"

	"heygen-mcp/internal/jsonread"
)

// want is what encoding/json makes of data, and whether it takes it.
func want(data []byte) (v any, ok bool) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if d.Decode(&v) != nil {
		return nil, false
	}
	_, err := d.Token()
	return v, err == io.EOF
}

// same holds the three ways of reading to encoding/json.
func same(t *testing.T, data []byte) {
	t.Helper()
	v, ok := want(data)
	r := jsonread.New(data)
	got := r.Any()
	if err := r.End(); (err == nil) != ok || ok && !reflect.DeepEqual(got, v) {
		t.Errorf("%.200q: Any gave %#v, %v; encoding/json %#v, %t", data, got, err, v, ok)
	}
	r = jsonread.New(data)
	raw := r.Raw()
	if err := r.End(); (err == nil) != ok || ok && string(raw) != strings.Trim(string(data), " \t\r\n") {
		t.Errorf("%.200q: Raw gave %q, %v", data, raw, err)
	}
	object, isObject := v.(map[string]any)
	members := map[string]any{}
	r = jsonread.New(data)
	r.Object(func(name []byte) {
		key := string(name)
		members[key] = r.Any()
	})
	if err := r.End(); (err == nil) != (ok && isObject) || err == nil && !reflect.DeepEqual(members, object) {
		t.Errorf("%.200q: Object gave %#v, %v", data, members, err)
	}
	text, isText := v.(string)
	r = jsonread.New(data)
	got = r.String()
	if err := r.End(); (err == nil) != (ok && isText) || err == nil && got != text {
		t.Errorf("%.200q: String gave %q, %v", data, got, err)
	}
}

// odd are the places where readers of JSON differ.
func odd() []string {
	return []string{
		``, ` `, `{}`, `[]`, ` { } `, "\t[\r\n]\n", `""`, `null`, `true`, `false`, `nul`, `nulls`, `True`, `tru`,
		`{"a":1}`, `{"a":1,}`, `{,}`, `{"a"}`, `{"a":}`, `{"a" : 1 , "b" : [ 1 , 2 ] }`, `{a:1}`, `{"a":1 "b":2}`, `{"a":1}}`, `{"a":1`,
		`[1,]`, `[,]`, `[1 2]`, `[1`, `]`, `[}`, `{]`, `1 2`, `{} {}`, `{}x`, `// no`, `'a'`,
		`{"a":1,"a":2}`, `{"a":{"b":1},"a":{"c":2}}`, `{"":0}`, `{"a":null}`,
		`0`, `-0`, `00`, `01`, `-`, `+1`, `1.`, `.5`, `1.5`, `1e5`, `1E+5`, `1e-5`, `1e`, `1e+`, `1.0`, `9007199254740993`, `1e999`, `0x1`, `NaN`, `-1.25e2`, `1_0`,
		`"a`, `"`, `"\"`, `"\\"`, `"\n\t\/\b\f\r\""`, `"\x"`, `"\u00e9"`, `"\u00E9"`, `"\u12"`, `"\u12g4"`, `"\ud83d\ude00"`, `"\ud83d"`, `"\ude00\ud83d"`, `"\u0000"`,
		"\"\x00\"", "\"\n\"", "\"\t\"", "\"\x1f\"", "\"\x7f\"", "\"é漢😀\"", "\"\xff\"", "\"\xc3\"", "\"\xed\xa0\x80\"", "\"a\\u00e9\xff\"", "\"\u2028\"", "\xef\xbb\xbf{}", "\x00", "{}\x00",
		"{\"\xff\":1}", `{"\u0061":1,"a":2}`, "{\"é\":{\"\\n\":[]}}",
	}
}

// TestReadsAsEncodingJSON holds that the reader takes, and makes, what encoding/json does.
func TestReadsAsEncodingJSON(t *testing.T) {
	t.Parallel()
	for _, s := range odd() {
		same(t, []byte(s))
	}
}

// TestDepth holds that what stands too deep is refused where encoding/json refuses it.
func TestDepth(t *testing.T) {
	t.Parallel()
	for _, n := range []int{9999, 10000, 10001, 1 << 20} {
		same(t, []byte(strings.Repeat("[", n)+strings.Repeat("]", n)))
		same(t, []byte(strings.Repeat(`{"a":`, n)+"1"+strings.Repeat("}", n)))
	}
	wide := strings.Repeat("[[]],", 20000)
	same(t, []byte("["+wide+"[]]"))
}

// TestHalfPair holds where half of a surrogate pair is found, and that a whole one is none.
func TestHalfPair(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		`"a"`: -1, `"\ud83d\ude00"`: -1, `["\ud83d\ude00","\uD83D\uDE00"]`: -1, `"\\ud83d"`: -1, `"\ud7ff\ue000\u0d80"`: -1,
		`"\ud83d"`: 1, `"ab\ude00"`: 3, `["\ud83d\ude00","\ud83d\u0041"]`: 17, `"\ud83d\ud83d\ude00"`: 1, `"\ud83d\ude00\ude00"`: 13,
		`["\ud83d","\ude00"]`: 2, `{"\udbff":1}`: 2, `{"a":"\ud83d\\ude00"}`: 6,
	} {
		r := jsonread.New([]byte(text))
		r.Raw()
		if at, found := r.HalfPair(); r.End() != nil || at != want || found != (want >= 0) {
			t.Errorf("%s: got %d, %t, want %d", text, at, found, want)
		}
	}
}

// TestList holds that the items of a list are read one by one.
func TestList(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{`[]`: "", ` [1, {"a":[2]},"x" ]`: `1;{"a":[2]};"x";`} {
		r, got := jsonread.New([]byte(text)), ""
		if r.List(func() { got += string(r.Raw()) + ";" }); r.End() != nil || got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
	r := jsonread.New([]byte(`[1,`))
	if r.List(func() { r.Raw() }); r.End() == nil {
		t.Error("a list without an end is taken")
	}
}

// TestFail holds that a reader who has seen enough ends the reading.
func TestFail(t *testing.T) {
	t.Parallel()
	r := jsonread.New([]byte(`{"a":{"b":1},"c":2}`))
	names := ""
	r.Object(func(name []byte) {
		names += string(name)
		r.Fail()
	})
	if r.End() == nil || names != "a" || r.Raw() != nil || r.String() != "" {
		t.Errorf("read on after %q: %v", names, r.End())
	}
}

// TestUnread holds that a member whose value nobody reads is a fault, not a loop.
func TestUnread(t *testing.T) {
	t.Parallel()
	r := jsonread.New([]byte(`{"a":1}`))
	r.Object(func([]byte) {})
	if r.End() == nil {
		t.Error("a value was left out")
	}
}

// FuzzReader looks for bytes that the reader and encoding/json take for two things.
func FuzzReader(f *testing.F) {
	for _, s := range odd() {
		f.Add([]byte(s))
	}
	f.Add([]byte(`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","arguments":{"n":[1.50,"é\u00e9",null,{"x":true}]}}}`))
	f.Fuzz(same)
}

// BenchmarkAny compares the reader with encoding/json on arguments as they come.
func BenchmarkAny(b *testing.B) {
	data := []byte(`{"avatar_id":"look_1","voice_id":"voice_1","script":"Hello there, and welcome to the tour.","title":"Tour","resolution":"1080p","voice_settings":{"speed":1.25}}`)
	b.Run("jsonread", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			r := jsonread.New(data)
			if r.Any() == nil || r.End() != nil {
				b.Fatal("not read")
			}
		}
	})
	b.Run("encoding/json", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, ok := want(data); !ok {
				b.Fatal("not read")
			}
		}
	})
}
