package sandbox

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// update makes the tests write what they otherwise compare.
var update = flag.Bool("update", false, "write requests.json") //nolint:gochecknoglobals // a flag is registered before any test runs

// outOfScope are the operations whose shapes nobody knows yet.
func outOfScope(path string) bool {
	return slices.ContainsFunc([]string{
		"/v3/avatar-realtime", "/v3/podcasts", "/v3/workflows", "/v3/workflow-runs", "/v3/video-quality",
		"/v3/models/audio/tts/stream",
	}, func(prefix string) bool { return path == prefix || strings.HasPrefix(path, prefix+"/") })
}

func TestRequestsFile(t *testing.T) {
	t.Parallel()
	fresh := requestsOf(t)
	if bytes.Equal(fresh, requestsJSON) {
		return
	}
	if !*update {
		t.Fatal("requests.json is stale; run: go test ./internal/sandbox -run TestRequestsFile -update")
	}
	if err := os.WriteFile("requests.json", fresh, 0o644); err != nil { //nolint:gosec // G306: source code is for everybody to read
		t.Fatal(err)
	}
}

// fullContract is the file that judges this sandbox.
func fullContract(t *testing.T) map[string]any {
	t.Helper()
	raw, err := os.ReadFile("../../heygen/testdata/v3.json")
	if err != nil {
		t.Fatal(err)
	}
	var doc map[string]any
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

// part goes down a document by its members; what is not there is nil.
func part(v any, path ...string) any {
	for _, name := range path {
		m, _ := v.(map[string]any)
		v = m[name]
	}
	return v
}

func members(v any) map[string]any { m, _ := v.(map[string]any); return m }

func elements(v any) []any { l, _ := v.([]any); return l }

// requestsOf takes the requests out of the contract, one operation and one schema a line.
func requestsOf(t *testing.T) []byte {
	t.Helper()
	doc := fullContract(t)
	g := &requestsMaker{t: t, doc: doc, schemas: map[string]any{}}
	operations := map[string]any{}
	for path, methods := range members(doc["paths"]) {
		if outOfScope(path) {
			continue
		}
		for method, op := range members(methods) {
			operations[strings.ToUpper(method)+" "+path] = g.operation(op)
		}
	}
	if n := len(operations); n != 109 {
		t.Errorf("%d operations are in scope, want 109", n)
	}
	var out bytes.Buffer
	out.WriteString("{\"operations\":{\n")
	writeLines(t, &out, operations)
	out.WriteString("},\"schemas\":{\n")
	writeLines(t, &out, g.schemas)
	out.WriteString("}}\n")
	return out.Bytes()
}

func writeLines(t *testing.T, out *bytes.Buffer, m map[string]any) {
	t.Helper()
	for i, name := range slices.Sorted(maps.Keys(m)) {
		if i > 0 {
			out.WriteString(",\n")
		}
		line, err := json.Marshal(m[name])
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(out, "%q:%s", name, line)
	}
	out.WriteString("\n")
}

type requestsMaker struct {
	t       *testing.T
	doc     map[string]any
	schemas map[string]any
}

func (g *requestsMaker) operation(op any) map[string]any {
	out := map[string]any{}
	if part(op, "responses", "200") == nil && part(op, "responses", "202") != nil {
		out["status"] = 202
	}
	var query []any
	for _, p := range elements(part(op, "parameters")) {
		if ref, ok := part(p, "$ref").(string); ok {
			if ref != "#/components/parameters/IdempotencyKey" {
				g.t.Errorf("%s: a parameter that nobody taught this test", ref)
			}
			out["keyed"] = true
			continue
		}
		if part(p, "in") == "query" {
			one := map[string]any{"name": part(p, "name"), "schema": g.schema(part(p, "schema"), true)}
			if part(p, "required") == true {
				one["required"] = true
			}
			query = append(query, one)
		}
	}
	if query != nil {
		out["query"] = query
	}
	for media, content := range members(part(op, "requestBody", "content")) {
		if media != "application/json" {
			out["media"] = media
			continue
		}
		out["body"] = g.schema(part(content, "schema"), false)
	}
	return out
}

// schema copies a schema without what does not bear on a check, and with it what it refers to. A keyword that the
// checker does not know stops the test, so that no rule of v3 is lost in silence.
func (g *requestsMaker) schema(s any, query bool) any {
	out := map[string]any{}
	for keyword, v := range members(s) {
		switch keyword {
		case "$ref":
			out[keyword] = v
			g.component(v)
		case "type", "enum", "required", "minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum",
			"multipleOf", "minItems", "maxItems":
			out[keyword] = v
		case "additionalProperties":
			if _, ok := v.(bool); !ok {
				g.t.Errorf("additionalProperties is %v, want a boolean", v)
			}
			out[keyword] = v
		case "properties":
			properties := map[string]any{}
			for name, one := range members(v) {
				properties[name] = g.schema(one, query)
			}
			out[keyword] = properties
		case "items":
			out[keyword] = g.schema(v, query)
		case "oneOf", "anyOf":
			out[keyword] = g.union(v, members(s)["discriminator"] != nil)
		case "discriminator":
			out[keyword] = v
			for _, ref := range members(part(v, "mapping")) {
				g.component(ref)
			}
		case "default":
			if query {
				out[keyword] = v
			}
		case "format", "deprecated", "x-confidence", "x-added":
		default:
			g.t.Errorf("keyword %q: the checker does not know it", keyword)
		}
	}
	return out
}

func (g *requestsMaker) union(v any, discriminated bool) any {
	var out []any
	schemas := 0
	for _, one := range elements(v) {
		out = append(out, g.schema(one, false))
		if part(one, "type") != "null" {
			schemas++
		}
	}
	if schemas != 1 && !discriminated {
		g.t.Errorf("%v: a union without a discriminator", v)
	}
	return out
}

func (g *requestsMaker) component(ref any) {
	text, _ := ref.(string)
	name := refName(text)
	if _, ok := g.schemas[name]; ok {
		return
	}
	g.schemas[name] = nil // before it is read: a schema may refer to itself
	g.schemas[name] = g.schema(part(g.doc, "components", "schemas", name), false)
}
