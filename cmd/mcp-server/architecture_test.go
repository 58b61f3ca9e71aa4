package main

import (
	"bytes"
	"fmt"
	"go/doc"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestArchitectureShowsThePackages compares the generated part of docs/architecture.md with the
// package comments and imports of the code.
func TestArchitectureShowsThePackages(t *testing.T) {
	t.Parallel()
	const file = "../../docs/architecture.md"
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	packages := ourImports(t, "../..")
	for pkg, imports := range packages {
		slices.Sort(imports)
		packages[pkg] = slices.Compact(imports)
	}
	fresh := raw
	for name, text := range map[string]string{"graph": packageGraph(packages), "packages": packageTable(t, packages)} {
		if fresh, err = between(fresh, name, text); err != nil {
			t.Fatalf("%s: got %v, want no error", file, err)
		}
	}
	if bytes.Equal(raw, fresh) {
		return
	}
	if !*update {
		t.Fatal("docs/architecture.md is stale; run: go generate ./...")
	}
	if err := os.WriteFile(file, fresh, 0o644); err != nil { //nolint:gosec // G306: documentation is for everybody to read
		t.Fatal(err)
	}
}

// packageGraph draws the imports as a Mermaid graph. Leaves, which every package may import, are left
// out: their arrows would hide the others. The table has them.
func packageGraph(packages map[string][]string) string {
	drawn := slices.DeleteFunc(slices.Sorted(maps.Keys(packages)), isLeaf)
	id := func(pkg string) string { return strings.NewReplacer("/", "_", "-", "_").Replace(pkg) }
	var b strings.Builder
	b.WriteString("```mermaid\ngraph TD\n")
	for _, pkg := range drawn {
		fmt.Fprintf(&b, "  %s[\"%s\"]\n", id(pkg), pkg)
	}
	for _, pkg := range drawn {
		for _, imported := range packages[pkg] {
			if slices.Contains(drawn, imported) {
				fmt.Fprintf(&b, "  %s --> %s\n", id(pkg), id(imported))
			}
		}
	}
	b.WriteString("```\n")
	return b.String()
}

// packageTable says what each package is for, in the first sentence of its comment, what it imports, and
// why it may import nothing else.
func packageTable(t *testing.T, packages map[string][]string) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("| package | what it is for | imports | why nothing else |\n|---|---|---|---|\n")
	for _, pkg := range slices.Sorted(maps.Keys(packages)) {
		imports := make([]string, len(packages[pkg]))
		for i, imported := range packages[pkg] {
			imports[i] = "`" + imported + "`"
		}
		why := layers()[pkg].why
		if isLeaf(pkg) {
			why = "a leaf, which every package may import"
		}
		fmt.Fprintf(&b, "| [%s](../%s) | %s | %s | %s |\n", pkg, pkg, cell(firstSentence(t, "../../"+pkg)), strings.Join(imports, ", "), cell(why))
	}
	return b.String()
}

// firstSentence is that of the comment of the package in a directory, without "Package x".
func firstSentence(t *testing.T, dir string) string {
	t.Helper()
	for _, file := range goFiles(t, dir) {
		if path.Dir(file) != path.Clean(dir) || strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.PackageClauseOnly|parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		if parsed.Doc == nil {
			continue
		}
		sentence := new(doc.Package).Synopsis(parsed.Doc.Text())
		sentence = strings.TrimPrefix(sentence, "Package "+parsed.Name.Name+" ")
		sentence = strings.TrimPrefix(sentence, "Command "+path.Base(dir)+" ")
		for _, verb := range []string{"is ", "owns "} {
			sentence = strings.TrimPrefix(sentence, verb)
		}
		return strings.TrimSuffix(sentence, ".")
	}
	t.Errorf("%s has no package comment", dir)
	return ""
}

// TestTheLinksOfTheDocsLead checks that what the documentation links to in the repository exists.
func TestTheLinksOfTheDocsLead(t *testing.T) {
	t.Parallel()
	pages := []string{"../../README.md", "../../CONTRIBUTING.md"}
	err := filepath.WalkDir("../../docs", func(file string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasSuffix(file, ".md") {
			pages = append(pages, file)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	link := regexp.MustCompile(`\]\(([^)\s:#]+)(?:#[^)]*)?\)`)
	for _, page := range pages {
		raw, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(string(raw), -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(page), m[1])); err != nil { //nolint:gosec // G703: the pages are our own
				t.Errorf("%s links to %s, which is not there", page, m[1])
			}
		}
	}
}
