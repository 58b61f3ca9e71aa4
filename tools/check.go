package tools

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// bind checks raw arguments against the plan and writes them into in. It gives the arguments in
// their canonical form: snake_case, numbers as numbers, nulls gone.
func bind(p *plan, raw json.RawMessage, in any) (map[string]any, *Refusal) {
	v, err := decode(raw)
	if err != nil {
		return nil, invalid("", "The arguments are not valid JSON.", "Send one JSON object.")
	}
	if v == nil {
		v = map[string]any{}
	}
	args, ok := v.(map[string]any)
	if !ok {
		return nil, invalid("", "The arguments must be one JSON object.", "Send an object. Known here: "+cmp.Or(p.choices(), "nothing")+".")
	}
	canonical, refusal := p.check(args, "")
	if refusal != nil {
		return nil, refusal
	}
	if err := p.fill(reflect.ValueOf(in).Elem(), canonical); err != nil {
		return nil, invalid("", "The arguments could not be read.", "Check the types of the arguments against the schema.")
	}
	if refusal := p.rules.check(reflect.ValueOf(in), ""); refusal != nil {
		return nil, refusal
	}
	return canonical, nil
}

// check checks one object and puts it into its canonical form. path is where it stands, "" at the root.
func (p *plan) check(args map[string]any, path string) (map[string]any, *Refusal) {
	if p.by != "" {
		return p.checkUnion(args, path)
	}
	for _, name := range sortedKeys(args) {
		i, known := p.bySpelling[name]
		if !known {
			return nil, p.unknown(name, path)
		}
		v := args[name]
		if v == nil {
			delete(args, name) // clients send null for what they leave out
			continue
		}
		f := &p.fields[i]
		if name != f.name && args[f.name] != nil {
			return nil, invalid(join(path, f.name), fmt.Sprintf("%s and %s are two spellings of one argument.", f.camel, f.name), "Send "+f.name+" once.")
		}
		v, refusal := f.check(v, join(path, f.name))
		if refusal != nil {
			return nil, refusal
		}
		if name != f.name {
			delete(args, name)
		}
		args[f.name] = v
	}
	for i := range p.fields {
		f := &p.fields[i]
		if !f.required {
			continue
		}
		if _, ok := args[f.name]; !ok {
			return nil, invalid(join(path, f.name), join(path, f.name)+" is required.", "Send it: "+f.doc)
		}
	}
	return args, nil
}

// checkUnion checks an object whose discriminator says what else it may hold.
func (p *plan) checkUnion(args map[string]any, path string) (map[string]any, *Refusal) {
	var kind any
	for _, spelling := range [...]string{p.by, p.byCamel} {
		if v := args[spelling]; v != nil {
			kind = v
		}
		delete(args, spelling)
	}
	name, _ := kind.(string)
	variant, ok := p.variants[name]
	if !ok {
		return nil, notAChoice(join(path, p.by), p.kinds)
	}
	if _, refusal := variant.check(args, path); refusal != nil {
		return nil, refusal
	}
	args[p.by] = name
	return args, nil
}

// unknown refuses a name with the nearest known one.
func (p *plan) unknown(name, path string) *Refusal {
	next := "Leave it out. Known here: " + p.choices() + "."
	if len(p.fields) == 0 {
		next = "Leave it out: nothing is taken here."
	}
	if near := nearest(name, p); near != "" {
		next = fmt.Sprintf("Did you mean %s? Known here: %s.", near, p.choices())
	}
	return invalid(join(path, clip(name)), clip(name)+" is not an argument.", next)
}

// check checks one value and gives its canonical form.
func (f *field) check(v any, path string) (any, *Refusal) {
	switch f.typ.Kind() {
	case reflect.String:
		return f.checkString(v, path)
	case reflect.Bool:
		switch v {
		case true, "true":
			return true, nil
		case false, "false":
			return false, nil
		}
		return nil, invalid(path, path+" must be true or false.", "Send true or false.")
	case reflect.Int, reflect.Int64, reflect.Float64:
		return f.checkNumber(v, path)
	case reflect.Slice:
		return f.checkList(v, path)
	case reflect.Map:
		if m, ok := v.(map[string]any); ok {
			return m, nil // a free map: its keys are the caller's own
		}
		return nil, invalid(path, path+" must be an object.", "Send an object.")
	}
	if s, ok := v.(string); ok && f.nested.media {
		v = mediaOf(s)
	}
	m, ok := v.(map[string]any)
	if !ok {
		return nil, invalid(path, path+" must be an object.", "Send an object with: "+f.nested.choices()+".")
	}
	return f.nested.check(m, path)
}

