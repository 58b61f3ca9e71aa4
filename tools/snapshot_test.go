package tools_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"heygen-mcp/tools"
)

// update makes the tests write what they otherwise compare.
var update = flag.Bool("update", false, "write testdata/tools and the generated parts of docs/contract.md") //nolint:gochecknoglobals // a flag is registered before any test runs

// TestSnapshots holds what agents see of each tool against a file that a change has to change too:
// every word of it is paid for in each session and may change how agents behave.
func TestSnapshots(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, info := range tools.Describe() {
		fresh, err := json.MarshalIndent(info, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		fresh = append(fresh, '\n')
		name := filepath.Join("testdata", "tools", info.Name+".json")
		known[name] = true
		if *update {
			if err := os.WriteFile(name, fresh, 0o644); err != nil { //nolint:gosec // G306: test data is for everybody to read
				t.Fatal(err)
			}
			continue
		}
		old, err := os.ReadFile(name)
		if err != nil || !bytes.Equal(old, fresh) {
			t.Errorf("%s has changed; look at it, then run: go test ./tools -update", info.Name)
		}
	}
	files, err := filepath.Glob("testdata/tools/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if known[name] {
			continue
		}
		if !*update {
			t.Errorf("%s is of a tool that is gone; run: go test ./tools -update", strings.TrimSuffix(filepath.Base(name), ".json"))
		} else if err := os.Remove(name); err != nil {
			t.Error(err)
		}
	}
}
