package words_test

import (
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"heygen-mcp/internal/words"
)

// forms are what a message says, by the plural form; one that does not depend on a number has "other" alone.
type forms map[string]string

// messages are those of a language by their keys.
func messages(t *testing.T, lang string) map[string]forms {
	t.Helper()
	raw, err := os.ReadFile("messages/" + lang + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var tree map[string]any
	if err := json.Unmarshal(raw, &tree); err != nil {
		t.Fatal(err)
	}
	all := map[string]forms{}
	var walk func(at string, node any)
	walk = func(at string, node any) {
		switch node := node.(type) {
		case string:
			all[at] = forms{"other": node}
		case map[string]any:
			if other, plural := node["other"].(string); plural {
				all[at] = forms{"other": other}
				if one, ok := node["one"].(string); ok {
					all[at]["one"] = one
				}
				return
			}
			for name, below := range node {
				walk(strings.TrimPrefix(at+"."+name, "."), below)
			}
		}
	}
	walk("", tree)
	return all
}

// marks are the placeholders and the markup of a text, in an order that does not depend on the language's.
func marks(text string) []string {
	found := regexp.MustCompile(`</?[a-z][^>]*>`).FindAllString(text, -1)
	named := map[string]bool{}
	for _, m := range regexp.MustCompile(`\{\{[^}]*\.([A-Z][A-Za-z]*)[^}]*\}\}`).FindAllStringSubmatch(text, -1) {
		named[m[1]] = true
	}
	return slices.Sorted(slices.Values(append(found, slices.Collect(maps.Keys(named))...)))
}

// alike are the messages that may be the same in a language and in English, such as names, marks and words that both
// have.
func alike() *regexp.Regexp {
	return regexp.MustCompile(`^(figure|list|date|month|made)\.|^account\.both$|^connections\.line$|^landing\.(endpoint|toolsets)$|^how\.file$|^player\.(seconds|minutes|a_podcast)$`)
}

// TestEveryLanguageSaysEverything holds that no message is missing, left over, left in English, or has other
// placeholders or markup than the English one.
func TestEveryLanguageSaysEverything(t *testing.T) {
	t.Parallel()
	english := messages(t, "en")
	for _, s := range words.All()[1:] {
		lang := s.Lang()
		said := messages(t, lang)
		for key := range said {
			if english[key] == nil {
				t.Errorf("%s has %s, which English has not", lang, key)
			}
		}
		counts := !slices.Contains([]string{"ja", "zh-Hans", "zh-Hant"}, lang) // these have one form for all numbers
		for key, want := range english {
			got := said[key]
			if got == nil || got["other"] == "" {
				t.Errorf("%s lacks %s", lang, key)
				continue
			}
			if _, plural := want["one"]; plural && counts && got["one"] == "" {
				t.Errorf("%s: %s lacks the form for one", lang, key)
			}
			for _, text := range got {
				if !slices.Equal(marks(text), marks(want["other"])) {
					t.Errorf("%s: %s has %q, in English %q", lang, key, marks(text), marks(want["other"]))
				}
			}
			if got["other"] == want["other"] && !alike().MatchString(key) {
				t.Errorf("%s: %s is not translated: %s", lang, key, want["other"])
			}
		}
	}
}

// TestEveryMessageCanBeSaid holds that each message is a template that can be filled in.
func TestEveryMessageCanBeSaid(t *testing.T) {
	t.Parallel()
	for _, s := range words.All() {
		for key, said := range messages(t, s.Lang()) {
			pairs := []any{}
			for _, mark := range marks(said["other"]) {
				if !strings.HasPrefix(mark, "<") && mark != "Count" {
					pairs = append(pairs, mark, "VALUE")
				}
			}
			if said["one"] != "" || strings.Contains(said["other"], ".Count") {
				pairs = append(pairs, "Count", 7)
			}
			got := s.Say(words.Of(key, pairs...))
			if got == key || got == "" || strings.Contains(got, "<no value>") || strings.Contains(got, "{{") {
				t.Errorf("%s: %s is said as %q", s.Lang(), key, got)
			}
			if len(pairs) > 0 && pairs[0] != "Count" && !strings.Contains(got, "VALUE") {
				t.Errorf("%s: %s does not tell its value: %q", s.Lang(), key, got)
			}
		}
	}
}
