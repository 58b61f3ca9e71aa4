package tools_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
)

// schema is a part of HeyGen's document as it is written.
type schema map[string]any

func (s schema) at(key string) schema {
	m, _ := s[key].(map[string]any)
	return m
}

func (s schema) list(key string) []any {
	l, _ := s[key].([]any)
	return l
}

// words are the texts of a list, sorted.
func words(list []any) []string {
	var out []string
	for _, v := range list {
		if s, ok := v.(string); ok {
			out = append(out, s)
		}
	}
	slices.Sort(out)
	return out
}

// written is HeyGen's document as it is written, for tests that look at what package openapi does
// not read.
type written struct{ root schema }

func readWritten(t *testing.T) *written {
	t.Helper()
	raw, err := os.ReadFile("../heygen/testdata/v3.json")
	if err != nil {
		t.Fatal(err)
	}
	var root schema
	if err := json.Unmarshal(raw, &root); err != nil {
		t.Fatal(err)
	}
	return &written{root}
}

// resolve follows references and takes the null out of a choice.
func (c *written) resolve(s schema) schema {
	for {
		if ref, ok := s["$ref"].(string); ok {
			at := c.root
			for part := range strings.SplitSeq(strings.TrimPrefix(ref, "#/"), "/") {
				at = at.at(part)
			}
			s = at
			continue
		}
		choices := s.list("anyOf")
		if len(choices) == 2 && choices[1].(map[string]any)["type"] == "null" {
			s = choices[0].(map[string]any)
			continue
		}
		return s
	}
}

// variants are the bodies of a union by their discriminator.
func (c *written) variants(s schema) map[string]schema {
	if s.at("discriminator") == nil {
		return nil
	}
	kinds := map[string]schema{}
	for kind, ref := range s.at("discriminator").at("mapping") {
		kinds[kind] = c.resolve(schema{"$ref": ref})
	}
	return kinds
}
