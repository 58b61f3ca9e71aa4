package edge

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/jsonread"
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

// What is longer than its place allows is refused, and what is as long is not.
func TestTextsAreBounded(t *testing.T) {
	t.Parallel()
	of := func(n int) string { return strings.Repeat("é", n) }
	ascii := func(n int) string { return strings.Repeat("x", n) }
	for _, c := range []struct {
		method, before, after string
		fits, over            string
	}{
		{"prompts/get", `{"params":{"name":"`, `"}}`, of(256), of(257)},
		{"resources/read", `{"params":{"uri":"`, `"}}`, ascii(2048), ascii(2049)},
		{"resources/read", `{"PARAMS":{"Uri":"`, `"}}`, ascii(2048), ascii(2049)},
		{"logging/setLevel", `{"params":{"level":"`, `"}}`, ascii(64), ascii(65)},
		{"tasks/get", `{"params":{"taskId":"`, `"}}`, ascii(4096), ascii(4097)},
		{"subscriptions/listen", `{"params":{"notifications":{"taskIds":["a","`, `"]}}}`, ascii(4096), ascii(4097)},
		{"completion/complete", `{"params":{"argument":{"value":"`, `"}}}`, of(256), of(257)},
		{"ping", `{"other":["`, `"]}`, ascii(4096), ascii(4097)},
		{"ping", `{"other":`, `}`, strings.Repeat("1", 4096), strings.Repeat("1", 4097)},
		{"ping", `{"`, `":1}`, of(256), of(257)},
		{"prompts/get", `{"params":{"arguments":{"a":{"`, `":1}}}}`, of(256), of(257)},
	} {
		if bad := overlong(c.method, []byte(c.before+c.fits+c.after)); bad != nil {
			t.Errorf("%s %s…: refused what fits: %s", c.method, c.before, bad.text)
		}
		if bad := overlong(c.method, []byte(c.before+c.over+c.after)); bad == nil || !strings.Contains(bad.text, "is longer than") {
			t.Errorf("%s %s…: got %+v, want a refusal of what is too long", c.method, c.before, bad)
		}
	}
	long := ascii(10_000)
	for method, body := range map[string]string{
		"prompts/get":  `{"params":{"arguments":{"a":"` + long + `","b":["` + long + `"]}}}`,
		"tasks/update": `{"params":{"inputResponses":{"a":{"content":{"b":"` + long + `"}}}}}`,
		"tools/list":   `{"params":"` + strings.Repeat("y", 4096) + `"}`,
		"ping":         `{"a":tru`, // what is no JSON is refused before
	} {
		if bad := overlong(method, []byte(body)); bad != nil {
			t.Errorf("%s: what people write was refused: %s", method, bad.text)
		}
	}
	for method, body := range map[string]string{
		"prompts/get":  `{"params":{"argumentsX":{"a":"` + long + `"}}}`,
		"PROMPTS/get":  `{"params":{"arguments":{"a":"` + long + `"}}}`,
		"tasks/update": `{"params":{"arguments":{"a":"` + long + `"}}}`,
		"tools/list":   `{"params":{"arguments":{"a":"` + long + `"}}}`,
	} {
		if bad := overlong(method, []byte(body)); bad == nil {
			t.Errorf("%s: a text of %d bytes was taken at another place", method, len(long))
		}
	}
}

// Arguments that are no object are nothing that people wrote.
func TestArgumentsThatAreATextAreBounded(t *testing.T) {
	t.Parallel()
	if bad := overlong("prompts/get", []byte(`{"params":{"arguments":"`+strings.Repeat("x", 10_000)+`"}}`)); bad == nil {
		t.Error("a long text in place of arguments was taken")
	}
}

