package tools_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/tools"
	"heygen-mcp/tools/toolstest"
)

// TestFilesOfChatGPT holds that ChatGPT, and nobody else, is shown arguments for files of its
// conversation, in the form that its documentation names, and that what it hands over there is the
// file.
func TestFilesOfChatGPT(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	ctx, err := b.Choose(t.Context(), [][]string{{tools.All}}, nil, false)
	if err != nil {
		t.Fatal(err)
	}
	all := slices.Collect(maps.Values(b.Declared()))
	for client, want := range map[string]bool{
		"openai-mcp/1.0.0 (ChatGPT)": true, "ChatGPT": true, "": false, "claude-code": false, "codex-mcp-client": false,
	} {
		shown := 0
		for _, tool := range b.Visible(exchange.With(ctx, &exchange.Exchange{Client: client}), all) {
			if tool.Meta == nil {
				continue
			}
			shown++
			checkFileParams(t, tool)
		}
		if (shown > 10) != want {
			t.Errorf("%q is shown %d tools with files; want some: %v", client, shown, want)
		}
	}
	const attached = `{"download_url":"https://files.example/t.mp4","file_id":"file-1","mime_type":"video/mp4","file_name":"t.mp4"}`
	one := b.CallTool(t, "create_lipsync", `{"attached_video":`+attached+`,"audio":"https://files.example/a.mp3"}`)
	two := b.CallTool(t, "create_lipsync", `{"video":"https://files.example/t.mp4","audio":"https://files.example/a.mp3"}`)
	if one["lipsync_id"] == nil || one["lipsync_id"] != two["lipsync_id"] {
		t.Errorf("a file attached made %v, and its URL %v; want the same", one, two)
	}
	res := b.CallTool(t, "create_video_agent", `{"prompt":"A film.","attachedFiles":[`+attached+`,`+attached+`]}`)
	if res["session_id"] == nil {
		t.Errorf("files attached: %v", res)
	}
}

// checkFileParams holds a tool to what ChatGPT wants of one that takes files.
func checkFileParams(t *testing.T, tool mcp.Tool) {
	t.Helper()
	names, _ := tool.Meta.AdditionalFields["openai/fileParams"].([]string)
	var schema struct {
		Properties map[string]struct {
			Type       string
			Properties map[string]any
			Required   []string
			Items      *struct {
				Properties map[string]any
				Required   []string
			}
		}
		Required []string
	}
	if err := json.Unmarshal(tool.RawInputSchema, &schema); err != nil || len(names) == 0 {
		t.Fatalf("%s: %v, files %v", tool.Name, err, names)
	}
	for _, name := range names {
		p := schema.Properties[name]
		members, required := p.Properties, p.Required
		if p.Items != nil {
			members, required = p.Items.Properties, p.Items.Required
		}
		got := fmt.Sprint(slices.Sorted(maps.Keys(members)), required)
		if want := "[download_url file_id file_name mime_type] [download_url file_id]"; got != want {
			t.Errorf("%s: %s has %s, want %s", tool.Name, name, got, want)
		}
		of := strings.TrimPrefix(name, "attached_")
		if _, there := schema.Properties[of]; !there || slices.Contains(schema.Required, of) {
			t.Errorf("%s: %s should be there beside %s and not required", tool.Name, of, name)
		}
	}
}
