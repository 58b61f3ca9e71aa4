package args

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

// Check checks one object and puts it into its canonical form. path is where it stands, "" at the
// root. The rules between fields are not asked.
func (p *InputSpec) Check(args map[string]any, path string) (map[string]any, *Fault) {
	if p.By != "" {
		return p.checkUnion(args, path)
	}
	for _, name := range SortedKeys(args) {
		i, known := p.bySpelling[name]
		if !known {
			return nil, p.unknown(name, path)
		}
		v := args[name]
		if v == nil {
			delete(args, name) // clients send null for what they leave out
			continue
		}
		f := &p.Fields[i]
		if name != f.Name && args[f.Name] != nil {
			return nil, Invalid(Join(path, f.Name), fmt.Sprintf("%s and %s are two spellings of one argument.", f.Camel, f.Name), "Send "+f.Name+" once.")
		}
		v, fault := f.check(v, Join(path, f.Name))
		if fault != nil {
			return nil, fault
		}
		if name != f.Name {
			delete(args, name)
		}
		args[f.Name] = v
	}
	for i := range p.Fields {
		f := &p.Fields[i]
		if !f.Required && !f.Send {
			continue
		}
		if _, ok := args[f.Name]; !ok && f.Send {
			args[f.Name] = f.Default
		} else if !ok {
			return nil, Invalid(Join(path, f.Name), Join(path, f.Name)+" is required.", "Send it: "+f.Doc)
		}
	}
	return args, nil
}

// checkUnion checks an object whose discriminator says what else it may hold.
func (p *InputSpec) checkUnion(args map[string]any, path string) (map[string]any, *Fault) {
	var kind any
	for _, spelling := range [...]string{p.By, p.byCamel} {
		if v := args[spelling]; v != nil {
			kind = v
		}
		delete(args, spelling)
	}
	name, _ := kind.(string)
	variant, ok := p.Variants[name]
	if !ok {
		return nil, NotAChoice(Join(path, p.By), p.Kinds)
	}
	if _, fault := variant.Check(args, path); fault != nil {
		return nil, fault
	}
	args[p.By] = name
	return args, nil
}

// unknown refuses a name with the nearest known one.
func (p *InputSpec) unknown(name, path string) *Fault {
	next := "Leave it out. Known here: " + p.choices() + "."
	if len(p.Fields) == 0 {
		next = "Leave it out: nothing is taken here."
	}
	if near := nearest(name, p); near != "" {
		next = fmt.Sprintf("Did you mean %s? Known here: %s.", near, p.choices())
	}
	return Invalid(Join(path, Clip(name)), Clip(name)+" is not an argument.", next)
}

// check checks one value and gives its canonical form.
func (f *Field) check(v any, path string) (any, *Fault) {
	switch f.Type.Kind() {
	case reflect.String:
		return f.checkString(v, path)
	case reflect.Bool:
		switch v {
		case true, "true":
			return true, nil
		case false, "false":
			return false, nil
		}
		return nil, Invalid(path, path+" must be true or false.", "Send true or false.")
	case reflect.Int, reflect.Int64, reflect.Float64:
		return f.checkNumber(v, path)
	case reflect.Slice:
		return f.checkList(v, path)
	case reflect.Map:
		if m, ok := v.(map[string]any); ok {
			return m, nil // a free map: its keys are the caller's own
		}
		return nil, Invalid(path, path+" must be an object.", "Send an object.")
	}
	if s, ok := v.(string); ok && f.Nested.bareString != nil {
		v = f.Nested.bareString(s)
	}
	m, ok := v.(map[string]any)
	if !ok {
		return nil, Invalid(path, path+" must be an object.", "Send an object with: "+f.Nested.choices()+".")
	}
	return f.Nested.Check(m, path)
}

