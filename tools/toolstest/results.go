package toolstest

import (
	"encoding/json"
	"strings"
	"sync"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"heygen-mcp/tools"
)

// CheckedResult reads a result's text, which must be its structured content and fit the schema of the
// tool of that name.
func CheckedResult(t *testing.T, name string, res *mcp.CallToolResult) map[string]any {
	t.Helper()
	text := res.Content[0].(mcp.TextContent).Text
	if string(res.RawStructuredContent) != text {
		t.Fatalf("%s: text and structuredContent differ", name)
	}
	var out map[string]any
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		t.Fatalf("%s: %v in %s", name, err, text)
	}
	if err := Compile(t, infoOf(t, name).OutputSchema).Validate(out); err != nil {
		t.Errorf("%s: result does not fit its output schema: %v\n%s", name, err, text)
	}
	if (out["error"] == true) != res.IsError {
		t.Errorf("%s: isError is %v in %s", name, res.IsError, text)
	}
	return out
}

// described is what is said of all tools, made once: every call of a test looks at it.
var described = sync.OnceValue(tools.Describe) //nolint:gochecknoglobals // made once, and never changed

// infoOf is what is said of a tool, or of the one that has had that name.
func infoOf(t *testing.T, name string) tools.Info {
	t.Helper()
	infos := described()
	for _, info := range infos {
		if info.Name == name {
			return info
		}
	}
	return tools.Info{OutputSchema: json.RawMessage(`{}`)} // an alias, whose tool the caller knows
}

// Compile compiles a schema under JSON Schema 2020-12.
func Compile(t *testing.T, raw json.RawMessage) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(raw)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	if err := c.AddResource("tool.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("tool.json")
	if err != nil {
		t.Fatalf("%v in %s", err, raw)
	}
	return s
}
