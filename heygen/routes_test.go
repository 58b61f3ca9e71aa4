package heygen

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// TestRouteWords holds that no id can reach another operation: every fixed element that stands where
// another path of the contract has an id is refused as one.
func TestRouteWords(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("testdata/v3.json")
	if err != nil {
		t.Fatal(err)
	}
	var contract struct {
		Paths map[string]json.RawMessage `json:"paths"`
	}
	if err := json.Unmarshal(raw, &contract); err != nil {
		t.Fatal(err)
	}
	for path := range contract.Paths {
		before, after, ok := strings.Cut(path, "{")
		if !ok {
			continue
		}
		name, _, _ := strings.Cut(after, "}")
		for other := range contract.Paths {
			rest, same := strings.CutPrefix(other, before)
			word, _, _ := strings.Cut(rest, "/")
			if !same || word == "" || strings.HasPrefix(word, "{") {
				continue
			}
			if _, err := expand(Op{Method: "GET", Path: before + "{" + name + "}"}, map[string]string{name: word}); err == nil {
				t.Errorf("%s: %q reaches %s", path, word, other)
			}
		}
	}
}
