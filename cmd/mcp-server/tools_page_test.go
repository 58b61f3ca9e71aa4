package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"heygen-mcp/cmd/mcp-server/app"
	"heygen-mcp/tools"
)

// toolsetTable is the sets of tools as Markdown.
func toolsetTable() string {
	var b strings.Builder
	b.WriteString("| toolset | tools | of which change something | among them |\n|---|---|---|---|\n")
	sets, of := app.BySet(tools.Describe())
	for _, set := range sets {
		changing, names := 0, []string{}
		for _, t := range of[set] {
			if t.Effect != tools.Reads {
				changing++
			}
			names = append(names, "`"+t.Name+"`")
		}
		const most = 3
		fmt.Fprintf(&b, "| [`%s`](docs/tools.md#%s) | %d | %d | %s |\n", set, set, len(names), changing, strings.Join(names[:min(most, len(names))], ", "))
	}
	return b.String()
}

// choices are the sets that choose among the others, and why.
func choices() map[string]string {
	return map[string]string{
		tools.Core: "What a client is given that chooses nothing:",
		"previews": "What HeyGen has in preview, for accounts that it is enabled for:",
	}
}

// toolsPage is every tool with its arguments, by the first set that is no choice among others.
func toolsPage(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	sets, of := app.BySet(tools.Describe())
	written := map[string]bool{}
	for _, set := range sets {
		fmt.Fprintf(&b, "## %s\n\n", set)
		if about := choices()[set]; about != "" {
			b.WriteString(about + "\n\n")
			for _, one := range of[set] {
				fmt.Fprintf(&b, "- [`%s`](#%s): %s\n", one.Name, one.Name, one.Title)
			}
			b.WriteString("\n")
			continue
		}
		for _, one := range of[set] {
			if written[one.Name] {
				fmt.Fprintf(&b, "[`%s`](#%s), see above.\n\n", one.Name, one.Name)
				continue
			}
			written[one.Name] = true
			fmt.Fprintf(&b, "### %s\n\n%s: %s. %s\n\n", one.Name, one.Title, one.Effect, one.Description)
			b.WriteString(argumentTable(t, one.InputSchema))
			if calls := operations(one, "`, `"); calls != "" {
				fmt.Fprintf(&b, "Calls `%s`.\n\n", calls)
			}
		}
	}
	return b.String()
}

// argumentTable is the arguments of a tool as Markdown, "" for none.
func argumentTable(t *testing.T, schema json.RawMessage) string {
	t.Helper()
	var s struct {
		Properties map[string]struct {
			Type        any    `json:"type"`
			Description string `json:"description"`
		} `json:"properties"`
		Required []string `json:"required"`
	}
	if err := json.Unmarshal(schema, &s); err != nil {
		t.Fatal(err)
	}
	if len(s.Properties) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("| argument | type | |\n|---|---|---|\n")
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		p := s.Properties[name]
		kind := fmt.Sprint(p.Type)
		if p.Type == nil {
			kind = "one of several"
		}
		if slices.Contains(s.Required, name) {
			kind += ", required"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", name, kind, cell(strings.ReplaceAll(p.Description, "\n", " ")))
	}
	return b.String() + "\n"
}

func TestReadmesPageOfToolsSaysWhatTheCodeSays(t *testing.T) {
	t.Parallel()
	const file = "../../docs/tools.md"
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	fresh, err := between(raw, "tools", toolsPage(t))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(raw, fresh) {
		return
	}
	if !*update {
		t.Fatal("docs/tools.md is stale; run: go generate ./...")
	}
	if err := os.WriteFile(file, fresh, 0o644); err != nil { //nolint:gosec // G306: it is for everybody to read
		t.Fatal(err)
	}
}
