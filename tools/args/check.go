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

	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/forms"
	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/args/spelling"
)

// check checks one value and gives its canonical form; ok is false where it was refused.
func (r *reader) check(f *inputs.Field, v any, path string) (canonical any, ok bool) {
	var fault *faults.Fault
	switch f.Type.Kind() {
	case reflect.String:
		if s, is := v.(string); is && f.Lang != "" {
			v, fault = r.languageWord(f, s, path)
		}
		if s, is := v.(string); is && f.ReadText != nil {
			v, fault = f.ReadText(s, path)
		}
		if fault == nil {
			fault = checkText(f, v, path)
		}
	case reflect.Bool:
		if _, is := v.(bool); !is {
			fault = faults.Invalid(path, path+" must be true or false.", "Send true or false.")
		}
	case reflect.Int, reflect.Int64, reflect.Float64:
		v, fault = checkNumber(f, v, path)
	case reflect.Slice:
		return r.checkList(f, v, path)
	case reflect.Map:
		return r.checkMap(f, v, path)
	default:
		m, is := v.(map[string]any)
		if !is {
			fault = faults.Invalid(path, path+" must be an object.", "Send an object with: "+f.Nested.Choices()+".")
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
func checkText(f *inputs.Field, v any, path string) *faults.Fault {
	s, ok := v.(string)
	if !ok {
		return faults.Invalid(path, path+" must be a string.", strings.TrimSuffix("Send text: "+f.Doc, ": ")+fullStop(f))
	}
	if f.Enum != nil && !slices.Contains(f.Enum, s) {
		return faults.NotAChoice(path, f.Enum)
	}
	n := utf8.RuneCountInString(s)
	switch {
	case s == "" && f.Required && f.Reference && !f.Empty:
		return faults.Invalid(path, path+" is empty.", "Send it: "+f.Doc)
	case f.MinLen > 0 && n < f.MinLen:
		return faults.Invalid(path, fmt.Sprintf("%s must have at least %d characters.", path, f.MinLen), "Send a longer "+
			"text, or leave it out if it is optional.")
	case f.MaxLen > 0 && n > f.MaxLen:
		return faults.Invalid(path, fmt.Sprintf("%s must have at most %d characters; it has %d.", path, f.MaxLen, n), cmp.Or(f.TooLong, "Shorten it or split the work."))
	case f.Spoken && !spelling.IsSpeakable(s):
		return faults.Invalid(path, path+" has no letter and no digit, so there is nothing to speak.", "Send words in "+path+
			"; punctuation and pictures are not spoken.")
	case f.Pattern != nil && !f.Pattern.MatchString(s):
		return faults.Invalid(path, path+" has characters that are not allowed.", "It must match "+f.Pattern.String()+".")
	}
	return nil
}

// fullStop ends a sentence that nothing is said in about the field.
func fullStop(f *inputs.Field) string {
	if f.Doc == "" {
		return "."
	}
	return ""
}

// checkNumber checks a number, also one sent in quotes, without losing its precision.
func checkNumber(f *inputs.Field, v any, path string) (any, *faults.Fault) {
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
		return nil, faults.Invalid(path, path+" must be a number.", "Send "+bounds(f)+".")
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
			return nil, faults.Invalid(path, path+" must be a whole number.", "Send "+bounds(f)+".")
		}
		canonical = strconv.FormatInt(i, 10)
	}
	if f.Min != nil && n < *f.Min || f.Max != nil && n > *f.Max || f.ExclusiveMin != nil && n <= *f.ExclusiveMin {
		return nil, faults.Invalid(path, fmt.Sprintf("%s must be %s.", path, bounds(f)), "Send "+bounds(f)+".")
	}
	return json.Number(canonical), nil
}

// bounds says in words what a number may be.
func bounds(f *inputs.Field) string {
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
func (r *reader) checkList(f *inputs.Field, v any, path string) (any, bool) {
	list, ok := v.([]any)
	if !ok {
		r.add(faults.Invalid(path, path+" must be a list.", "Send a JSON array."), rankValue)
		return nil, false
	}
	most := f.MaxLen
	if f.Lang != "" {
		most *= repeatsOfLanguages
	}
	if len(list) < f.MinLen || most > 0 && len(list) > most {
		r.add(wrongCount(f, len(list), path), rankValue)
		return nil, false
	}
	one := f.Member()
	out := make([]any, len(list))
	for i, m := range list {
		at := fmt.Sprintf("%s[%d]", path, i)
		m, given := forms.Normalize(one, m)
		if !given {
			r.add(faults.Invalid(at, at+" is empty.", "Leave it out of the list."), rankValue)
			ok = false
			continue
		}
		if s, isText := m.(string); isText && f.Place == "query" && slices.Contains([]byte(s), ',') {
			r.add(faults.Invalid(at, at+" holds a comma, which parts one id from the next.", "Send each id as a member of its own."), rankValue)
			ok = false
			continue
		}
		checked, fine := r.check(one, m, at)
		out[i], ok = checked, ok && fine
	}
	if f.Lang != "" && ok {
		out = r.distinctLanguages(out, path)
		if f.MaxLen > 0 && len(out) > f.MaxLen {
			r.add(wrongCount(f, len(out), path), rankValue)
			return nil, false
		}
	}
	return out, ok
}

// repeatsOfLanguages is how many times the members that it takes a list of languages may have: those that
// mean the same count once.
const repeatsOfLanguages = 4

// wrongCount refuses a list for its length.
func wrongCount(f *inputs.Field, n int, path string) *faults.Fault {
	switch {
	case f.MaxLen == 0:
		return faults.Invalid(path, fmt.Sprintf("%s must have at least %d members; it has %d.", path, f.MinLen, n), "Send more members.")
	case f.MinLen == 0:
		return faults.Invalid(path, fmt.Sprintf("%s must have at most %d members; it has %d.", path, f.MaxLen, n), "Send fewer, in several calls if needed.")
	}
	return faults.Invalid(path, fmt.Sprintf("%s must have %d to %d members; it has %d.", path, f.MinLen, f.MaxLen, n), "Send fewer or more members, in several calls if needed.")
}

// checkMap checks a free map, whose keys are the caller's own.
func (r *reader) checkMap(f *inputs.Field, v any, path string) (any, bool) {
	m, ok := v.(map[string]any)
	if !ok {
		r.add(faults.Invalid(path, path+" must be an object.", "Send an object: "+f.Doc), rankValue)
		return nil, false
	}
	if f.Nested == nil {
		return m, true
	}
	one := f.Member()
	for _, key := range faults.SortedKeys(m) {
		at := faults.Join(path, faults.Clip(key))
		v, given := forms.Normalize(one, m[key])
		if !given {
			r.add(faults.Invalid(at, at+" is empty.", "Send an object with: "+f.Nested.Choices()+"; or leave it out."), rankValue)
			ok = false
			continue
		}
		checked, fine := r.check(one, v, at)
		m[key], ok = checked, ok && fine
	}
	return m, ok
}
