package contract

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"heygen-mcp/internal/fieldtags"
	"heygen-mcp/internal/openapi"
	"heygen-mcp/tools/engine"
)

// Difference is one thing that a tool says of an operation and the document does not, or the other
// way round.
type Difference struct {
	Operation string // "POST /v3/videos"
	Where     string // "POST /v3/videos(studio) scenes[image] script"
	What      string // "maxLength is 5000 here and 0 in the contract"
}

// String is the difference in one line.
func (d Difference) String() string { return d.Where + ": " + d.What }

// Differences compares the arguments of every tool with what a document says of the request of the
// tool's own operation. They are sorted, each once.
func Differences(doc *openapi.Document, tools []engine.BoundTool) []Difference {
	var found []Difference
	for i := range tools {
		t := &tools[i]
		if op := doc.Operations[t.Op.String()]; op != nil {
			found = append(found, differencesOf(op, t)...)
		}
	}
	slices.SortFunc(found, func(a, b Difference) int {
		return strings.Compare(a.String(), b.String())
	})
	return slices.Compact(found)
}

func differencesOf(op *openapi.Operation, t *engine.BoundTool) []Difference {
	where := op.String()
	if t.Op.Variant != "" {
		where += "(" + t.Op.Variant + ")"
	}
	s := sentBy(t)
	var found []Difference
	add := func(changes []openapi.Change) {
		for _, c := range changes {
			if what := inWords(c, t); what != "" {
				found = append(found, Difference{op.String(), place(where, c.Path), what})
			}
		}
	}
	for _, part := range []openapi.Part{openapi.Query, openapi.InPath} {
		add(openapi.CompareObjects(part, op.Parameters[string(part)].Schema(), s.places[part].Schema()))
	}
	body, own := op.Bodies["application/json"].Schema(), s.places[openapi.Body].Schema()
	_, takes := op.Parameters["header"].Schema().Flat().Properties["Idempotency-Key"]
	if sends := t.Op.TakesKey(); sends != takes {
		what := fmt.Sprintf("is sent: %v, taken by the contract: %v", sends, takes)
		found = append(found, Difference{op.String(), where + " Idempotency-Key", what})
	}
	if addsMembers(t) {
		for _, m := range t.Op.Members() {
			choices := body.Flat().Properties[m.Name].Schema().Enum
			if !slices.Contains(choices, fmt.Sprintf("%q", m.Value)) {
				what := "the contract's choices are " + strings.Join(words(choices), ",")
				found = append(found, Difference{op.String(), where + " " + m.Name, what})
			}
			body = body.Without(m.Name)
		}
	} else if t.Op.Variant != "" {
		of := body.Variant(t.Op.Variant)
		if of == nil {
			return append(found, Difference{op.String(), where, "variant is not in the contract"})
		}
		body, own = of, own.Variant(t.Op.Variant)
	}
	add(openapi.CompareObjects(openapi.Body, body, own))
	return found
}

// addsMembers says whether an operation adds plain members to its body, and none that tells the
// variants of a union apart.
func addsMembers(t *engine.BoundTool) bool { return t.Op.VariantIn != "" || t.Op.Model != "" }

// place adds a path to the name of an operation.
func place(where string, path openapi.Path) string {
	for _, step := range path {
		switch {
		case step == openapi.Elements || step == openapi.Others:
		case openapi.IsVariant(step):
			where += step
		default:
			where += " " + step
		}
	}
	return where
}

// inWords says what a difference is, "" for one that is none: the first schema is the document's,
// the second the tool's.
func inWords(c openapi.Change, t *engine.BoundTool) string {
	switch c.Kind {
	case openapi.Removed:
		return "missing"
	case openapi.Added:
		return "not in the contract"
	case openapi.Required, openapi.Optional:
		return fmt.Sprintf("required is %v in the contract", c.Kind == openapi.Optional)
	case openapi.VariantRemoved:
		return "variant " + c.Was + " is missing"
	case openapi.VariantAdded:
		return "variant " + c.Is + " is not in the contract"
	case openapi.TypeChanged:
		if len(c.Old.Types) == 0 || subset(c.Now.Types, c.Old.Types) {
			return ""
		}
		return "is " + c.Was + " in the contract"
	case openapi.Choices:
		if last := c.Path[len(c.Path)-1]; last == openapi.Elements {
			return "" // the words of a list stand in the argument's description
		}
		return "the contract's choices are " + strings.Join(words(c.Old.Enum), ",")
	case openapi.Bound:
		return boundInWords(c, t)
	}
	return "" // what is left bears on no call
}

// boundInWords says how a bound differs.
func boundInWords(c openapi.Change, t *engine.BoundTool) string {
	last := c.Path[len(c.Path)-1]
	switch c.Word {
	case "minimum", "maximum", "exclusiveMinimum":
		if c.Was == "" {
			return fmt.Sprintf("%s is %v here and open in the contract", c.Word, c.Now.Bounds[c.Word])
		}
		return fmt.Sprintf("%s is %v in the contract", c.Word, c.Old.Bounds[c.Word])
	case "minLength", "maxLength", "minItems", "maxItems":
	default:
		return ""
	}
	if last == openapi.Elements || c.Part == openapi.InPath || len(c.Path) == 1 && isList(t, last) {
		return "" // ids are HeyGen's own, and a list in the query is a text of its own kind
	}
	if last == "data" {
		return "" // base64 is bounded here at what an agent can write, everywhere
	}
	if c.Word == "minLength" && c.Was == "" && c.Is == "1" && isRequired(t, c) {
		return "" // an id or a text that must be given must not be empty, which the contract leaves open
	}
	return fmt.Sprintf("%s is %s here and %s in the contract", c.Word, orZero(c.Is), orZero(c.Was))
}

// isList says whether an argument is a list in the query.
func isList(t *engine.BoundTool, name string) bool {
	f, ok := t.Input().Lookup(name)
	return ok && f.Place == fieldtags.Query && f.Type.Kind() == reflect.Slice
}

// isRequired says whether a tool's argument at the path of a change must be given.
func isRequired(t *engine.BoundTool, c openapi.Change) bool {
	path := c.Path
	node := sentBy(t).places[c.Part]
	if c.Part == openapi.Body && t.Op.Variant != "" && !addsMembers(t) {
		path = append(openapi.Path{openapi.InVariant(t.Op.Variant)}, path...)
	}
	around, at := lookUp(node, path[:len(path)-1])
	return at == present && slices.Contains(around.Flat().Required, path[len(path)-1])
}

func orZero(n string) string {
	if n == "" {
		return "0"
	}
	return n
}

// words are choices without their quotes.
func words(choices []string) []string {
	out := make([]string, len(choices))
	for i, one := range choices {
		out[i] = strings.Trim(one, `"`)
	}
	return out
}

func subset(some, all []string) bool {
	for _, one := range some {
		if !slices.Contains(all, one) {
			return false
		}
	}
	return len(some) > 0
}
