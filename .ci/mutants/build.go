package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"

	"golang.org/x/tools/go/packages"
)

// build compiles the tests of a package with all changes in it, and marks those that are.
func build(ctx context.Context, root, pkg, dir string, all []*change) (binary string, err error) {
	loaded, err := packages.Load(&packages.Config{
		Context: ctx, Dir: root,
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedSyntax | packages.NeedTypes | packages.NeedTypesInfo | packages.NeedImports,
	}, "./"+pkg)
	if err != nil {
		return "", err
	}
	if len(loaded) != 1 || len(loaded[0].Errors) > 0 {
		return "", fmt.Errorf("%s: %v", pkg, loaded[0].Errors)
	}
	p, places := loaded[0], byPlace(all)
	replace := map[string]string{}
	write := func(name, inPlaceOf string, text []byte) error {
		at := filepath.Join(dir, name)
		replace[inPlaceOf] = at
		return os.WriteFile(at, text, 0o600)
	}
	for _, file := range p.Syntax {
		name := p.Fset.Position(file.Pos()).Filename
		edits := (&editor{p: p, file: file, places: places, name: filepath.Base(name)}).edits()
		if len(edits) == 0 {
			continue
		}
		source, err := os.ReadFile(name)
		if err != nil {
			return "", err
		}
		if err := write(filepath.Base(name), name, apply(source, edits)); err != nil {
			return "", err
		}
	}
	const helper = "zz_mutants.go" // which no package has
	if err := write(helper, filepath.Join(root, pkg, helper), []byte("package "+p.Name+"\n"+helpers)); err != nil {
		return "", err
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	overlayFile := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(overlayFile, overlay, 0o600); err != nil {
		return "", err
	}
	binary = filepath.Join(dir, "package.test")
	cmd := exec.CommandContext(ctx, "go", "test", "-c", "-vet=off", "-overlay", overlayFile, "-o", binary, "./"+pkg)
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%s: %w\n%s", pkg, err, out)
	}
	return binary, nil
}

// edit puts a text in the place of another.
type edit struct {
	at, end int // bytes of the source
	text    string
	depth   int // how deep the expression stands that it opens; negative where it closes one, 0 inside
}

// apply makes edits of a source.
func apply(source []byte, edits []edit) []byte {
	slices.SortStableFunc(edits, func(a, b edit) int {
		switch {
		case a.at != b.at:
			return a.at - b.at
		case a.depth < 0 && b.depth >= 0:
			return -1 // what ends here ends before something begins
		case b.depth < 0 && a.depth >= 0:
			return 1
		}
		return a.depth - b.depth // outer ones open first, inner ones close first
	})
	var out bytes.Buffer
	last := 0
	for _, e := range edits {
		out.Write(source[last:e.at])
		out.WriteString(e.text)
		last = e.end
	}
	out.Write(source[last:])
	return out.Bytes()
}
