package edge

import (
	"bytes"
	"encoding/json"
	"io"
	"reflect"
	"strings"
	"testing"
)

// Little of a long body is kept as a copy, so that the body can be collected while its request is answered.
func TestDetachedFromItsBody(t *testing.T) {
	t.Parallel()
	body := []byte(`{"jsonrpc":"2.0","id":"mine","method":"tools/call","params":{"name":"echo","arguments":{"a":1},"more":"` + strings.Repeat("x", 100_000) + `","_meta":{"progressToken":7}}}`)
	m, bad := parse(body)
	if bad != nil {
		t.Fatal(bad.text)
	}
	m.detach(body)
	clear(body)
	if string(m.ID) != `"mine"` || string(m.Params.Arguments) != `{"a":1}` || string(m.Params.Meta.ProgressToken) != "7" {
		t.Errorf("%q, %q and %q are parts of the body", m.ID, m.Params.Arguments, m.Params.Meta.ProgressToken)
	}
}

// A body that is passed on is let go when it is read.
func TestBodyIsReadOnce(t *testing.T) {
	t.Parallel()
	o := &once{bytes.NewReader([]byte("body"))}
	if got, err := io.ReadAll(o); string(got) != "body" || err != nil || o.rest != nil {
		t.Errorf("%q, %v, and %v is kept", got, err, o.rest)
	}
}

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

// The beginning of a message says its method and its id where they stand there.
func TestHead(t *testing.T) {
	t.Parallel()
	for beginning, want := range map[string][2]string{
		`{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":"xxx`:    {"1", "ping"},
		`{"method":"ping","id":1`:                                       {"", "ping"},
		`{"id":[1],"METHOD":"ping"`:                                     {"", "ping"},
		`{"params":{"method":"tools/call","a":[{"method":"x"}]},"metho`: {"", ""},
		`{"params":{"method":"tools/call"},"method":"ping"`:             {"", "ping"},
		`{"id":"a","params":{"method":"tools/call`:                      {`"a"`, ""},
		`{"method":7`:       {"", ""},
		`{"method":"p`:      {"", ""},
		`[{"method":"ping"`: {"", ""},
		``:                  {"", ""},
	} {
		if id, method := head([]byte(beginning)); string(id) != want[0] || method != want[1] {
			t.Errorf("%s: %q, %q", beginning, id, method)
		}
	}
}
