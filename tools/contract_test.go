package tools_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
)

// schema is a part of the contract.
type schema map[string]any

func (s schema) at(key string) schema {
	m, _ := s[key].(map[string]any)
	return m
}

func (s schema) list(key string) []any {
	l, _ := s[key].([]any)
	return l
}

// contract is HeyGen's v3, as committed.
type contract struct{ root schema }

func readContract(t *testing.T) *contract {
	t.Helper()
	raw, err := os.ReadFile("../heygen/testdata/v3.json")
	if err != nil {
		t.Fatal(err)
	}
	var root schema
	if err := json.Unmarshal(raw, &root); err != nil {
		t.Fatal(err)
	}
	return &contract{root}
}

// inScope are the operations that tools must cover: all but those that testdata/unreachable.txt
// lists with a reason.
func (c *contract) inScope(t *testing.T) map[string]schema {
	t.Helper()
	ops := map[string]schema{}
	for path, item := range c.root.at("paths") {
		for method, op := range item.(map[string]any) {
			ops[strings.ToUpper(method)+" "+path] = schema(op.(map[string]any))
		}
	}
	if _, err := os.Stat("testdata/unreachable.txt"); errors.Is(err, fs.ErrNotExist) {
		return ops
	}
	for name := range readReasons(t, "testdata/unreachable.txt") {
		if ops[name] == nil {
			t.Errorf("testdata/unreachable.txt lists %s, which the contract does not have", name)
		}
		delete(ops, name)
	}
	return ops
}

// resolve follows references and takes the null out of a choice.
func (c *contract) resolve(s schema) schema {
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
func (c *contract) variants(s schema) (by string, kinds map[string]schema) {
	by, _ = s.at("discriminator")["propertyName"].(string)
	if by == "" {
		return "", nil
	}
	kinds = map[string]schema{}
	for kind, ref := range s.at("discriminator").at("mapping") {
		kinds[kind] = c.resolve(schema{"$ref": ref})
	}
	return by, kinds
}
