// Package openapi reads an OpenAPI document as what it means and tells how two of them differ:
// references, allOf, nullable and the order of members are ways of writing and make no difference.
// It is a leaf. It knows the keys that HeyGen adds to its document (x-scopes, x-preview,
// x-error-codes), and nothing of tools.
//
// Reading order: openapi.go (a document and its operations), read.go, schema.go (what one schema
// says), compose.go (allOf, anyOf and oneOf), change.go (what a difference is), compare.go and
// operations.go.
package openapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Prefix is that of the paths that are read. HeyGen's document has those of older versions of the
// API too, which count as Aside.
const Prefix = "/v3/"

// Document has the operations of an OpenAPI document, with their schemas.
type Document struct {
	Version    string // its own, such as a date
	Operations map[string]*Operation
	// Aside is how many operations of other paths it has.
	Aside int
	// Tells says which of the facts that OpenAPI has no word for are in the document at all. Where
	// it tells nothing of permissions, an operation without one says nothing.
	Tells Tells

	root map[string]any
}

// Tells are the facts that HeyGen's own document has and a published copy may leave out.
type Tells struct{ Scopes, Previews, Codes, Security bool }

// Operation is one method of one path.
type Operation struct {
	Method, Path string
	ID           string // operationId
	Source       string // x-source: where the description was taken from
	Deprecated   bool
	// Scopes are the permissions that an API key needs. Preview says that HeyGen must have enabled
	// the operation for the account, KeyOnly that no OAuth token is taken.
	Scopes           []string
	Preview, KeyOnly bool
	// Parameters are objects by the place of their members: query, path, header.
	Parameters map[string]Node
	// Bodies are by media type. BodyRequired says that a request without one is refused.
	Bodies       map[string]Node
	BodyRequired bool
	// Answers are the successes, by status and media type.
	Answers map[string]map[string]Node
	// Errors are the codes of refusals, by status.
	Errors map[string][]string
}

// String is the method and the path, by which a Document has the operation.
func (o *Operation) String() string { return o.Method + " " + o.Path }

// Names are the names of the operations, sorted.
func (d *Document) Names() []string { return slices.Sorted(maps.Keys(d.Operations)) }

// Find is the operation of a name, whatever its parameters in the path are called.
func (d *Document) Find(name string) *Operation {
	if op := d.Operations[name]; op != nil {
		return op
	}
	for other, op := range d.Operations {
		if route(name) == route(other) {
			return op
		}
	}
	return nil
}

// route is the name of an operation without the names of its parameters.
func route(name string) string {
	parts := strings.Split(name, "/")
	for i, part := range parts {
		if strings.HasPrefix(part, "{") {
			parts[i] = "{}"
		}
	}
	return strings.Join(parts, "/")
}

// PathParams are the names in the braces of the path, in their order.
func (o *Operation) PathParams() []string {
	var names []string
	for part := range strings.SplitSeq(o.Path, "/") {
		if name, ok := strings.CutPrefix(part, "{"); ok {
			names = append(names, strings.TrimSuffix(name, "}"))
		}
	}
	return names
}

// Read reads a document in JSON. The error of one that cannot be used says what is wrong with it in
// words for whoever gave the file.
func Read(raw []byte) (*Document, error) {
	var root map[string]any
	if err := json.Unmarshal(raw, &root); err != nil {
		if isYAML(raw) {
			return nil, errors.New("it is YAML, and only JSON is read; " +
				"convert it, for example with: yq -o=json")
		}
		return nil, fmt.Errorf("it is not JSON: %w", err)
	}
	if version := asText(root["openapi"]); !strings.HasPrefix(version, "3.") {
		return nil, errors.New("it is no OpenAPI document of version 3: " +
			`it has no member "openapi" that says so`)
	}
	d := &Document{
		Version:    asText(asObject(root["info"])["version"]),
		Operations: map[string]*Operation{},
		root:       root,
	}
	if err := d.readPaths(); err != nil {
		return nil, err
	}
	if len(d.Operations) == 0 {
		return nil, fmt.Errorf("it has no operation under %s; is it HeyGen's?", Prefix)
	}
	return d, nil
}

// isYAML says whether a text that is no JSON looks like what such documents are often written in.
func isYAML(raw []byte) bool {
	first := strings.TrimSpace(string(raw[:min(len(raw), 200)]))
	return strings.HasPrefix(first, "openapi:") || strings.HasPrefix(first, "---") ||
		strings.HasPrefix(first, "#")
}

func asText(v any) string { s, _ := v.(string); return s }

func asObject(v any) map[string]any { m, _ := v.(map[string]any); return m }

func asList(v any) []any { l, _ := v.([]any); return l }

// asTexts are the strings of a list.
func asTexts(v any) []string {
	var out []string
	for _, one := range asList(v) {
		if s, ok := one.(string); ok {
			out = append(out, s)
		}
	}
	return out
}
