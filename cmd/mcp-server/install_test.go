package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"heygen-mcp/cmd/mcp-server/settings"
)

// TestInstallGuides holds that what people copy from the guides is well formed, leads to the
// endpoint that serve has where nothing else is set, and names flags and commands that there are.
func TestInstallGuides(t *testing.T) {
	t.Parallel()
	guides, err := filepath.Glob("../../docs/install/*.md")
	if err != nil || len(guides) < 13 {
		t.Fatalf("there are %d guides, %v", len(guides), err)
	}
	index, err := os.ReadFile("../../docs/install/README.md")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{"--transport": true, "--header": true} // of clients
	for _, s := range settings.Table() {
		known["--"+s.Flag] = true
	}
	for _, guide := range guides {
		raw, err := os.ReadFile(guide)
		if err != nil {
			t.Fatal(err)
		}
		text := string(raw)
		for _, block := range regexp.MustCompile("(?s)```json\n(.*?)```").FindAllStringSubmatch(text, -1) {
			if !json.Valid([]byte(block[1])) {
				t.Errorf("%s: this is no JSON: %s", guide, block[1])
			}
			if !strings.Contains(block[1], "http://127.0.0.1:8080/mcp") {
				t.Errorf("%s leads elsewhere: %s", guide, block[1])
			}
		}
		for _, flag := range regexp.MustCompile(`--[a-z][a-z-]+`).FindAllString(text, -1) {
			if !known[flag] {
				t.Errorf("%s: %s is no flag", guide, flag)
			}
		}
		if name := filepath.Base(guide); name != "README.md" && !strings.Contains(string(index), "("+name+")") {
			t.Errorf("the index lacks %s", name)
		}
	}
}
