package contract

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"heygen-mcp/internal/sandbox/contract/contracttest"
)

// update makes the tests write what they otherwise compare.
var update = flag.Bool("update", false, "write requests.json") //nolint:gochecknoglobals // a flag is registered before any test runs

func TestRequestsFile(t *testing.T) {
	t.Parallel()
	fresh := requestsOf(t)
	if bytes.Equal(fresh, requestsJSON) {
		return
	}
	if !*update {
		t.Fatal("requests.json is stale; run: go test ./internal/sandbox/contract -run TestRequestsFile -update")
	}
	if err := os.WriteFile("requests.json", fresh, 0o644); err != nil { //nolint:gosec // G306: source code is for everybody to read
		t.Fatal(err)
	}
}

// fullContract is the file that judges this sandbox.
func fullContract(t *testing.T) map[string]any {
	t.Helper()
	raw, err := os.ReadFile("../../../heygen/testdata/v3.json")
	if err != nil {
		t.Fatal(err)
	}
	var doc map[string]any
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

// requestsOf takes the requests out of the contract, one operation and one schema a line.
func requestsOf(t *testing.T) []byte {
	t.Helper()
	doc := fullContract(t)
	g := &requestsMaker{t: t, doc: doc, schemas: map[string]any{}}
	operations := map[string]any{}
	for path, methods := range contracttest.Members(doc["paths"]) {
		for method, op := range contracttest.Members(methods) {
			operations[strings.ToUpper(method)+" "+path] = g.operation(op)
		}
	}
	if n := len(operations); n < 138 { // so that none is lost in silence; new ones may come
		t.Errorf("got %d operations, want at least 138", n)
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
	g.facts(op, out)
	var query []any
	for _, p := range contracttest.Elements(contracttest.Part(op, "parameters")) {
		if ref, ok := contracttest.Part(p, "$ref").(string); ok {
			switch ref {
			case "#/components/parameters/IdempotencyKey":
				out["keyed"] = true
			case "#/components/parameters/DurableIdempotencyKey":
				out["durable"] = true
			default:
				g.t.Errorf("%s: a parameter that nobody taught this test", ref)
			}
			continue
		}
		if contracttest.Part(p, "in") == "query" {
			one := map[string]any{"name": contracttest.Part(p, "name"), "schema": g.schema(contracttest.Part(p, "schema"), true)}
			if contracttest.Part(p, "required") == true {
				one["required"] = true
			}
			query = append(query, one)
		}
	}
	if query != nil {
		out["query"] = query
	}
	for media, content := range contracttest.Members(contracttest.Part(op, "requestBody", "content")) {
		if media != "application/json" {
			out["media"] = media
			continue
		}
		out["body"] = g.schema(contracttest.Part(content, "schema"), false)
	}
	return out
}

// facts copies what v3 declares of an operation beside its parameters and its body.
func (g *requestsMaker) facts(op any, out map[string]any) {
	// The first status is that of new work; others are of a repeat that found it done.
	for _, status := range []int{http.StatusAccepted, http.StatusCreated} {
		if contracttest.Part(op, "responses", strconv.Itoa(status)) != nil {
			out["status"] = status
		}
	}
	for member, name := range map[string]string{"x-scopes": "scopes", "x-error-codes": "codes"} {
		switch v := contracttest.Part(op, member).(type) {
		case []any:
			if len(v) > 0 {
				out[name] = v
			}
		case map[string]any:
			out[name] = v
		}
	}
	if contracttest.Part(op, "x-preview") == true {
		out["preview"] = true
	}
	if schemes := contracttest.Elements(contracttest.Part(op, "security")); len(schemes) == 1 {
		if contracttest.Part(schemes[0], "ApiKeyAuth") == nil {
			g.t.Errorf("%v: a security requirement that nobody taught this test", schemes)
		}
		out["key_only"] = true
	}
}

// schema copies a schema without what does not bear on a check, and with it what it refers to. A
// keyword that the checker does not know stops the test, so that no rule of v3 is lost in silence.
func (g *requestsMaker) schema(s any, query bool) any {
	out := map[string]any{}
	for keyword, v := range contracttest.Members(s) {
		switch keyword {
		case "$ref":
			out[keyword] = v
			g.component(v)
		case "type", "enum", "required", "minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum",
			"multipleOf", "minItems", "maxItems", "const", "uniqueItems":
			out[keyword] = v
		case "additionalProperties":
			if _, ok := v.(bool); ok {
				out[keyword] = v
			} else {
				out[keyword] = g.schema(v, query)
			}
		case "properties":
			properties := map[string]any{}
			for name, one := range contracttest.Members(v) {
				properties[name] = g.schema(one, query)
			}
			out[keyword] = properties
		case "items":
			out[keyword] = g.schema(v, query)
		case "oneOf", "anyOf":
			out[keyword] = g.union(v, contracttest.Members(s)["discriminator"] != nil)
		case "discriminator":
			out[keyword] = v
			for _, ref := range contracttest.Members(contracttest.Part(v, "mapping")) {
				g.component(ref)
			}
		case "default":
			if query {
				out[keyword] = v
			}
		case "format", "deprecated", "title", "x-confidence", "x-added", "x-mcp-visible", "x-cli-visible", "x-mcp-default",
			"x-cli-default":
		default:
			g.t.Errorf("keyword %q: the checker does not know it", keyword)
		}
	}
	return out
}

func (g *requestsMaker) union(v any, discriminated bool) any {
	var out []any
	schemas := 0
	for _, one := range contracttest.Elements(v) {
		out = append(out, g.schema(one, false))
		if contracttest.Part(one, "type") != "null" {
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
	g.schemas[name] = g.schema(contracttest.Part(g.doc, "components", "schemas", name), false)
}
