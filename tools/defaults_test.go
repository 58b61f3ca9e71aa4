package tools_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"heygen-mcp/tools"
	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/toolstest"
)

// TestDefaultsOfAgents holds that what HeyGen's own MCP server sends where an agent leaves an
// argument out (x-mcp-default) is sent here too, also within batches, and that nothing else is.
func TestDefaultsOfAgents(t *testing.T) {
	t.Parallel()
	c := readWritten(t)
	got, want := map[string]bool{}, map[string]bool{}
	var ours func(where string, p *inputs.Spec)
	ours = func(where string, p *inputs.Spec) {
		for _, f := range p.Fields {
			if f.Sent != "" {
				got[fmt.Sprintf("%s %s=%s", where, f.Name, f.Sent)] = true
			}
			if f.Nested != nil {
				ours(where+" "+f.Name, f.Nested)
			}
		}
		for kind, variant := range p.Variants {
			ours(where+"["+kind+"]", variant)
		}
	}
	var theirs func(where string, s schema)
	theirs = func(where string, s schema) {
		s = c.resolve(s)
		if kinds := c.variants(s); kinds != nil && !strings.Contains(where, "]") {
			for kind, s := range kinds {
				theirs(where+"["+kind+"]", s)
			}
			return
		}
		for name, property := range s.at("properties") {
			p := schema(property.(map[string]any))
			if sent := p["x-mcp-default"]; sent != nil {
				want[fmt.Sprintf("%s %s=%v", where, name, sent)] = true
			}
			if inner := c.resolve(p).at("items"); inner != nil {
				theirs(where+" "+name, inner)
			}
		}
	}
	for _, tool := range tools.Declared() {
		if len(tool.Operations) == 0 {
			continue
		}
		op := tool.Operations[0]
		where := op.Method + " " + op.Path
		body := c.root.at("paths").at(op.Path).at(strings.ToLower(op.Method)).at("requestBody").at("content").at("application/json").at("schema")
		if op.Variant != "" && op.VariantIn == "" && op.Model == "" {
			kinds := c.variants(c.resolve(body))
			where, body = where+"["+op.Variant+"]", kinds[op.Variant]
		}
		ours(where, tool.Input())
		theirs(where, body)
	}
	if g, w := slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)); !slices.Equal(g, w) || len(w) < 7 {
		t.Errorf("got  %v\nwant %v", strings.Join(g, "\n     "), strings.Join(w, "\n     "))
	}
}

// TestSentDefaultIsOneTake holds that a create that leaves aspect_ratio out and one that sends its
// default are one take, and that another ratio is another.
func TestSentDefaultIsOneTake(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	base := strings.TrimSuffix(b.VideoArgs(t), "}")
	made := func(rest string) any { return b.CallTool(t, "create_video_from_avatar", base+rest+"}")["video_id"] }
	left, auto, other := made(""), made(`,"aspect_ratio":"auto"`), made(`,"aspect_ratio":"9:16"`)
	if left == nil || left != auto || left == other {
		t.Errorf("got %v, %v and %v, want one video for the first two and another for the third", left, auto, other)
	}
	many := func(rest string) any {
		return b.CallTool(t, "create_video_batch", `{"videos":[{"type":"avatar",`+base[1:]+rest+`}]}`)["batch_id"]
	}
	if left, auto := many(""), many(`,"aspect_ratio":"auto"`); left == nil || left != auto {
		t.Errorf("batches: got %v and %v, want one", left, auto)
	}
}
