package contract

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"heygen-mcp/internal/sandbox/contract/contracttest"
)

// TestTheCheckerAgreesWithJSONSchema makes thousands of bodies, most of them nearly right, and asks
// an implementation of JSON Schema whether it would take them, too.
func TestTheCheckerAgreesWithJSONSchema(t *testing.T) {
	t.Parallel()
	c, err := Read()
	if err != nil {
		t.Fatal(err)
	}
	compiler, _, err := contracttest.Compiler("../../../heygen/testdata/v3.json")
	if err != nil {
		t.Fatal(err)
	}
	g := &bodyMaker{contract: c, rand: rand.New(rand.NewPCG(1, 2))} //nolint:gosec // G404: the same bodies every time are what is wanted
	taken, refused := 0, 0
	for _, name := range slices.Sorted(maps.Keys(c.Operations)) {
		op := c.Operations[name]
		if op.Body == nil {
			continue
		}
		method, path, _ := strings.Cut(name, " ")
		escaped := strings.NewReplacer("/", "~1", "{", "%7B", "}", "%7D").Replace(path)
		schema, err := compiler.Compile(contracttest.URL + "#/paths/" + escaped + "/" + strings.ToLower(method) +
			"/requestBody/content/application~1json/schema")
		if err != nil {
			t.Fatal(err)
		}
		for range 300 {
			raw, err := json.Marshal(g.value(op.Body, 0))
			if err != nil {
				t.Fatal(err)
			}
			dec := json.NewDecoder(strings.NewReader(string(raw)))
			dec.UseNumber()
			var body any
			if err := dec.Decode(&body); err != nil {
				t.Fatal(err)
			}
			check := &Checker{Contract: c}
			check.Value("", body, op.Body)
			theirs := schema.Validate(body)
			if (len(check.Found) == 0) != (theirs == nil) {
				t.Errorf("%s %s:\nhere: %v\nthere: %v", name, raw, check.Found, theirs)
			}
			if theirs == nil {
				taken++
			} else {
				refused++
			}
		}
	}
	if taken < 1000 || refused < 1000 {
		t.Errorf("%d taken, %d refused: one side is hardly tried", taken, refused)
	}
}

// bodyMaker makes values that fit a schema, but for a slip now and then.
type bodyMaker struct {
	contract *Contract
	rand     *rand.Rand
}

func (g *bodyMaker) seldom() bool { return g.rand.IntN(60) == 0 }

func (g *bodyMaker) value(s *Schema, depth int) any {
	s = g.contract.Resolve(s)
	if g.seldom() {
		return []any{nil, "", "odd", -1, 1.5, true, []any{}, map[string]any{}}[g.rand.IntN(8)]
	}
	if s.null() && g.rand.IntN(4) == 0 {
		return nil
	}
	if s.Discriminator != nil {
		names := slices.Sorted(maps.Keys(s.Discriminator.Mapping))
		chosen := names[g.rand.IntN(len(names))]
		out, ok := g.value(g.contract.Schemas[refName(s.Discriminator.Mapping[chosen])], depth).(map[string]any)
		if ok && !g.seldom() {
			out[s.Discriminator.PropertyName] = chosen
		}
		return out
	}
	for _, one := range slices.Concat(s.OneOf, s.AnyOf) {
		if !slices.Contains(one.Type, "null") {
			return g.value(one, depth)
		}
	}
	if len(s.Enum) > 0 {
		return s.Enum[g.rand.IntN(len(s.Enum))]
	}
	switch s.kind() {
	case "string":
		return strings.Repeat("é", g.rand.IntN(3)+deref(s.MinLength)) + strings.Repeat("x", max(0, g.near(deref(s.MaxLength))))
	case "integer":
		return int(g.number(s))
	case "number":
		return g.number(s)
	case "boolean":
		return g.rand.IntN(2) == 0
	case "array":
		out := []any{}
		for range min(g.rand.IntN(3)+deref(s.MinItems), 3) {
			out = append(out, g.value(s.Items, depth+1))
		}
		return out
	}
	return g.object(s, depth)
}

// near is a length at a limit or just beyond it, and mostly nothing.
func (g *bodyMaker) near(limit int) int {
	if limit == 0 || limit > 300 || g.rand.IntN(10) > 0 {
		return 0
	}
	return limit - 1 + g.rand.IntN(3)
}

func (g *bodyMaker) number(s *Schema) float64 {
	low, high := deref(s.Minimum), 2000.0
	if s.Maximum != nil {
		high = *s.Maximum
	}
	step := max(deref(s.MultipleOf), 0.5)
	n := low + step*float64(g.rand.IntN(int((high-low)/step)+1))
	if g.seldom() {
		n = []float64{low - 1, high + 1, 0}[g.rand.IntN(3)]
	}
	return n
}

func (g *bodyMaker) object(s *Schema, depth int) map[string]any {
	out := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		needed := slices.Contains(s.Required, name)
		if needed && !g.seldom() || !needed && g.rand.IntN(3+depth) == 0 {
			out[name] = g.value(s.Properties[name], depth+1)
		}
	}
	if g.seldom() {
		out[fmt.Sprintf("new_%d", depth)] = 1
	}
	return out
}

// deref is what a pointer points to, or the zero value.
func deref[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}
