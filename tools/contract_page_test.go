package tools_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"heygen-mcp/internal/openapi"
	"heygen-mcp/tools"
	"heygen-mcp/tools/contract"
)

// TestContractPage compares the generated parts of docs/contract.md with HeyGen's document, the
// tools and the lists of what is left out or differs.
func TestContractPage(t *testing.T) {
	t.Parallel()
	const file = "../docs/contract.md"
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	doc, reasons := document(t), differencesByOperation(t)
	fresh := between(t, page, "operations", operationTable(doc, readUnreachable(t), reasons))
	fresh = between(t, fresh, "differences", differenceList(reasons))
	if bytes.Equal(page, fresh) {
		return
	}
	if !*update {
		t.Fatal("docs/contract.md is stale; run: go generate ./...")
	}
	if err := os.WriteFile(file, fresh, 0o644); err != nil { //nolint:gosec // G306: documentation is for everybody to read
		t.Fatal(err)
	}
}

// between replaces what stands between the markers of a name.
func between(t *testing.T, page []byte, name, text string) []byte {
	t.Helper()
	begin, end := []byte("<!-- begin "+name+" -->\n"), []byte("<!-- end "+name+" -->")
	head, rest, ok := bytes.Cut(page, begin)
	_, tail, closed := bytes.Cut(rest, end)
	if !ok || !closed {
		t.Fatalf("docs/contract.md lacks the markers of %s", name)
	}
	return bytes.Join([][]byte{head, begin, []byte(text), end, tail}, nil)
}

// differencesByOperation are the listed differences of each operation, with their reasons.
func differencesByOperation(t *testing.T) map[string]map[string]string {
	t.Helper()
	all := map[string]map[string]string{}
	for difference, reason := range readReasons(t) {
		method, rest, _ := strings.Cut(difference, " ")
		path := rest[:strings.IndexAny(rest+" ", " (:")]
		name := method + " " + path
		if all[name] == nil {
			all[name] = map[string]string{}
		}
		all[name][strings.TrimPrefix(strings.TrimPrefix(rest, path), " ")] = reason
	}
	return all
}

// operationTable is every operation with the tools that call it.
func operationTable(
	doc *openapi.Document, unreachable map[string]string, reasons map[string]map[string]string,
) string {
	callers := contract.Callers(tools.Declared())
	var b strings.Builder
	b.WriteString("| operation | tools | permission | for | source | differences |\n|---|---|---|---|---|---|\n")
	for _, name := range doc.Names() {
		op := doc.Operations[name]
		called := quotedList(callers[name], "<br>")
		if called == "" {
			called = strings.ReplaceAll(unreachable[name], "|", `\|`)
		}
		var limits []string
		if op.Preview {
			limits = append(limits, "preview")
		}
		if op.KeyOnly {
			limits = append(limits, "API key only")
		}
		differs := ""
		if n := len(reasons[name]); n > 0 {
			differs = fmt.Sprintf("[%d](#%s)", n, anchor(name))
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s |\n", name, called, quotedList(op.Scopes, ", "),
			strings.Join(limits, ", "), op.Source, differs)
	}
	return b.String()
}

// differenceList is a section for each operation of which the tools say something else.
func differenceList(reasons map[string]map[string]string) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(reasons)) {
		fmt.Fprintf(&b, "### %s\n\n", name)
		for _, difference := range slices.Sorted(maps.Keys(reasons[name])) {
			where, what, _ := strings.Cut(difference, ": ")
			what = strings.TrimSpace(strings.ReplaceAll(what, ",", ", "))
			fmt.Fprintf(&b, "- `%s`: %s. %s\n", where, what, reasons[name][difference])
		}
		b.WriteString("\n")
	}
	return b.String()
}

// quotedList is a list of words of code.
func quotedList(words []string, sep string) string {
	quoted := make([]string, len(words))
	for i, one := range words {
		quoted[i] = "`" + one + "`"
	}
	return strings.Join(quoted, sep)
}

// anchor is how GitHub names a heading in links.
func anchor(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-' || r == '_' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z':
			return r
		}
		return -1
	}, strings.ToLower(heading))
}
