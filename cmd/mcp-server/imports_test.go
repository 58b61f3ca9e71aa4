package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// ourImports maps each package of ours to the packages of ours that it imports, outside its tests.
func ourImports(t *testing.T, root string) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for _, file := range goFiles(t, root) {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		rel, err := filepath.Rel(root, filepath.Dir(file))
		if err != nil {
			t.Fatal(err)
		}
		pkg := filepath.ToSlash(rel)
		all[pkg] = append(all[pkg], importsOf(t, file)...)
	}
	if len(all) < len(layers()) {
		t.Fatalf("found only %d packages", len(all))
	}
	return all
}

// fileImports maps each file of a directory to the packages of ours that it imports.
func fileImports(t *testing.T, dir string) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for _, file := range goFiles(t, dir) {
		if !strings.HasSuffix(file, "_test.go") {
			all[path.Base(file)] = importsOf(t, file)
		}
	}
	return all
}

// importsOf reads the imports of ours of one file.
func importsOf(t *testing.T, file string) (imports []string) {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range parsed.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		if ours, ok := strings.CutPrefix(name, "heygen-mcp/"); ok {
			imports = append(imports, ours)
		}
	}
	return imports
}

// goFiles lists the Go files under a directory.
func goFiles(t *testing.T, root string) (files []string) {
	t.Helper()
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && strings.HasPrefix(d.Name(), ".") && d.Name() != "." && d.Name() != ".." {
			return filepath.SkipDir
		}
		if !d.IsDir() && strings.HasSuffix(file, ".go") {
			files = append(files, filepath.ToSlash(file))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
