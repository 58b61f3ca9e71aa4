package tools_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/toolstest"
)

// TestALongCatalogOfNodes holds that a catalog that no client takes whole is given without what
// makes it long, says so, and is whole for one family.
func TestALongCatalogOfNodes(t *testing.T) {
	t.Parallel()
	var families []string
	for i := range 10 {
		families = append(families, fmt.Sprintf(`{"family":"f%d","display_name":"F","variants":[{"variant":null,
			"description":"d","config_schema":{"about":%q},"input_ports":[],"output_ports":[]}]}`,
			i, strings.Repeat("x", engine.MaxListChars/10)))
	}
	b := toolstest.Upstream(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = fmt.Fprintf(w, `{"data":{"families":[%s]}}`, strings.Join(families, ","))
	}, "its node types have only what the tool cuts")
	variantOf := func(args string) (variant map[string]any, note any) {
		t.Helper()
		got := b.CallTool(t, "list_workflow_node_types", args)
		raw, err := json.Marshal(got["families"])
		var listed []struct{ Variants []map[string]any }
		if err != nil || json.Unmarshal(raw, &listed) != nil || len(listed) == 0 || len(listed[0].Variants) == 0 {
			t.Fatalf("%s gave %.300s, %v", args, raw, err)
		}
		return listed[0].Variants[0], got["note"]
	}
	if short, note := variantOf(`{}`); short["config_schema"] != nil || short["description"] != "d" || note == nil {
		t.Errorf("the whole catalog has %v and the note %v, want no config_schema and a note", short, note)
	}
	if whole, note := variantOf(`{"family":"f7"}`); whole["config_schema"] == nil || note != nil {
		t.Errorf("one family has %v and the note %v, want its config_schema and no note", whole, note)
	}
}
