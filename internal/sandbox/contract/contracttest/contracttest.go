// Package contracttest reads the committed contract of v3 (heygen/testdata/v3.json) for tests that
// compare the sandbox with it. It owns finding one's way in that document, a JSON Schema compiler
// over it, and a Recorder that judges the requests and answers which pass through it; it knows
// nothing of the sandbox.
//
// Read recorder.go first, then document.go.
package contracttest

import (
	"io"
	"os"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// URL is the URL of the contract inside the compiler: schemas are compiled by URL and JSON pointer.
const URL = "https://v3.example/v3.json"

// Compiler reads the contract from a file, and returns a compiler that has it under URL, and the
// document. Objects are closed first, so that a misspelt name of an optional member is an error.
func Compiler(file string) (*jsonschema.Compiler, any, error) {
	f, err := os.Open(file) //nolint:gosec // G304: a test names the file
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = f.Close() }()
	return compiler(f)
}

// compiler is Compiler for a document that is open.
func compiler(r io.Reader) (*jsonschema.Compiler, any, error) {
	doc, err := jsonschema.UnmarshalJSON(r)
	if err != nil {
		return nil, nil, err
	}
	closeObjects(doc)
	c := jsonschema.NewCompiler()
	return c, doc, c.AddResource(URL, doc)
}

// closeObjects forbids the members that v3 does not declare.
func closeObjects(v any) {
	switch v := v.(type) {
	case map[string]any:
		properties, ok := v["properties"].(map[string]any)
		if _, open := v["additionalProperties"]; ok && !open && len(properties) > 0 {
			v["additionalProperties"] = false
		}
		for _, inner := range v {
			closeObjects(inner)
		}
	case []any:
		for _, inner := range v {
			closeObjects(inner)
		}
	}
}

// Part descends into a document by the names of members. It is nil for a part that does not exist.
func Part(v any, path ...string) any {
	for _, name := range path {
		v = Members(v)[name]
	}
	return v
}

// Members are the members of an object; nil for anything else.
func Members(v any) map[string]any { m, _ := v.(map[string]any); return m }

// Elements are the elements of an array; nil for anything else.
func Elements(v any) []any { l, _ := v.([]any); return l }
