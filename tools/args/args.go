// Package args owns the arguments of calls: it reads the tags of an input struct into an InputSpec
// and makes from it the published schema, the check of what a client sends, and the filled struct.
// It knows neither HeyGen nor MCP, and no tool: what else an input must hold, its type says by a
// method Check, and what a bare string stands for by a method FromString.
//
// Reading order: args.go (binding a call), check.go, fill.go, rules.go (rules between fields),
// union.go, suggest.go, callbacks.go, schema.go, respell.go (camelCase), spec.go (the tags), fault.go,
// and json.go and text.go, on which the others stand.
//
// The tags of a field, besides those that package fieldtags reads:
//
//	doc      what it is, for the schema and for faults; every field needs one
//	required "true": it must be given
//	enum     the words it may be, with commas
//	min, max, exclusiveMin   bounds of a number
//	len      "1-5000": runes of a string or members of a list; "1-" has no upper bound
//	pattern  a regular expression that a string must match
//	default  what HeyGen takes where nothing is given
//	send     "true": the default, a string, is sent where nothing is given, since HeyGen's own is another
//	tooLong  what to do about a text that is too long
//	opaque   "true": published without its members, to spare tokens
//	callback "true": a URL that HeyGen sends to, which Callbacks finds
//	by       of an embedded Union: the member that names the variant
//	variant  of a union's pointer: the name of the variant
package args

import (
	"cmp"
	"encoding/json"
	"reflect"
)

// Bind checks raw arguments and writes them into in, which points to a struct of the type that p was
// made of. It gives the arguments in their canonical form: snake_case, numbers as numbers, nulls gone.
func (p *InputSpec) Bind(raw json.RawMessage, in any) (map[string]any, *Fault) {
	v, err := Decode(raw)
	if err != nil {
		return nil, Invalid("", "The arguments are not valid JSON.", "Send one JSON object.")
	}
	if v == nil {
		v = map[string]any{}
	}
	args, ok := v.(map[string]any)
	if !ok {
		return nil, Invalid("", "The arguments must be one JSON object.", "Send an object. Known here: "+cmp.Or(p.choices(), "nothing")+".")
	}
	canonical, fault := p.Check(args, "")
	if fault != nil {
		return nil, fault
	}
	if err := p.Fill(reflect.ValueOf(in).Elem(), canonical); err != nil {
		return nil, Invalid("", "The arguments could not be read.", "Check the types of the arguments against the schema.")
	}
	if fault := p.rules.check(reflect.ValueOf(in), ""); fault != nil {
		return nil, fault
	}
	return canonical, nil
}
