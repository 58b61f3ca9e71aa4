package forms_test

import (
	"testing"

	"heygen-mcp/tools/args/argstest"
	"heygen-mcp/tools/args/forms"
)

// TestGather holds that what lies beside a name becomes its arguments.
func TestGather(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		`{"tool":"x","Name":"get","a":1,"b":null,"sessionId":"s"}`: `{"Name":"get","arguments":{"a":1},"b":null,"sessionId":"s","tool":"x"}`,
		`{"name":"get","Arguments":{"b":2},"a":1}`:                 `{"Arguments":{"b":2},"a":1,"name":"get"}`,
		`{"name":"get","arguments":null,"a":1}`:                    `{"arguments":{"a":1},"name":"get"}`,
		`{"name":"get"}`:                                           `{"name":"get"}`,
	} {
		v := argstest.Object(t, given)
		forms.Gather(v, "arguments", "name")
		if got := argstest.Text(v); got != want {
			t.Errorf("%s became %s, want %s", given, got, want)
		}
	}
}