// checkString checks text: its choices, its length in characters, its pattern.
func (f *Field) checkString(v any, path string) (any, *Fault) {
	s, ok := v.(string)
	if !ok {
		return nil, Invalid(path, path+" must be a string.", "Send it in quotes.")
	}
	if f.Enum != nil && !slices.Contains(f.Enum, s) {
		return nil, NotAChoice(path, f.Enum)
	}
	n := utf8.RuneCountInString(s)
	if f.MinLen > 0 && n < f.MinLen {
		return nil, Invalid(path, fmt.Sprintf("%s must have at least %d characters.", path, f.MinLen), "Send a longer text, or leave it out if it is optional.")
	}
	if f.MaxLen > 0 && n > f.MaxLen {
		return nil, Invalid(path, fmt.Sprintf("%s must have at most %d characters; it has %d.", path, f.MaxLen, n), cmp.Or(f.TooLong, "Shorten it or split the work."))
	}
	if f.Pattern != nil && !f.Pattern.MatchString(s) {
		return nil, Invalid(path, path+" has characters that are not allowed.", "It must match "+f.Pattern.String()+".")
	}
	return v, nil
}

// checkNumber checks a number, also one sent in quotes, without losing its precision.
func (f *Field) checkNumber(v any, path string) (any, *Fault) {
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
		return nil, Invalid(path, path+" must be a number.", "Send "+f.bounds()+".")
	}
	var canonical string
	if f.Type.Kind() == reflect.Float64 {
		// 1, 1.0 and "1e0" are one number, and must make one idempotency key.
		canonical = strconv.FormatFloat(n, 'g', -1, 64)
	} else {
		i, err := strconv.ParseInt(text, 10, 64)
		if err != nil && n == math.Trunc(n) && math.Abs(n) < 1<<53 {
			i, err = int64(n), nil // 4e1 and 40.0 are whole too
		}
		if err != nil {
			return nil, Invalid(path, path+" must be a whole number.", "Send "+f.bounds()+".")
		}
		canonical = strconv.FormatInt(i, 10)
	}
	if f.Min != nil && n < *f.Min || f.Max != nil && n > *f.Max || f.ExclusiveMin != nil && n <= *f.ExclusiveMin {
		return nil, Invalid(path, fmt.Sprintf("%s must be %s.", path, f.bounds()), "Send "+f.bounds()+".")
	}
	return json.Number(canonical), nil
}

// bounds says in words what a number may be.
func (f *Field) bounds() string {
	kind := "a number"
	if f.Type.Kind() != reflect.Float64 {
		kind = "a whole number"
	}
	switch {
	case f.Min != nil && f.Max != nil:
		return fmt.Sprintf("%s from %v to %v", kind, *f.Min, *f.Max)
	case f.ExclusiveMin != nil && f.Max != nil:
		return fmt.Sprintf("%s above %v, at most %v", kind, *f.ExclusiveMin, *f.Max)
	case f.Min != nil:
		return fmt.Sprintf("%s of at least %v", kind, *f.Min)
	}
	return kind
}

// checkList checks a list. A comma string is taken for a list of strings.
func (f *Field) checkList(v any, path string) (any, *Fault) {
	list, ok := v.([]any)
	if s, isText := v.(string); isText && strings.HasPrefix(strings.TrimSpace(s), "[") {
		// Models often send a list as the text of one.
		if parsed, err := Decode([]byte(s)); err == nil {
			v = parsed
			list, ok = parsed.([]any)
		}
	}
	_, isText := v.(string)
	_, isObject := v.(map[string]any)
	if f.Nested != nil && !ok && (isObject || isText && f.Nested.bareString != nil) {
		list, ok = []any{v}, true // one member without its list
	}
	if s, isText := v.(string); isText && f.Nested == nil {
		for _, part := range commaParts(s) {
			list = append(list, part)
		}
		ok = true
	}
	if !ok {
		return nil, Invalid(path, path+" must be a list.", "Send a JSON array.")
	}
	if len(list) < f.MinLen || f.MaxLen > 0 && len(list) > f.MaxLen {
		return nil, Invalid(path, fmt.Sprintf("%s must have %d to %d members; it has %d.", path, f.MinLen, f.MaxLen, len(list)), "Send fewer or more members, in several calls if needed.")
	}
	one := &Field{Type: f.Type.Elem(), Nested: f.Nested}
	out := make([]any, len(list))
	for i, m := range list {
		at := fmt.Sprintf("%s[%d]", path, i)
		if m == nil || m == "" {
			return nil, Invalid(at, at+" is empty.", "Leave it out of the list.")
		}
		if s, isText := m.(string); isText && f.Place == "query" && strings.Contains(s, ",") {
			return nil, Invalid(at, at+" holds a comma, which parts one id from the next.", "Send each id as a member of its own.")
		}
		checked, fault := one.check(m, at)
		if fault != nil {
			return nil, fault
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
