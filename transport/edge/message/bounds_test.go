package message

import (
	"fmt"
	"strings"
	"testing"

	"heygen-mcp/internal/jsonread"
)

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
		if bad := Overlong(c.method, []byte(c.before+c.fits+c.after)); bad != nil {
			t.Errorf("%s %s…: refused what fits: %s", c.method, c.before, bad.Text)
		}
		if bad := Overlong(c.method, []byte(c.before+c.over+c.after)); bad == nil || !strings.Contains(bad.Text, "is longer than") {
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
		if bad := Overlong(method, []byte(body)); bad != nil {
			t.Errorf("%s: what people write was refused: %s", method, bad.Text)
		}
	}
	for method, body := range map[string]string{
		"prompts/get":  `{"params":{"argumentsX":{"a":"` + long + `"}}}`,
		"PROMPTS/get":  `{"params":{"arguments":{"a":"` + long + `"}}}`,
		"tasks/update": `{"params":{"arguments":{"a":"` + long + `"}}}`,
		"tools/list":   `{"params":{"arguments":{"a":"` + long + `"}}}`,
	} {
		if bad := Overlong(method, []byte(body)); bad == nil {
			t.Errorf("%s: a text of %d bytes was taken at another place", method, len(long))
		}
	}
}

// Arguments that are no object are nothing that people wrote.
func TestArgumentsThatAreATextAreBounded(t *testing.T) {
	t.Parallel()
	if bad := Overlong("prompts/get", []byte(`{"params":{"arguments":"`+strings.Repeat("x", 10_000)+`"}}`)); bad == nil {
		t.Error("a long text in place of arguments was taken")
	}
}

func TestCallsAreBounded(t *testing.T) {
	t.Parallel()
	meta := `"_meta":{"io.modelcontextprotocol/protocolVersion":"%[1]s"}`
	for text, fits := range map[string]bool{strings.Repeat("x", 64): true, strings.Repeat("x", 65): false} {
		for _, member := range []string{"protocolVersion", "logLevel"} {
			m, bad := Parse(fmt.Appendf(nil, `{"id":1,"method":"tools/call","params":{"name":"a",`+strings.Replace(meta, "protocolVersion", member, 1)+`}}`, text))
			if bad != nil {
				t.Fatal(bad.Text)
			}
			if bad := m.overlongCall(); (bad == nil) != fits {
				t.Errorf("%s of %d bytes: got %+v, want it taken: %t", member, len(text), bad, fits)
			}
		}
	}
	for name, fits := range map[string]bool{strings.Repeat("é", 256): true, strings.Repeat("é", 257): false} {
		m := Message{Params: Params{Name: name}}
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
		r := jsonread.New(c.body)
		r.Raw()
		bad := tooComplex(r)
		if got := bad != nil; got != (c.want != "") || got && !strings.Contains(bad.Text, c.want) {
			t.Errorf("%d bytes: got %+v, want %q", len(c.body), bad, c.want)
		}
	}
}
