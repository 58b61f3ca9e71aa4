package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/goreleaser/goreleaser/v2/pkg/config"
)

// checkRelease reads the settings of releases by GoReleaser's own types, in which no member is unknown, and holds what
// it would find out at the first release only: that what is built, packed and linked into is there.
func checkRelease(repository string) (faults []error) {
	p, err := config.Load(filepath.Join(repository, ".goreleaser.yaml"))
	if err != nil {
		return []error{fmt.Errorf("the settings of releases: %w", err)}
	}
	fault := func(format string, args ...any) {
		faults = append(faults, fmt.Errorf("the settings of releases: "+format, args...))
	}
	if p.Version != 2 || len(p.Builds) == 0 || len(p.Archives) == 0 {
		fault("version %d, %d builds and %d archives", p.Version, len(p.Builds), len(p.Archives))
	}
	linked := regexp.MustCompile(`-X main\.(\w+)=`)
	ids := map[string]bool{}
	for _, b := range p.Builds {
		if ids[b.ID] {
			fault("the build %s is there twice", b.ID)
		}
		ids[b.ID] = true
		source, err := sourceOf(filepath.Join(repository, b.Main))
		if err != nil {
			fault("the build %s: %w", b.ID, err)
			continue
		}
		for _, found := range linked.FindAllStringSubmatch(strings.Join(b.Ldflags, " "), -1) {
			if !regexp.MustCompile(`(?m)^(var |\t)` + found[1] + `( string)?\b`).MatchString(source) {
				fault("the build %s sets main.%s, which is no variable there", b.ID, found[1])
			}
		}
	}
	for _, a := range p.Archives {
		for _, id := range a.IDs {
			if !ids[id] {
				fault("an archive packs the build %s, which is none", id)
			}
		}
		for _, f := range a.Files {
			if found, err := doublestar.FilepathGlob(filepath.Join(repository, f.Source)); err != nil || len(found) == 0 {
				fault("an archive packs %s, which is not there (%v)", f.Source, err)
			}
		}
	}
	return faults
}

// sourceOf is the source of a package.
func sourceOf(dir string) (string, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(names) == 0 {
		return "", fmt.Errorf("there is no Go in %s (%v)", dir, err)
	}
	var all strings.Builder
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			return "", err
		}
		all.Write(raw)
	}
	return all.String(), nil
}
