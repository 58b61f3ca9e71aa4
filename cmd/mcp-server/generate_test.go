package main

import (
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
)

// TestGenerateRunsEveryUpdate checks that go generate ./... leaves nothing out: each package whose
// tests write files has a directive, and each directive names tests that exist.
func TestGenerateRunsEveryUpdate(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("generate.go")
	if err != nil {
		t.Fatal(err)
	}
	patterns := map[string]*regexp.Regexp{}
	for _, m := range regexp.MustCompile(`(?m)^//go:generate go test heygen-mcp/(\S+) -run (\S+) -update$`).FindAllStringSubmatch(string(raw), -1) {
		patterns[m[1]] = regexp.MustCompile(m[2])
	}
	if n := strings.Count(string(raw), "\n//go:generate "); n != len(patterns) {
		t.Fatalf("generate.go has %d directives, of which %d have the form of the others", n, len(patterns))
	}
	found := map[string]bool{}
	testFunc := regexp.MustCompile(`(?m)^func (Test\w+)\(`)
	for _, file := range goFiles(t, "../..") {
		if !strings.HasSuffix(file, "_test.go") {
			continue
		}
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		pkg := strings.TrimPrefix(path.Dir(file), "../../")
		if strings.Contains(string(source), "= flag.Bool(\"update\",") && patterns[pkg] == nil {
			t.Errorf("the tests of %s have -update, and generate.go does not run them", pkg)
		}
		for _, m := range testFunc.FindAllStringSubmatch(string(source), -1) {
			if p := patterns[pkg]; p != nil && p.MatchString(m[1]) {
				found[pkg] = true
			}
		}
	}
	for pkg, p := range patterns {
		if !found[pkg] {
			t.Errorf("generate.go runs the tests %s of %s, and there are none", p, pkg)
		}
	}
}
