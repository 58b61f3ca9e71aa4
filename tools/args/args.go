// Package args owns the arguments of calls: it reads the tags of an input struct into an InputSpec
// and makes from it the published schema, the check of what a client sends, and the filled struct.
// It knows neither HeyGen nor MCP, and no tool: what else an input must hold, its type says by a
// method Check, what a bare string stands for by a method FromString, and why a name is no argument
// of it by a method NotTaken.
//
// Clients do not send what is published: some quote objects, send every field of a form empty, add names
// of their own, or let a model choose the words. What has one meaning is taken, and equal meanings have
// one canonical form, so that they make one idempotency key; what has none or several is refused, with
// all that is wrong in one answer.
//
// Reading order: args.go (binding a call), unwrap.go (what clients put around arguments), flat.go (names that are
// paths), reader.go (the one pass), normalize.go, choices.go, infer.go,
// names.go, urls.go, spoken.go and once.go (what is folded), check.go (what must hold), rules.go (rules between
// fields), several.go (one id or a list of them), fill.go, union.go, fault.go, suggest.go and
// othernames.go (what is meant by an unknown name), callbacks.go,
// schema.go, respell.go (camelCase), spec.go and field.go (the tags), and json.go and text.go, on which the others
// stand.
//
// The tags of a field, besides those that package fieldtags reads:
//
//	doc      what it is, for the schema and for faults; every field needs one
//	required "true": it must be given
//	enum     the words it may be, with commas
//	min, max, exclusiveMin   bounds of a number
//	len      "1-5000": runes of a string or members of a list; "1-" has no upper bound
//	pattern  a regular expression that a string must match
//	quiet    true: the pattern and the choices are held and not published
//	obvious  "true": the doc is not published, since the name and the choices or bounds say as much
//	default  what HeyGen takes where nothing is given
//	sent     what is sent where nothing is given, because HeyGen would take something else
//	tooLong  what to do about a text that is too long
//	opaque   "true": published without its members, to spare tokens
//	lang     a language, as people say it: a form of package languages, or the name of a list of names;
//	         a form and a list, with a comma, are a form in which only languages of the list are taken
//	means    words, with commas, for which their synonyms are taken; any other is taken as it is
//	once     "true": members of the list that are equal in everything are made once
//	spoken   "true": a text that is spoken, so that it must hold a letter or a digit
//	callback "true": a URL that HeyGen sends to, which Callbacks finds
//	empty    "true": an empty list, object or id means something else than leaving it out
//	meaningless  "true": calls that differ in it alone are the same
//	by       of an embedded Union: the member that names the variant
//	variant  of a union's pointer: the name of the variant
package args

import (
	"bytes"
	"cmp"
	"encoding/json"
	"reflect"
	"slices"
)

// Bound is what the arguments of a call were read as.
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
func (p *InputSpec) Bind(raw json.RawMessage, in any) (Bound, *Fault) {
	return p.BindBy(nil, raw, in)
}

// BindBy is Bind with lists of what languages are called, nil for none.
func (p *InputSpec) BindBy(lists Lists, raw json.RawMessage, in any) (Bound, *Fault) {
	v, err := Decode(raw)
	if err != nil {
		return Bound{}, Invalid("", "The arguments are not valid JSON.", "Send one JSON object.")
	}
	v = objectFromText(onlyMember(fromNamedValues(v)))
	if v == nil {
		v = map[string]any{}
	}
	object, ok := v.(map[string]any)
	if !ok {
		return Bound{}, Invalid("", "The arguments must be one JSON object.", "Send an object. Known here: "+cmp.Or(p.choices(), "nothing")+".")
	}
	object = p.unwrapped(object)
	r := &reader{lists: lists}
	r.object(p, object, "")
	if p.hasRequired(object) {
		if err := p.Fill(reflect.ValueOf(in).Elem(), object); err != nil {
			return Bound{}, Invalid("", "The arguments could not be read.", "Check the types of the arguments against the schema.")
		}
		before := slices.Clone(r.faults)
		for _, fault := range p.brokenRules(in) {
			if !mentions(before, fault) {
				r.add(fault, rankRule)
			}
		}
	}
	if fault := together(r.faults); fault != nil {
		return Bound{}, fault
	}
	bound := Bound{Canonical: object, PassedOver: r.passedOver, Notes: r.notes}
	places, note := p.once(object)
	if places != nil {
		bound.MadeAs, bound.Notes = places, append(bound.Notes, note)
		filled := reflect.ValueOf(in).Elem()
		filled.SetZero()
		if err := p.Fill(filled, object); err != nil {
			return Bound{}, Invalid("", "The arguments could not be read.", "Check the types of the arguments against the schema.")
		}
	}
	return bound, nil
}

// hasRequired reports whether all is there that must be given, without which the rules between fields
// cannot be asked.
func (p *InputSpec) hasRequired(object map[string]any) bool {
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
	if inner = Trim(inner); inner == "" {
		return json.RawMessage("{}")
	}
	return json.RawMessage(inner)
}
