package tools_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

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
			if strings.Contains(string(info.OutputSchema), "check_with") && !waits[set] {
				t.Errorf("%s of %s says to wait with a tool that is not in the set", info.Name, set)
			}
		}
	}
}
