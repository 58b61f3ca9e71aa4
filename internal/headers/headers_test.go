package headers_test

import (
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/headers"
)

func TestFirst(t *testing.T) {
	t.Parallel()
	h := http.Header{"Accept": {"a", "b"}, "Empty": {}}
	for name, want := range map[string]string{"Accept": "a", "Empty": "", "Missing": ""} {
		if got := headers.First(h, name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

// TestNamesAreCanonical holds that every name that is looked up in the map of a header, here or by First, is there
// under this name.
func TestNamesAreCanonical(t *testing.T) {
	t.Parallel()
	for _, name := range []string{mcp.HeaderProtocolVersion, mcp.HeaderMethod, mcp.HeaderName, mcp.HeaderSessionID} {
		if got := http.CanonicalHeaderKey(name); got != name {
			t.Errorf("mcp-go calls it %s, net/http %s", name, got)
		}
	}
	looked := regexp.MustCompile(`headers\.First\([^"\n]*, "([^"\n]+)"\)|\b(?:Header|[hH]eader\(\))\["([^"\n]+)"\]`)
	root := os.DirFS(filepath.Join("..", ".."))
	found := 0
	err := fs.WalkDir(root, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := fs.ReadFile(root, path)
		if err != nil {
			return err
		}
		for _, m := range looked.FindAllSubmatch(source, -1) {
			found++
			name := string(m[1]) + string(m[2])
			if got := http.CanonicalHeaderKey(name); got != name {
				t.Errorf("%s looks for %s, which net/http calls %s", path, name, got)
			}
		}
		return nil
	})
	if err != nil || found == 0 {
		t.Fatalf("%d names found, %v", found, err)
	}
}
