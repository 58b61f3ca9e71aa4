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

// check checks one value and gives its canonical form; ok is false where it was refused.
func (r *reader) check(f *Field, v any, path string) (canonical any, ok bool) {
	var fault *Fault
	switch f.Type.Kind() {
	case reflect.String:
		if s, is := v.(string); is && f.Lang != "" {
			v, fault = r.spoken(f, s, path)
		}
		if s, is := v.(string); is && f.readText != nil {
			v, fault = f.readText(s, path)
		}
		if fault == nil {
			fault = f.checkText(v, path)
		}
	case reflect.Bool:
		if _, is := v.(bool); !is {
			fault = Invalid(path, path+" must be true or false.", "Send true or false.")
		}
	case reflect.Int, reflect.Int64, reflect.Float64:
		v, fault = f.checkNumber(v, path)
	case reflect.Slice:
		return r.checkList(f, v, path)
	case reflect.Map:
		return r.checkMap(f, v, path)
	default:
		m, is := v.(map[string]any)
		if !is {
			fault = Invalid(path, path+" must be an object.", "Send an object with: "+f.Nested.choices()+".")
			break
		}
		return m, r.object(f.Nested, m, path)
	}
	if fault != nil {
		r.add(fault, rankValue)
	}
	return v, fault == nil
}

// checkText checks text: its choices, its length in characters, its pattern.
func (f *Field) checkText(v any, path string) *Fault {
	s, ok := v.(string)
	if !ok {
		return Invalid(path, path+" must be a string.", strings.TrimSuffix("Send text: "+f.Doc, ": ")+f.fullStop())
	}
	if f.Enum != nil && !slices.Contains(f.Enum, s) {
		return NotAChoice(path, f.Enum)
	}
	n := utf8.RuneCountInString(s)
	switch {
	case s == "" && f.Required && f.reference && !f.Empty:
		return Invalid(path, path+" is empty.", "Send it: "+f.Doc)
	case f.MinLen > 0 && n < f.MinLen:
		return Invalid(path, fmt.Sprintf("%s must have at least %d characters.", path, f.MinLen), "Send a longer text, or leave it out if it is optional.")
	case f.MaxLen > 0 && n > f.MaxLen:
		return Invalid(path, fmt.Sprintf("%s must have at most %d characters; it has %d.", path, f.MaxLen, n), cmp.Or(f.TooLong, "Shorten it or split the work."))
	case f.Spoken && !IsSpeakable(s):
		return Invalid(path, path+" has no letter and no digit, so there is nothing to speak.", "Send words in "+path+"; punctuation and pictures are not spoken.")
	case f.Pattern != nil && !f.Pattern.MatchString(s):
		return Invalid(path, path+" has characters that are not allowed.", "It must match "+f.Pattern.String()+".")
	}
	return nil
}

// fullStop ends a sentence that nothing is said in about the field.
func (f *Field) fullStop() string {
	if f.Doc == "" {
		return "."
	}
	return ""
}

// checkNumber checks a number, also one sent in quotes, without losing its precision.
func (f *Field) checkNumber(v any, path string) (any, *Fault) {
	var text string
	switch t := v.(type) {
	case json.Number:
		text = t.String()
	case string:
		if text = t; !json.Valid([]byte(text)) {
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

// checkList checks a list and each of its members.
func (r *reader) checkList(f *Field, v any, path string) (any, bool) {
	list, ok := v.([]any)
	if !ok {
		r.add(Invalid(path, path+" must be a list.", "Send a JSON array."), rankValue)
		return nil, false
	}
	most := f.MaxLen
	if f.Lang != "" {
		most *= repeatsOfLanguages
	}
	if len(list) < f.MinLen || most > 0 && len(list) > most {
		r.add(f.wrongCount(len(list), path), rankValue)
		return nil, false
	}
	one := f.member()
	out := make([]any, len(list))
	for i, m := range list {
		at := fmt.Sprintf("%s[%d]", path, i)
		m, given := one.normalize(m)
		if !given {
			r.add(Invalid(at, at+" is empty.", "Leave it out of the list."), rankValue)
			ok = false
			continue
		}
		if s, isText := m.(string); isText && f.Place == "query" && slices.Contains([]byte(s), ',') {
			r.add(Invalid(at, at+" holds a comma, which parts one id from the next.", "Send each id as a member of its own."), rankValue)
			ok = false
			continue
		}
		checked, fine := r.check(one, m, at)
		out[i], ok = checked, ok && fine
	}
	if f.Lang != "" && ok {
		out = r.spokenOnce(out, path)
		if f.MaxLen > 0 && len(out) > f.MaxLen {
			r.add(f.wrongCount(len(out), path), rankValue)
			return nil, false
		}
	}
	return out, ok
}

// repeatsOfLanguages is how many times the members that it takes a list of languages may have: those that
// mean the same count once.
const repeatsOfLanguages = 4

// wrongCount refuses a list for its length.
func (f *Field) wrongCount(n int, path string) *Fault {
	switch {
	case f.MaxLen == 0:
		return Invalid(path, fmt.Sprintf("%s must have at least %d members; it has %d.", path, f.MinLen, n), "Send more members.")
	case f.MinLen == 0:
		return Invalid(path, fmt.Sprintf("%s must have at most %d members; it has %d.", path, f.MaxLen, n), "Send fewer, in several calls if needed.")
	}
	return Invalid(path, fmt.Sprintf("%s must have %d to %d members; it has %d.", path, f.MinLen, f.MaxLen, n), "Send fewer or more members, in several calls if needed.")
}

// checkMap checks a free map, whose keys are the caller's own.
func (r *reader) checkMap(f *Field, v any, path string) (any, bool) {
	m, ok := v.(map[string]any)
	if !ok {
		r.add(Invalid(path, path+" must be an object.", "Send an object: "+f.Doc), rankValue)
		return nil, false
	}
	if f.Nested == nil {
		return m, true
	}
	one := f.member()
	for _, key := range SortedKeys(m) {
		at := Join(path, Clip(key))
		v, given := one.normalize(m[key])
		if !given {
			r.add(Invalid(at, at+" is empty.", "Send an object with: "+f.Nested.choices()+"; or leave it out."), rankValue)
			ok = false
			continue
		}
		checked, fine := r.check(one, v, at)
		m[key], ok = checked, ok && fine
	}
	return m, ok
}

// member is the field that each member of a list or a map is checked as.
func (f *Field) member() *Field {
	if f.each != nil {
		return f.each
	}
	elem := f.Type.Elem()
	if elem.Kind() == reflect.Pointer {
		elem = elem.Elem()
	}
	return &Field{Name: f.Name, Type: elem, Nested: f.Nested, Empty: f.Nested != nil, Lang: f.Lang, LangsOf: f.LangsOf, Means: f.Means, reference: f.reference}
}
