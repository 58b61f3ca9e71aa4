package jsonbench

import (
	"bytes"
	v1 "encoding/json"
	"io"
	"reflect"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	jsonv1 "github.com/go-json-experiment/json/v1"

	"heygen-mcp/internal/jsonread"
)

// asV1 makes the new package take what encoding/json takes.
func asV1() json.Options { return jsonv1.DefaultOptionsV1() }

// anyRead reads any value with internal/jsonread.
func anyRead(data []byte) (any, bool) {
	r := jsonread.New(data)
	v := r.Any()
	return v, r.End() == nil
}

// anyTokens reads any value from the new package's tokens.
func anyTokens(data []byte) (v any, ok bool) {
	d := jsontext.NewDecoder(bytes.NewBuffer(data), asV1())
	if v, ok = nextAny(d); !ok {
		return nil, false
	}
	_, err := d.ReadToken()
	return v, err == io.EOF
}

func nextAny(d *jsontext.Decoder) (any, bool) {
	t, err := d.ReadToken()
	if err != nil {
		return nil, false
	}
	switch t.Kind() {
	case '{':
		object := map[string]any{}
		for d.PeekKind() != '}' {
			name, err := d.ReadToken()
			if err != nil {
				return nil, false
			}
			key := name.String()
			member, ok := nextAny(d)
			if !ok {
				return nil, false
			}
			object[key] = member
		}
		_, err = d.ReadToken()
		return object, err == nil
	case '[':
		list := []any{}
		for d.PeekKind() != ']' {
			item, ok := nextAny(d)
			if !ok {
				return nil, false
			}
			list = append(list, item)
		}
		_, err = d.ReadToken()
		return list, err == nil
	case '"':
		return t.String(), true
	case '0':
		return v1.Number(t.String()), true
	case 't', 'f':
		return t.Bool(), true
	}
	return nil, true
}

// anyV1 reads any value with encoding/json, which mcp-go does too: it is the judge.
func anyV1(data []byte) (v any, ok bool) {
	d := v1.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if d.Decode(&v) != nil {
		return nil, false
	}
	_, err := d.Token()
	return v, err == io.EOF
}

// message is what the edge decodes of each request.
type message struct {
	JSONRPC string        `json:"jsonrpc"`
	ID      v1.RawMessage `json:"id"`
	Method  string        `json:"method"`
	Params  params        `json:"params"`
}

type params struct {
	Name      string        `json:"name"`
	Arguments v1.RawMessage `json:"arguments"`
	Meta      meta          `json:"_meta"`
}

type meta struct {
	Version       string        `json:"io.modelcontextprotocol/protocolVersion"`
	Capabilities  v1.RawMessage `json:"io.modelcontextprotocol/clientCapabilities"`
	ProgressToken v1.RawMessage `json:"progressToken"`
}

// messageRead reads a message as transport/edge does.
func messageRead(data []byte) (m message, ok bool) {
	r := jsonread.New(data)
	r.Object(func(name []byte) {
		switch string(name) {
		case "jsonrpc":
			m.JSONRPC = r.String()
		case "id":
			m.ID = r.Raw()
		case "method":
			m.Method = r.String()
		case "params":
			r.Object(func(name []byte) {
				switch string(name) {
				case "name":
					m.Params.Name = r.String()
				case "arguments":
					m.Params.Arguments = r.Raw()
				case "_meta":
					r.Object(func(name []byte) {
						switch string(name) {
						case "io.modelcontextprotocol/protocolVersion":
							m.Params.Meta.Version = r.String()
						case "io.modelcontextprotocol/clientCapabilities":
							m.Params.Meta.Capabilities = r.Raw()
						case "progressToken":
							m.Params.Meta.ProgressToken = r.Raw()
						default:
							r.Raw()
						}
					})
				default:
					r.Raw()
				}
			})
		default:
			r.Raw()
		}
	})
	return m, r.End() == nil
}

func messageV2(data []byte) (m message, ok bool) { return m, json.Unmarshal(data, &m, asV1()) == nil }

func messageV1(data []byte) (m message, ok bool) { return m, v1.Unmarshal(data, &m) == nil }

