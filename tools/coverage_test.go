package tools_test

import (
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"heygen-mcp/heygen"
	"heygen-mcp/tools"
	"heygen-mcp/tools/args"
)

// differences collects where tools and contract do not say the same.
type differences struct {
	*contract
	found map[string]bool
}

func (d *differences) add(where, format string, args ...any) {
	d.found[where+": "+fmt.Sprintf(format, args...)] = true
}

// object compares the members of one object.
func (d *differences) object(where string, s schema, p *args.InputSpec, skip func(args.Field) bool) {
	s = d.resolve(s)
	if by, kinds := d.variants(s); by != "" {
		d.union(where, by, kinds, p)
		return
	}
	required := s.list("required")
	properties := s.at("properties")
	for name, property := range properties {
		f, ok := p.Lookup(name)
		if !ok || skip(f) {
			d.add(where+" "+name, "missing")
			continue
		}
		d.field(where+" "+name, property.(map[string]any), f, slices.Contains(required, any(name)))
	}
	for _, f := range p.Fields {
		if _, ok := properties[f.Name]; !ok && !skip(f) {
			d.add(where+" "+f.Name, "not in the contract")
		}
	}
}

// union compares a union with one of ours, or with a struct that holds the members of all variants.
func (d *differences) union(where, by string, kinds map[string]schema, p *args.InputSpec) {
	if p.By != "" {
		for kind, s := range kinds {
			own, ok := p.Variants[kind]
			if !ok {
				d.add(where, "variant %s is missing", kind)
				continue
			}
			rest := maps.Clone(s)
			rest["properties"] = without(s.at("properties"), by)
			rest["required"] = slices.DeleteFunc(slices.Clone(s.list("required")), func(v any) bool { return v == by })
			d.object(where+"["+kind+"]", rest, own, func(args.Field) bool { return false })
		}
		return
	}
	whole := map[string]any{by: map[string]any{"type": "string", "enum": slices.Collect(func(yield func(any) bool) {
		for kind := range kinds {
			if !yield(kind) {
				return
			}
		}
	})}}
	required := map[string]int{}
	for _, s := range kinds {
		for name, property := range s.at("properties") {
			if name != by {
				whole[name] = property
			}
		}
		for _, name := range words(s.list("required")) {
			required[name]++
		}
	}
	needed := []any{by}
	for name, n := range required {
		if n == len(kinds) {
			needed = append(needed, name)
		}
	}
	d.object(where, schema{"properties": whole, "required": needed}, p, func(args.Field) bool { return false })
}

func without(m map[string]any, name string) map[string]any {
	rest := maps.Clone(m)
	delete(rest, name)
	return rest
}

// field compares one member.
func (d *differences) field(where string, s schema, f args.Field, required bool) {
	s = d.resolve(s)
	if f.Required != required {
		d.add(where, "required is %v in the contract", required)
	}
	if got, want := f.JSONType(), d.typeOf(s); want != "" && got != want {
		d.add(where, "is %s in the contract", want)
		return
	}
	if want := words(s.list("enum")); !slices.Equal(slices.Sorted(slices.Values(f.Enum)), want) {
		d.add(where, "the contract's choices are %s", strings.Join(want, ","))
	}
	for _, b := range []struct {
		key string
		own *float64
	}{{"minimum", f.Min}, {"maximum", f.Max}, {"exclusiveMinimum", f.ExclusiveMin}} {
		if want, ok := s[b.key].(float64); ok && (b.own == nil || *b.own != want) {
			d.add(where, "%s is %v in the contract", b.key, want)
		} else if !ok && b.own != nil {
			d.add(where, "%s is %v here and open in the contract", b.key, *b.own)
		}
	}
	least, most := "minLength", "maxLength"
	if f.Type.Kind() == reflect.Slice {
		least, most = "minItems", "maxItems"
	}
	for key, own := range map[string]int{least: f.MinLen, most: f.MaxLen} {
		if f.Name == "data" {
			break // base64 is bounded here at what an agent can write, everywhere
		}
		// An id or a text that must be given must not be empty, which the contract leaves open.
		if want, _ := s[key].(float64); int(want) != own && f.Place != "path" && !(f.Required && want == 0 && key == "minLength" && own == 1) {
			d.add(where, "%s is %d here and %d in the contract", key, own, int(want))
		}
	}
	if f.Nested == nil {
		return
	}
	switch f.Type.Kind() {
	case reflect.Slice:
		s = s.at("items")
	case reflect.Map:
		s = s.at("additionalProperties")
	}
	d.object(where, s, f.Nested, func(args.Field) bool { return false })
}