// checkString checks text: its choices, its length in characters, its pattern.
func (f *field) checkString(v any, path string) (any, *Refusal) {
	s, ok := v.(string)
	if !ok {
		return nil, invalid(path, path+" must be a string.", "Send it in quotes.")
	}
	if f.enum != nil && !slices.Contains(f.enum, s) {
		return nil, notAChoice(path, f.enum)
	}
	n := utf8.RuneCountInString(s)
	if f.minLen > 0 && n < f.minLen {
		return nil, invalid(path, fmt.Sprintf("%s must have at least %d characters.", path, f.minLen), "Send a longer text, or leave it out if it is optional.")
	}
	if f.maxLen > 0 && n > f.maxLen {
		return nil, invalid(path, fmt.Sprintf("%s must have at most %d characters; it has %d.", path, f.maxLen, n), cmp.Or(f.over, "Shorten it or split the work."))
	}
	if f.pattern != nil && !f.pattern.MatchString(s) {
		return nil, invalid(path, path+" has characters that are not allowed.", "It must match "+f.pattern.String()+".")
	}
	return v, nil
}

// checkNumber checks a number, also one sent in quotes, without losing its precision.
func (f *field) checkNumber(v any, path string) (any, *Refusal) {
	var text string
	switch t := v.(type) {
	case json.Number:
		text = t.String()
	case string:
		if text = strings.TrimSpace(t); !json.Valid([]byte(text)) {
			text = ""
		}
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
		return nil, invalid(path, path+" must be a number.", "Send "+f.bounds()+".")
	}
	var canonical string
	if f.typ.Kind() == reflect.Float64 {
		// 1, 1.0 and "1e0" are one number, and must make one idempotency key.
		canonical = strconv.FormatFloat(n, 'g', -1, 64)
	} else {
		i, err := strconv.ParseInt(text, 10, 64)
		if err != nil && n == math.Trunc(n) && math.Abs(n) < 1<<53 {
			i, err = int64(n), nil // 4e1 and 40.0 are whole too
		}
		if err != nil {
			return nil, invalid(path, path+" must be a whole number.", "Send "+f.bounds()+".")
		}
		canonical = strconv.FormatInt(i, 10)
	}
	if f.min != nil && n < *f.min || f.max != nil && n > *f.max || f.above != nil && n <= *f.above {
		return nil, invalid(path, fmt.Sprintf("%s must be %s.", path, f.bounds()), "Send "+f.bounds()+".")
	}
	return json.Number(canonical), nil
}

// bounds says in words what a number may be.
func (f *field) bounds() string {
	kind := "a number"
	if f.typ.Kind() != reflect.Float64 {
		kind = "a whole number"
	}
	switch {
	case f.min != nil && f.max != nil:
		return fmt.Sprintf("%s from %v to %v", kind, *f.min, *f.max)
	case f.above != nil && f.max != nil:
		return fmt.Sprintf("%s above %v, at most %v", kind, *f.above, *f.max)
	case f.min != nil:
		return fmt.Sprintf("%s of at least %v", kind, *f.min)
	}
	return kind
}

// checkList checks a list. A comma string is taken for a list of strings.
func (f *field) checkList(v any, path string) (any, *Refusal) {
	list, ok := v.([]any)
	if s, isText := v.(string); isText && strings.HasPrefix(strings.TrimSpace(s), "[") {
		// Models often send a list as the text of one.
		if parsed, err := decode([]byte(s)); err == nil {
			v = parsed
			list, ok = parsed.([]any)
		}
	}
	_, isText := v.(string)
	_, isObject := v.(map[string]any)
	if f.nested != nil && !ok && (isObject || isText && f.nested.media) {
		list, ok = []any{v}, true // one member without its list
	}
	if s, isText := v.(string); isText && f.nested == nil {
		for _, part := range commaParts(s) {
			list = append(list, part)
		}
		ok = true
	}
	if !ok {
		return nil, invalid(path, path+" must be a list.", "Send a JSON array.")
	}
	if len(list) < f.minLen || f.maxLen > 0 && len(list) > f.maxLen {
		return nil, invalid(path, fmt.Sprintf("%s must have %d to %d members; it has %d.", path, f.minLen, f.maxLen, len(list)), "Send fewer or more members, in several calls if needed.")
	}
	one := &field{typ: f.typ.Elem(), nested: f.nested}
	out := make([]any, len(list))
	for i, m := range list {
		at := fmt.Sprintf("%s[%d]", path, i)
		if m == nil || m == "" {
			return nil, invalid(at, at+" is empty.", "Leave it out of the list.")
		}
		if s, isText := m.(string); isText && f.place == "query" && strings.Contains(s, ",") {
			return nil, invalid(at, at+" holds a comma, which parts one id from the next.", "Send each id as a member of its own.")
		}
		checked, refusal := one.check(m, at)
		if refusal != nil {
			return nil, refusal
		}
		out[i] = checked
	}
	return out, nil
}

// commaParts parts a comma string. A comma in parentheses belongs to a name: "Chinese (Cantonese, Traditional)".
func commaParts(s string) []string {
	depth := 0
	parts := strings.FieldsFunc(s, func(c rune) bool {
		switch c {
		case '(':
			depth++
		case ')':
			depth = max(0, depth-1)
		}
		return c == ',' && depth == 0
	})
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return slices.DeleteFunc(parts, func(part string) bool { return part == "" })
}
