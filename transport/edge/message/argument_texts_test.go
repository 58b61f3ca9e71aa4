package message

import (
	"strings"
	"testing"
)

// TestTextArguments holds what becomes of values in a prompt's arguments, which MCP has as text (Schema,
// GetPromptRequest): numbers and booleans are their own spelling, and null is nothing.
func TestTextArguments(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ method, params, want, refused string }{ // want "" is unchanged
		{"prompts/get", `{"name":"p","arguments":{"a":"x"}}`, "", ""},
		{"prompts/get", `{"name":"p","arguments":{"a":7,"b":1.50,"c":-1e3,"d":true,"e":false,"f":9007199254740993,"g":"7"}}`,
			`{"a":"7","b":"1.50","c":"-1e3","d":"true","e":"false","f":"9007199254740993","g":"7"}`, ""},
		{"prompts/get", `{"name":"p","arguments":{"a":null,"b":"é<&>"}}`, `{"b":"é<&>"}`, ""},
		{"prompts/get", `{"name":"p","Arguments":{"a":7}}`, `"Arguments":{"a":"7"}`, ""},
		{"prompts/get", `{"name":"p","arguments":{"languages":["de"]}}`, "", "params.arguments.languages must be text"},
		{"prompts/get", `{"name":"p","arguments":{"a":{}}}`, "", "params.arguments.a must be text"},
		{"prompts/get", `{"name":"p","arguments":null}`, "", ""},
		{"prompts/get", `{"name":7}`, "", ""},
		{"completion/complete", `{"ref":{"type":"ref/prompt","name":"p"},"argument":{"name":"a","value":20},"context":{"arguments":{"b":true}}}`,
			`"argument":{"name":"a","value":"20"},"context":{"arguments":{"b":"true"}}`, ""},
		{"completion/complete", `{"argument":{"name":"a","value":[]}}`, "", "params.argument.value must be text"},
		{"tools/list", `{"arguments":{"a":7}}`, "", ""},
	} {
		body := `{"jsonrpc":"2.0","id":9007199254740993,"method":"` + c.method + `","params":` + c.params + `}`
		got, bad := TextArguments(c.method, []byte(body))
		switch {
		case c.refused != "":
			if bad == nil || !strings.Contains(bad.Text, c.refused) {
				t.Errorf("%s: got %v, want %q", c.params, bad, c.refused)
			}
		case bad != nil:
			t.Errorf("%s: got %s, want it to be taken", c.params, bad.Text)
		case c.want == "" && string(got) != body:
			t.Errorf("%s: got %s, want it unchanged", c.params, got)
		case !strings.Contains(string(got), c.want) || !strings.Contains(string(got), `"id":9007199254740993`):
			t.Errorf("%s: got %s, want %s in it", c.params, got, c.want)
		}
	}
}
