package auth_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"heygen-mcp/auth/broker/oauthrules"
)

// update makes a test write what it otherwise compares.
var update = flag.Bool("update", false, "write the table in docs/oauth.md") //nolint:gochecknoglobals // a flag is registered before any test runs

// TestTheRulesAreWrittenDown holds docs/oauth.md to the rules that are tried, and each chapter to a
// package that tries it.
func TestTheRulesAreWrittenDown(t *testing.T) {
	t.Parallel()
	const file, begin, end = "../docs/oauth.md", "<!-- begin rules -->\n", "<!-- end rules -->"
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, found := bytes.Cut(raw, []byte(begin))
	_, tail, closed := bytes.Cut(rest, []byte(end))
	if !found || !closed {
		t.Fatalf("%s lacks the markers of its table", file)
	}
	seen := map[string]bool{}
	var table strings.Builder
	for _, c := range oauthrules.Chapters() {
		if test := filepath.Join("broker", strings.TrimPrefix(c.Package, "broker"), "rules_test.go"); !exists(test) {
			t.Errorf("%s tries the chapter %q, and is not there", test, c.Title)
		}
		fmt.Fprintf(&table, "\n### %s\n\n| source | what is tried |\n|---|---|\n", c.Title)
		for _, r := range c.Rules {
			source, what, ok := strings.Cut(r.Name, ": ")
			if !ok || seen[r.Name] {
				t.Errorf("%q has no source, or stands twice", r.Name)
			}
			seen[r.Name] = true
			fmt.Fprintf(&table, "| %s | %s |\n", source, strings.ReplaceAll(what, "|", `\|`))
		}
	}
	fresh := bytes.Join([][]byte{head, []byte(begin), []byte(table.String()), []byte("\n" + end), tail}, nil)
	if bytes.Equal(raw, fresh) {
		return
	}
	if !*update {
		t.Fatalf("%s is stale; run: go test ./auth -update", file)
	}
	if err := os.WriteFile(file, fresh, 0o644); err != nil { //nolint:gosec // G306: a page is for everybody to read
		t.Fatal(err)
	}
}

func exists(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}