func TestCallsAreBounded(t *testing.T) {
	t.Parallel()
	meta := `"_meta":{"io.modelcontextprotocol/protocolVersion":"%[1]s"}`
	for text, fits := range map[string]bool{strings.Repeat("x", 64): true, strings.Repeat("x", 65): false} {
		for _, member := range []string{"protocolVersion", "logLevel"} {
			m, bad := parse(fmt.Appendf(nil, `{"id":1,"method":"tools/call","params":{"name":"a",`+strings.Replace(meta, "protocolVersion", member, 1)+`}}`, text))
			if bad != nil {
				t.Fatal(bad.text)
			}
			if bad := m.overlongCall(); (bad == nil) != fits {
				t.Errorf("%s of %d bytes: got %+v, want it taken: %t", member, len(text), bad, fits)
			}
		}
	}
	for name, fits := range map[string]bool{strings.Repeat("é", 256): true, strings.Repeat("é", 257): false} {
		m := message{Params: params{Name: name}}
		if bad := m.overlongCall(); (bad == nil) != fits {
			t.Errorf("a name of %d bytes: got %+v, want it taken: %t", len(name), bad, fits)
		}
	}
}

func TestMessagesAreNotTooComplex(t *testing.T) {
	t.Parallel()
	nested := func(n int) []byte { return []byte(strings.Repeat("[", n) + strings.Repeat("]", n)) }
	wide := func(n int) []byte { return []byte("[" + strings.Repeat("1,", n-1) + "1]") }
	for _, c := range []struct {
		body []byte
		want string
	}{
		{nested(64), ""}, {nested(65), "nests deeper than 64 levels"}, {wide(20_000), ""}, {wide(20_001), "has more than 20000 values"},
	} {
		read := jsonread.New(c.body)
		read.Raw()
		for whole, r := range map[bool]*jsonread.Reader{true: read, false: jsonread.New(nil)} {
			bad := tooComplex(r, c.body, whole)
			if got := bad != nil; got != (c.want != "") || got && !strings.Contains(bad.text, c.want) {
				t.Errorf("%d bytes, whole %t: got %+v, want %q", len(c.body), whole, bad, c.want)
			}
		}
	}
}

func TestHeadersAreBounded(t *testing.T) {
	t.Parallel()
	plain, withTools := &Edge{}, &Edge{cfg: Config{HeaderTools: map[string]mcp.Tool{"a": {}}}}
	for _, c := range []struct {
		edge *Edge
		name string
		most int // 0 is no bound
	}{
		{plain, "Mcp-Protocol-Version", 64}, {plain, "Mcp-Method", 64}, {plain, "Mcp-Name", 4096}, {plain, "Mcp-Session-Id", 256},
		{plain, "Last-Event-Id", 256}, {plain, "Mcp-Param-Region", 0}, {withTools, "Mcp-Param-Region", 4096}, {withTools, "Cookie", 0},
	} {
		length := c.most
		if length == 0 {
			length = 10_000
		}
		if bad := c.edge.overlongHeader(http.Header{c.name: {"a", strings.Repeat("x", length)}}); bad != nil {
			t.Errorf("%s of %d bytes was refused: %s", c.name, length, bad.text)
		}
		if c.most == 0 {
			continue
		}
		if bad := c.edge.overlongHeader(http.Header{c.name: {"a", strings.Repeat("x", length+1)}}); bad == nil || bad.code != mcp.INVALID_REQUEST {
			t.Errorf("%s of %d bytes: got %+v, want a refusal", c.name, length+1, bad)
		}
	}
}

// A short message is not copied, nor one of which more than half is kept.
func TestNotDetachedForNothing(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		length, kept int
		copied       bool
	}{{4095, 1, false}, {4096, 1, true}, {4096, 2048, true}, {4096, 2049, false}} {
		arguments := make(json.RawMessage, c.kept)
		m := message{Params: params{Arguments: arguments}, Result: json.RawMessage("1")}
		m.detach(make([]byte, c.length))
		if copied := &m.Params.Arguments[0] != &arguments[0]; copied != c.copied || m.Result != nil {
			t.Errorf("%d bytes of a body of %d were copied: %t, want %t", c.kept, c.length, copied, c.copied)
		}
	}
}
