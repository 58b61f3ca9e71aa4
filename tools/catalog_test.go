package tools_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/tools"
	"heygen-mcp/tools/toolstest"
)

// TestCatalog holds the rules that clients impose on every tool.
func TestCatalog(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, info := range tools.Describe() {
		if seen[info.Name] {
			t.Errorf("%s stands twice", info.Name)
		}
		seen[info.Name] = true
		if !regexp.MustCompile(`^[a-z0-9_]{1,40}$`).MatchString(info.Name) {
			t.Errorf("name %q", info.Name)
		}
		a := info.Annotations
		if a.ReadOnlyHint == nil || a.DestructiveHint == nil || a.IdempotentHint == nil || a.OpenWorldHint == nil || a.Title == "" {
			t.Errorf("%s: all four hints and a title must be sent", info.Name)
		}
		for what, raw := range map[string]json.RawMessage{"input": info.InputSchema, "output": info.OutputSchema} {
			toolstest.Compile(t, raw)
			var root map[string]any
			if err := json.Unmarshal(raw, &root); err != nil {
				t.Fatal(err)
			}
			if root["type"] != "object" || root["oneOf"] != nil || root["anyOf"] != nil || root["allOf"] != nil {
				t.Errorf("%s: the %s schema's root is no plain object", info.Name, what)
			}
			if strings.Contains(string(raw), "$ref") || strings.Contains(string(raw), "null") {
				t.Errorf("%s: the %s schema has a $ref or a null", info.Name, what)
			}
		}
	}
}

// letters are the four hints: read-only, destructive, idempotent, open world.
func letters(a mcp.ToolAnnotation) (text string) {
	for _, h := range []*bool{a.ReadOnlyHint, a.DestructiveHint, a.IdempotentHint, a.OpenWorldHint} {
		text += map[bool]string{true: "T", false: "F"}[*h]
	}
	return text
}

// TestWhatOverwritesIsDestructive lists the tools that change without deleting, by what becomes of what was there: a
// client may ask its person about those that are destructive. Whatever is sent with PATCH or PUT overwrites.
func TestWhatOverwritesIsDestructive(t *testing.T) {
	t.Parallel()
	want := map[string]string{
		"update_avatar_group":      "FTTT", // its name
		"update_avatar_look":       "FTTT", // its name
		"update_brand_glossary":    "FTTT", // its terms
		"update_brand_kit":         "FTTT", // its colors, fonts and logos
		"update_lipsync":           "FTTT", // its title
		"update_video_translation": "FTTT", // its title
		"update_webhook_endpoint":  "FTTT", // where events go to
		"upload_proofread_srt":     "FTTT", // the subtitles
		"update_workflow":          "FTTT", // its draft
		"stop_video_agent_session": "FTTT", // the work goes on no more
		"cancel_workflow_run":      "FTTT", // the work goes on no more
		// the avatar speaks no more
		"cancel_avatar_realtime_session": "FTTT",
		"complete_asset_upload":          "FFTT",
		"complete_asset_batch":           "FFTT",
	}
	for _, info := range tools.Describe() {
		if info.Effect == tools.Changes {
			if got := letters(info.Annotations); got != want[info.Name] {
				t.Errorf("%s: %s, want %q", info.Name, got, want[info.Name])
			}
			delete(want, info.Name)
		}
		for _, op := range info.Operations {
			if (op.Method == "PATCH" || op.Method == "PUT") && !*info.Annotations.DestructiveHint {
				t.Errorf("%s overwrites with %s and does not say so", info.Name, op.Method)
			}
		}
	}
	if len(want) > 0 {
		t.Errorf("not there: %v", want)
	}
}

// TestSetsCanWait holds that a toolset whose jobs are waited for has the tool for it.
func TestSetsCanWait(t *testing.T) {
	t.Parallel()
	waits := map[string]bool{}
	for _, info := range tools.Describe() {
		if info.Name == "wait_for_jobs" {
			for _, set := range info.Toolsets {
				waits[set] = true
			}
		}
	}
	for _, info := range tools.Describe() {
		for _, set := range info.Toolsets {
			if strings.Contains(string(info.OutputSchema), "wait_with") && !waits[set] {
				t.Errorf("%s of %s says how to wait with a tool that is not in the set", info.Name, set)
			}
		}
	}
}

// TestIsListed holds that a tool is known by the names under which some request may list it, and by no other.
func TestIsListed(t *testing.T) {
	t.Parallel()
	for _, b := range []*toolstest.Bench{toolstest.Limited(t, false), toolstest.Limited(t, true, "voices")} {
		declared := b.Declared()
		for _, tool := range tools.Declared() {
			for _, name := range append([]string{tool.Name, tool.Name + "s"}, tool.Aliases...) {
				if _, want := declared[name]; b.IsListed(name) != want {
					t.Errorf("%s is listed: %t, want %t", name, !want, want)
				}
			}
		}
	}
}
