package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"heygen-mcp/cmd/mcp-server/settings"
)

// update makes the tests write what they otherwise compare.
var update = flag.Bool("update", false, "write the generated parts of README.md and docs/architecture.md") //nolint:gochecknoglobals // a flag is registered before any test runs

func TestReadmeSaysWhatTheCodeSays(t *testing.T) {
	t.Parallel()
	const file = "../../README.md"
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	fresh := raw
	for name, table := range map[string]string{"toolsets": toolsetTable(), "settings": settingsTable(), "secrets": secretsTable()} {
		if fresh, err = between(fresh, name, table); err != nil {
			t.Fatal(err)
		}
	}
	if bytes.Equal(raw, fresh) {
		return
	}
	if !*update {
		t.Fatal("README.md is stale; run: go generate ./...")
	}
	if err := os.WriteFile(file, fresh, 0o644); err != nil { //nolint:gosec // G306: a README is for everybody to read
		t.Fatal(err)
	}
}

// settingsTable is the settings as Markdown.
func settingsTable() string {
	var b strings.Builder
	b.WriteString("| flag | variable | default | of | meaning |\n|---|---|---|---|---|\n")
	for _, s := range settings.Table() {
		value := ""
		if s.Default != "" {
			value = "`" + s.Default + "`"
		}
		fmt.Fprintf(&b, "| `--%s` | `%s` | %s | %s | %s |\n", s.Flag, s.Variable(), value, strings.Join(s.Commands, ", "), cell(s.Meaning))
	}
	return b.String()
}

// secretsTable is the secrets as Markdown.
func secretsTable() string {
	var b strings.Builder
	b.WriteString("| variable, or with `_FILE` the path of a file | meaning |\n|---|---|\n")
	for _, s := range settings.Secrets() {
		fmt.Fprintf(&b, "| `%s` | %s |\n", s.Variable, cell(s.Meaning))
	}
	return b.String()
}

// cell makes a text fit a cell of a table.
func cell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }

// between replaces what stands between the markers of a name.
func between(page []byte, name, text string) ([]byte, error) {
	begin, end := []byte("<!-- begin "+name+" -->\n"), []byte("<!-- end "+name+" -->")
	head, rest, ok := bytes.Cut(page, begin)
	if !ok {
		return nil, fmt.Errorf("there is no marker %q", begin)
	}
	_, tail, ok := bytes.Cut(rest, end)
	if !ok {
		return nil, fmt.Errorf("there is no marker %q", end)
	}
	return bytes.Join([][]byte{head, begin, []byte(text), end, tail}, nil), nil
}
