package words_test

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
)

// sources are the templates of pages and the code that hands texts to them, by their paths in the repository. A file of
// HTML that defines no template is no page of the frame.
func sources(t *testing.T) (templates, code map[string]string) {
	t.Helper()
	templates, code = map[string]string{}, map[string]string{}
	root, err := os.OpenRoot("../..")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = root.Close() }()
	tree := root.FS()
	err = fs.WalkDir(tree, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := e.Name()
		if e.IsDir() {
			if path != "." && strings.HasPrefix(name, ".") || name == "node_modules" || name == "testdata" || path == "internal/words" {
				return fs.SkipDir
			}
			return nil
		}
		isCode := strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go")
		if !isCode && !strings.HasSuffix(name, ".html") {
			return nil
		}
		raw, err := fs.ReadFile(tree, path)
		if err != nil {
			return err
		}
		text := string(raw)
		switch {
		case isCode:
			code[path] = text
		case strings.Contains(text, "{{define "):
			templates[path] = text
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(templates) < 10 {
		t.Fatalf("there are %d templates", len(templates))
	}
	return templates, code
}

// computed are the keys that code puts together.
func computed(t *testing.T, code map[string]string) (keys []string) {
	t.Helper()
	for month := range strings.FieldsSeq("january february march april may june july august september october november december") {
		keys = append(keys, "month."+month)
	}
	for _, level := range []string{"read", "make", "all"} {
		keys = append(keys, "scope."+level, "level."+level)
	}
	keys = append(keys, "level.also_make", "level.also_all") // the first level adds to nothing
	actions := regexp.MustCompile(`(?m)^\t\t"\w+": +"(\w+)",$`).FindAllStringSubmatch(code["tools/paid_actions.go"], -1)
	if len(actions) < 30 {
		t.Fatalf("tools/paid_actions.go has %d actions", len(actions))
	}
	for _, m := range actions {
		keys = append(keys, "deed."+m[1]+".do", "deed."+m[1]+".did")
	}
	return keys
}

// TestEveryMessageIsUsed holds that there is a message for every key that a page or code names, and a use of every
// message.
func TestEveryMessageIsUsed(t *testing.T) {
	t.Parallel()
	templates, code := sources(t)
	english := messages(t, "en")
	used := map[string]bool{}
	named := func(path, key string) {
		used[key] = true
		if english[key] == nil {
			t.Errorf("%s names %s, and there is no such message", path, key)
		}
	}
	for _, key := range computed(t, code) {
		named("code", key)
	}
	for path, text := range templates {
		for _, m := range regexp.MustCompile(`\bt "([^"]*)"`).FindAllStringSubmatch(text, -1) {
			named(path, m[1])
		}
	}
	of := regexp.MustCompile(`words\.Of\("([^"]*)"[,)]`)
	literal := regexp.MustCompile(`"([a-z]+\.[a-z_0-9]+(?:\.[a-z]+)?)"`)
	for path, text := range code {
		for _, m := range of.FindAllStringSubmatch(text, -1) {
			named(path, m[1])
		}
		for _, m := range literal.FindAllStringSubmatch(text, -1) {
			used[m[1]] = true // as the argument of a function that makes a message of it
		}
	}
	for _, key := range []string{"figure.mark", "list.mark", "list.sentences", "date.day", "date.moment"} {
		used[key] = true // by this package
	}
	for key := range english {
		if !used[key] {
			t.Errorf("nothing uses %s", key)
		}
	}
}

// TestTemplatesHaveNoTexts holds that what people read in a page is a message, in its markup and in the attributes that
// are read out.
func TestTemplatesHaveNoTexts(t *testing.T) {
	t.Parallel()
	templates, _ := sources(t)
	names := regexp.MustCompile(`\b(heygen-mcp|HeyGen|USD)\b|/mcp/x/`)
	letters := regexp.MustCompile(`\p{L}{2,}`)
	read := regexp.MustCompile(`\b(?:alt|title|placeholder|aria-label|label)="([^"]*)"`)
	for path, text := range templates {
		text = regexp.MustCompile(`(?s)\{\{.*?\}\}`).ReplaceAllString(text, "")
		for _, m := range read.FindAllStringSubmatch(text, -1) {
			if letters.MatchString(m[1]) && m[1] != "XXXX-XXXX" {
				t.Errorf("%s: the attribute %s is not a message", path, m[0])
			}
		}
		text = regexp.MustCompile(`(?s)<[^>]*>`).ReplaceAllString(text, "\n")
		for line := range strings.Lines(names.ReplaceAllString(text, "")) {
			if letters.MatchString(line) {
				t.Errorf("%s: %q is not a message", path, strings.TrimSpace(line))
			}
		}
	}
}
