package edge

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

// What is escaped for HTML alone is spelt as it is, and means the same.
func TestUnescape(t *testing.T) {
	t.Parallel()
	for _, given := range []string{`{}`, `{"a":"\u003c\u003e\u0026"}`, `{"a":"\\u003c\\\u003c"}`, `{"a":"\u003"}`, `"\u2028\ud83c\udfac\u0000\""`, `"\`, `"\\"`} {
		var want, got any
		plain := unescape([]byte(given))
		if err := json.Unmarshal([]byte(given), &want); err != nil {
			if string(plain) != given {
				t.Errorf("%q, which is no JSON, became %q", given, plain)
			}
			continue
		}
		if err := json.Unmarshal(plain, &got); err != nil || !reflect.DeepEqual(got, want) || strings.Contains(strings.ReplaceAll(string(plain), `\\`, ""), `\u003c`) {
			t.Errorf("%q became %q: %v", given, plain, err)
		}
	}
}

// What mcp-go answers becomes JSON on one line, of bounded length.
func TestRewriteBuffered(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("z", 1000)
	for _, c := range []struct{ body, want string }{
		{`{"a":1}` + "\n", `{"a":1}`},
		{"{\n \"a\":\r\n 1}", `{"a":1}`},
		{`{"a":"\u003cb\u003e"}`, `{"a":"<b>"}`},
		{"Bad Request: no session\n", `{"jsonrpc":"2.0","id":7,"error":{"code":-32600,"message":"Bad Request: no session"}}`},
		{"", `{"jsonrpc":"2.0","id":7,"error":{"code":-32600,"message":"Bad Request"}}`},
		{long, `{"jsonrpc":"2.0","id":7,"error":{"code":-32600,"message":"` + long[:200] + `…"}}`},
		{`{"id":9,"error":{"code":-1,"message":"` + long + `"}}`, `{"jsonrpc":"2.0","id":9,"error":{"code":-1,"message":"` + long[:200] + `…"}}`},
		{`{"id":9,"error":{"code":-1,"message":"` + long + `","data":{"b":2}}}`, `{"jsonrpc":"2.0","id":9,"error":{"code":-1,"message":"` + long[:200] + `…","data":{"b":2}}}`},
		{`{"id":9,"error":{"code":-1,"message":"short","more":1}}`, `{"id":9,"error":{"code":-1,"message":"short","more":1}}`},
		{`{"id":9,"result":{"error":"` + long + `"}}`, `{"id":9,"result":{"error":"` + long + `"}}`},
		{`"` + strings.Repeat("y", 1<<20-2) + `"`, `"` + strings.Repeat("y", 1<<20-2) + `"`},
		{`"` + strings.Repeat("y", 1<<20-1) + `"`, `{"jsonrpc":"2.0","id":7,"error":{"code":-32602,"message":"the answer would be longer than 1048576 bytes: ask for less, or with shorter arguments"}}`},
	} {
		if got := string(rewriteBuffered(json.RawMessage("7"), 400, []byte(c.body))); got != c.want {
			t.Errorf("%.60q became %.300s, want %.300s", c.body, got, c.want)
		}
	}
}

// The memory of a long answer is not kept for a short rest of it.
func TestOneLineJSONKeepsLittle(t *testing.T) {
	t.Parallel()
	body := make([]byte, 0, 100_000)
	body = append(body, `"`+strings.Repeat("x", 8000)+`"`...)
	if got := oneLineJSON(body); cap(got) > 2*len(got) {
		t.Errorf("%d bytes keep %d", len(got), cap(got))
	}
}

// TestUnescapeAtTheEnds holds what is spelled as itself, also at the end, and that a backslash of a text stays one.
func TestUnescapeAtTheEnds(t *testing.T) {
	t.Parallel()
	for data, want := range map[string]string{
		`"\u003c"`: `"<"`, `\u003c`: `<`, `\u003e\u0026a`: `>&a`, `\u003`: `\u003`, `\\u003c`: `\\u003c`, `a\`: `a\`, `\u003d`: `\u003d`, `\n\u003e`: `\n>`,
	} {
		if got := string(unescape([]byte(data))); got != want {
			t.Errorf("%s became %s, want %s", data, got, want)
		}
	}
}

// TestUnescapeReadsNoFurther holds that what stands in memory behind an answer is none of it.
func TestUnescapeReadsNoFurther(t *testing.T) {
	t.Parallel()
	const whole = `\u003c`
	if got := string(unescape([]byte(whole)[:len(whole)-1])); got != whole[:len(whole)-1] {
		t.Errorf("got %s, want %s", got, whole[:len(whole)-1])
	}
}
