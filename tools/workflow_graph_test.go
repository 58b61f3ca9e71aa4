package tools_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"heygen-mcp/tools/toolstest"
)

// TestGraphsPassAsWritten holds that a graph reaches HeyGen digit by digit, with its nulls and the
// names of the caller's own members, and that names of ours may be given in either spelling.
func TestGraphsPassAsWritten(t *testing.T) {
	t.Parallel()
	var body []byte
	b := toolstest.Upstream(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ = io.ReadAll(r.Body)
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"data":{"id":"w","status":"active"}}`))
	}, "it says next to nothing of the workflow")
	const nodes = `[{"id":"a","type":"llm","config":{"maxTokens":9007199254740993,"stop":null,"t":[1.50]},` +
		`"depends_on":["b"],"bindings":{"thePort":{"kind":"literal","value":null}}}]`
	for _, given := range []string{
		`"product_graph":{"schema_version":"1.0.0","nodes":` + nodes + `}`,
		`"productGraph":{"schemaVersion":"1.0.0","nodes":` + strings.Replace(nodes, "depends_on", "dependsOn", 1) + `}`,
	} {
		res := b.CallTool(t, "create_workflow", `{"name":"w",`+given+`}`)
		want := `"product_graph":{"schema_version":"1.0.0","nodes":` + nodes + `}`
		if res["error"] != nil || !strings.Contains(string(body), want) {
			t.Errorf("%s gave %v and sent %s, want %s", given, res, body, want)
		}
	}
}
