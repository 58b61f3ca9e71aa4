package apps

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// update makes the test write what it otherwise compares.
var update = flag.Bool("update", false, "write html/") //nolint:gochecknoglobals // a flag is registered before any test runs

// maxPage is how long a page may be, in bytes: a client loads it anew each time that it shows one.
const maxPage = 60 << 10

// TestPagesAreBuilt holds that each page is what its sources make.
func TestPagesAreBuilt(t *testing.T) {
	t.Parallel()
	for _, p := range Pages() {
		fresh, err := p.build(os.DirFS("src"))
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join("html", p.Name+".html")
		if *update {
			if err := os.WriteFile(name, []byte(fresh), 0o644); err != nil { //nolint:gosec // G306: it is for everybody to read
				t.Fatal(err)
			}
			continue
		}
		if told, err := p.HTML(); err != nil || told != fresh {
			t.Errorf("%s is not what its sources make (%v): run go generate ./...", name, err)
		}
		if len(fresh) > maxPage {
			t.Errorf("%s has %d bytes, more than %d", name, len(fresh), maxPage)
		}
	}
	if files, _ := filepath.Glob("html/*"); len(files) != len(Pages()) {
		t.Errorf("html has %v, which are not the pages", files)
	}
}

// TestPagesNeedNothing holds that a page loads nothing, makes no HTML of texts and runs none, so that what others
// have written stays text.
func TestPagesNeedNothing(t *testing.T) {
	t.Parallel()
	loads := regexp.MustCompile(`<(link|script|img|iframe|object|embed|base)\b[^>]*(src|href)=|@import|url\(`)
	runs := regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\(|new Function|setAttribute\('on|createContextualFragment`)
	for _, p := range Pages() {
		page, err := p.HTML()
		if err != nil {
			t.Fatal(err)
		}
		for _, bad := range append(loads.FindAllString(page, -1), runs.FindAllString(page, -1)...) {
			t.Errorf("%s has %q", p.Name, bad)
		}
	}
}

// TestLanguagesAreWhole holds that every language says everything.
func TestLanguagesAreWhole(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("src/words.js")
	if err != nil {
		t.Fatal(err)
	}
	keys := func(block string) string {
		found := regexp.MustCompile(`(\w+): '`).FindAllStringSubmatch(block, -1)
		names := make([]string, len(found))
		for i, one := range found {
			names[i] = one[1]
		}
		return strings.Join(names, " ")
	}
	blocks := regexp.MustCompile(`(?ms)^  (\w+): \{$(.*?)^  \},$`).FindAllStringSubmatch(string(raw), -1)
	if len(blocks) < 8 || blocks[0][1] != "en" {
		t.Fatalf("got %d languages, want English and seven others", len(blocks))
	}
	for _, b := range blocks {
		if got, want := keys(b[2]), keys(blocks[0][2]); got != want {
			t.Errorf("%s says\n%s\nand English\n%s", b[1], got, want)
		}
	}
}

// TestMeta holds that a page may load from HeyGen's hosts of files, or from the one that stands for it, and from
// nowhere else.
func TestMeta(t *testing.T) {
	t.Parallel()
	for _, p := range Pages() {
		for _, origin := range []string{"", "http://127.0.0.1:1234"} {
			ui, _ := p.Meta(origin)["ui"].(map[string]any)
			csp, _ := ui["csp"].(map[string]any)
			media, _ := csp["resourceDomains"].([]string)
			connect, _ := csp["connectDomains"].([]string)
			if ui["prefersBorder"] != true || len(media) == 0 || (len(connect) > 0) != p.uploads {
				t.Errorf("%s: got %v", p.Name, ui)
			}
			for _, host := range append(media, connect...) {
				if own := strings.HasSuffix(host, ".heygen.ai") || strings.HasSuffix(host, ".amazonaws.com"); host != "blob:" && (host == origin) == own {
					t.Errorf("%s may load from %s where the origin is %q", p.Name, host, origin)
				}
			}
		}
	}
}