// typeOf is the JSON type of a schema without null, "" if it does not say.
func (d *differences) typeOf(s schema) string {
	if by, _ := d.variants(s); by != "" {
		return "object"
	}
	switch t := s["type"].(type) {
	case string:
		return t
	case []any:
		for _, one := range t {
			if one != "null" {
				return one.(string)
			}
		}
	}
	return ""
}

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

// operation compares one operation with the tool that calls it. added are the members of the body that
// no argument gives: v3 must take their values.
func (d *differences) operation(name, variant string, s schema, p *args.InputSpec, added []heygen.Member) {
	query := map[string]any{}
	var needed []any
	keyed := false
	for _, raw := range s.list("parameters") {
		q := d.resolve(raw.(map[string]any))
		keyed = keyed || q["in"] == "header" && q["name"] == "Idempotency-Key"
		if q["in"] != "query" && q["in"] != "path" {
			continue
		}
		property := d.resolve(q.at("schema"))
		if q["in"] == "query" && strings.HasSuffix(q["name"].(string), "_ids") {
			property = schema{"type": "array"} // v3's comma string is our list
		}
		query[q["name"].(string)] = map[string]any(property)
		if q["required"] == true {
			needed = append(needed, q["name"])
		}
	}
	d.object(name+variant, schema{"properties": query, "required": needed}, p, func(f args.Field) bool { return f.Place != "query" && f.Place != "path" })
	if own := p.Has("idempotency_key"); own != keyed {
		d.add(name+variant+" Idempotency-Key", "is sent: %v, taken by the contract: %v", own, keyed)
	}
	body := d.resolve(s.at("requestBody").at("content").at("application/json").at("schema"))
	if by, kinds := d.variants(body); by != "" && variant != "" {
		body = maps.Clone(kinds[strings.Trim(variant, "()")])
		body["properties"] = without(body.at("properties"), by)
	} else {
		body = maps.Clone(body)
		for _, m := range added {
			if choices := words(d.resolve(body.at("properties").at(m.Name)).list("enum")); !slices.Contains(choices, m.Value) {
				d.add(name+variant+" "+m.Name, "%s is sent, and the contract's choices are %s", m.Value, strings.Join(choices, ","))
			}
			body["properties"] = without(body.at("properties"), m.Name)
		}
	}
	d.object(name+variant, body, p, func(f args.Field) bool { return f.Place != "body" })
}

// TestCoverage holds that the tools say of every operation what the contract says. Where they differ
// on purpose, testdata/differences.txt has the difference and its reason.
func TestCoverage(t *testing.T) {
	t.Parallel()
	d := &differences{contract: readContract(t), found: map[string]bool{}}
	ops := d.inScope(t)
	covered := map[string]bool{}
	for _, e := range tools.Declared() {
		for i, op := range e.Operations {
			name := op.Method + " " + op.Path
			covered[name] = true
			if ops[name] == nil {
				t.Errorf("%s calls %s, which is not in scope", e.Name, name)
				continue
			}
			if i > 0 || e.Name == "wait_for_jobs" {
				continue
			}
			variant := ""
			if op.Variant != "" {
				variant = "(" + op.Variant + ")"
			}
			sent := heygen.Op{Variant: op.Variant, VariantIn: op.VariantIn, Model: op.Model}
			d.operation(name, variant, ops[name], e.Input, sent.Members())
		}
	}
	for name := range ops {
		if !covered[name] {
			d.found[name+": no tool"] = true
		}
	}
	reasons := readReasons(t, "testdata/differences.txt")
	for _, found := range slices.Sorted(maps.Keys(d.found)) {
		if reasons[found] == "" {
			t.Errorf("%s", found)
		}
	}
	for listed := range reasons {
		if !d.found[listed] {
			t.Errorf("testdata/differences.txt lists what is no difference: %s", listed)
		}
	}
}

// readReasons reads a list of exceptions: a line each, and below it, indented, its reason.
func readReasons(t *testing.T, file string) map[string]string {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	reasons, last := map[string]string{}, ""
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimRight(line, "\n")
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "\t"):
			reasons[last] += strings.TrimSpace(line)
		default:
			last = line
			reasons[last] = ""
		}
	}
	for exception, reason := range reasons {
		if reason == "" {
			t.Errorf("%s gives no reason for %s", file, exception)
		}
	}
	return reasons
}