const (
	arguments = `{"avatar_id":"look_1","voice_id":"voice_1","script":"Hello there, and welcome to the tour.","title":"Tour","resolution":"1080p","voice_settings":{"speed":1.25}}`
	call      = `{"jsonrpc":"2.0","id":17,"method":"tools/call","params":{"name":"create_video_from_avatar","arguments":` + arguments +
		`,"_meta":{"progressToken":"p1","io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{"elicitation":{}}}}}`
)

// odd are the places where readers of JSON differ.
func odd() []string {
	return []string{
		``, ` { } `, `{"a":1,}`, `{"a":1}}`, `1 2`, `{"a":1,"a":2}`, `{"a":{"b":1},"a":{"c":2}}`, `{"id":1,"id":"2","params":{"name":"a"},"params":{"arguments":{}}}`,
		`{"ID":1,"Method":"x","PARAMS":{"Name":"a"}}`, `{"method":null,"params":null,"id":null}`, `-0`, `01`, `1e999`, `9007199254740993`,
		`123456789012345678901234567890.10`, `1E+5`, `"\ud83d"`, `"\ude00\ud83d"`, `"\u0000"`, "\"\xff\"", "\"\xed\xa0\x80\"", "\"a\\u00e9\xff\"", "{\"\xff\":1,\"\xfe\":2}",
		`{"\u0061":1,"a":2}`, "\"\x1f\"", "\"\x7f\"", "\xef\xbb\xbf{}", `{"params":{"_meta":{"progressToken":1},"_meta":{}}}`, call,
		string(bytes.Repeat([]byte("["), 10000)) + string(bytes.Repeat([]byte("]"), 10000)),
		string(bytes.Repeat([]byte("["), 10001)) + string(bytes.Repeat([]byte("]"), 10001)),
	}
}

// judge holds the readers to encoding/json.
func judge(t *testing.T, data []byte) {
	t.Helper()
	want, ok := anyV1(data)
	for name, read := range map[string]func([]byte) (any, bool){"jsonread": anyRead, "tokens": anyTokens} {
		if got, taken := read(data); taken != ok || ok && !reflect.DeepEqual(got, want) {
			t.Errorf("%.80q: %s made %#v of it, %t, want %#v, %t", data, name, got, taken, want, ok)
		}
	}
	wantMessage, ok := messageV1(data)
	if got, taken := messageV2(data); taken != ok || ok && !reflect.DeepEqual(got, wantMessage) {
		t.Errorf("%.80q: v2 made %+v of it, %t, want %+v, %t", data, got, taken, wantMessage, ok)
	}
}

func TestOdd(t *testing.T) {
	t.Parallel()
	for _, s := range odd() {
		judge(t, []byte(s))
	}
}

func FuzzJudge(f *testing.F) {
	for _, s := range odd() {
		f.Add([]byte(s))
	}
	f.Fuzz(judge)
}

func benchmark[V any](b *testing.B, data string, read func([]byte) (V, bool)) {
	b.Helper()
	b.ReportAllocs()
	b.SetBytes(int64(len(data)))
	raw := []byte(data)
	for b.Loop() {
		if _, ok := read(raw); !ok {
			b.Fatal("not read")
		}
	}
}

func BenchmarkArguments(b *testing.B) {
	b.Run("reader=jsonread", func(b *testing.B) { benchmark(b, arguments, anyRead) })
	b.Run("reader=v2tokens", func(b *testing.B) { benchmark(b, arguments, anyTokens) })
	b.Run("reader=v1", func(b *testing.B) { benchmark(b, arguments, anyV1) })
}

func BenchmarkMessage(b *testing.B) {
	b.Run("reader=jsonread", func(b *testing.B) { benchmark(b, call, messageRead) })
	b.Run("reader=v2", func(b *testing.B) { benchmark(b, call, messageV2) })
	b.Run("reader=v1", func(b *testing.B) { benchmark(b, call, messageV1) })
}

// BenchmarkMessageLong is a call with a script of ten thousand letters that are not ASCII.
func BenchmarkMessageLong(b *testing.B) {
	long := `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","arguments":{"script":"` + string(bytes.Repeat([]byte("é\\n"), 10000)) + `"}}}`
	b.Run("reader=jsonread", func(b *testing.B) { benchmark(b, long, messageRead) })
	b.Run("reader=v2", func(b *testing.B) { benchmark(b, long, messageV2) })
	b.Run("reader=v1", func(b *testing.B) { benchmark(b, long, messageV1) })
}
