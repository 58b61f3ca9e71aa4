// Package args owns the arguments of calls: it holds what a client sent against what the input of a
// tool is declared as, and gives its canonical form, the filled struct, or one refusal that names
// all that is wrong. It knows neither HeyGen nor MCP, and no tool.
//
// Clients do not send what is published: some quote objects, send every field of a form empty, add
// names of their own, or let a model choose the words. What has one meaning is taken, and equal
// meanings have one canonical form, so that they make one idempotency key; what has none or several
// is refused, with all that is wrong in one answer.
//
// Its rooms, from the one that knows most to those that know nothing of each other:
//
//	args      a whole call: unwrapped, named, checked and filled
//	forms     one value: whatever form it was sent in, folded into the one that is checked
//	inputs    what an input is declared as: tags, schema, rules, the struct
//	spelling  words, numbers, names and URLs that mean the same
//	faults    what is wrong with an argument, and where
//
// Who declares an input needs inputs and faults; who runs a call needs this package.
//
// Reading order: args.go (binding a call), unwrap.go (what clients put around arguments), flat.go
// (names that are paths), reader.go (the one pass), infer.go (what follows from the rest), check.go
// (what must hold), languages.go, several.go (one id or a list of them), once.go (equal
// members), suggest.go (what is meant by an unknown name), together.go (one fault of all), and
// locate.go (arguments that HeyGen speaks of).
package args

import (
	"bytes"
	"cmp"
	"encoding/json"
	"reflect"
	"slices"

	"heygen-mcp/internal/jsonread"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/args/spelling"
)

// Bound are the arguments of a call once they have been read and checked.
type Bound struct {
	// Canonical is the arguments in their canonical form: snake_case, numbers as numbers, choices as they
	// are published, nulls and blanks gone.
	Canonical map[string]any
	// PassedOver are the names that a client added by itself and the tool has not, in order.
	PassedOver []string
	// Notes tell what was taken for what, in sentences.
	Notes []string
	// MadeAs is, of a list with the tag once, the place of each member that was sent among those that
	// are left; nil where all are.
	MadeAs []int
}

// Bind checks raw arguments and writes them into in, which points to a struct of the type that p was
// made of. Names of languages are HeyGen's to judge.
func Bind(p *inputs.Spec, raw json.RawMessage, in any) (Bound, *faults.Fault) {
	return BindBy(p, nil, raw, in)
}

// BindBy is Bind with HeyGen's lists of languages. A name of a field whose list is missing is taken as it is; nil has
// none.
func BindBy(p *inputs.Spec, lists Lists, raw json.RawMessage, in any) (Bound, *faults.Fault) {
	v, err := jsonread.Decode(raw)
	if err != nil {
		return Bound{}, faults.Invalid("", "The arguments are not valid JSON.", "Send one JSON object.")
	}
	v = spelling.ObjectFromText(spelling.OnlyMember(fromNamedValues(v)))
	if v == nil {
		v = map[string]any{}
	}
	object, ok := v.(map[string]any)
	if !ok {
		return Bound{}, faults.Invalid("", "The arguments must be one JSON object.", "Send an object. Known here: "+cmp.Or(p.Choices(), "nothing")+".")
	}
	object = unwrapped(p, object)
	r := &reader{lists: lists}
	r.object(p, object, "")
	if hasRequired(p, object) {
		if err := p.Fill(reflect.ValueOf(in).Elem(), object); err != nil {
			return Bound{}, faults.Invalid("", "The arguments could not be read.", "Check the types of the arguments "+
				"against the schema.")
		}
		before := slices.Clone(r.faults)
		for _, fault := range p.CheckRules(in) {
			if !mentions(before, fault) {
				r.add(fault, rankRule)
			}
		}
	}
	if fault := together(r.faults); fault != nil {
		return Bound{}, fault
	}
	bound := Bound{Canonical: object, PassedOver: r.passedOver, Notes: r.notes}
	places, note := dropRepeats(p, object)
	if places != nil {
		bound.MadeAs, bound.Notes = places, append(bound.Notes, note)
		filled := reflect.ValueOf(in).Elem()
		filled.SetZero()
		if err := p.Fill(filled, object); err != nil {
			return Bound{}, faults.Invalid("", "The arguments could not be read.", "Check the types of the arguments "+
				"against the schema.")
		}
	}
	return bound, nil
}

// hasRequired reports whether all is there that must be given, without which the rules between fields
// cannot be asked.
func hasRequired(p *inputs.Spec, object map[string]any) bool {
	for i := range p.Fields {
		f := &p.Fields[i]
		if _, ok := object[f.Name]; f.Required && !ok && (f.Or == "" || object[f.Or] == nil) {
			return false
		}
	}
	return true
}

// ObjectText is raw arguments as the text of an object where a client sent them as a JSON text of one,
// and else as they are.
func ObjectText(raw json.RawMessage) json.RawMessage {
	text := bytes.TrimSpace(raw)
	var inner string
	if len(text) == 0 || text[0] != '"' || json.Unmarshal(text, &inner) != nil {
		return raw
	}
	if inner = spelling.Trim(inner); inner == "" {
		return json.RawMessage("{}")
	}
	return json.RawMessage(inner)
}
