// Package forms owns the forms in which clients and models send the value of one argument, and
// folds them into the one that is checked: a list as text, a number with its unit, an object as a
// bare word, a word for nothing. It knows what the argument is declared as, and neither the call
// around it nor what is refused: what it cannot fold it leaves as it came.
//
// Reading order: normalize.go (one value), novalue.go (what says nothing), numbers.go, lists.go and
// wrapped.go, named.go, objects.go, and gather.go (members that lie beside the object that they
// belong into).
package forms

import (
	"cmp"
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"heygen-mcp/internal/fieldtags"
	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/args/spelling"
	"heygen-mcp/tools/links"
)

// Normalize folds the forms in which clients and models send a value into the one that is checked:
// an object or a list as the text of its JSON, a number where a text is due, a word for a boolean,
// a choice in another case, blanks around an id. given is false for what means the same as leaving
// an optional argument out. What it cannot fold it leaves to the check, which refuses it in words.
func Normalize(f *inputs.Field, v any) (folded any, given bool) {
	if s, ok := v.(string); ok && saysNothing(f, s) {
		return nil, false
	}
	switch f.Type.Kind() {
	case reflect.String:
		v = normalizeText(f, v)
	case reflect.Bool:
		v = spelling.Bool(spelling.OnlyMember(v))
	case reflect.Int, reflect.Int64, reflect.Float64:
		v = spelling.OnlyMember(v)
		if s, ok := v.(string); ok {
			v = foldNumber(f, s)
		}
	case reflect.Slice:
		v = normalizeList(f, v)
	case reflect.Map:
		v = byName(f, spelling.ObjectFromText(v))
	default:
		v = normalizeObject(f, v)
	}
	return v, v != nil && !isBlank(f, v)
}

// isBlank reports whether a value says nothing where this field is left out as well. An empty text is
// said where v3 lets the text be empty, and whatever is empty where the tag empty says what that means.
func isBlank(f *inputs.Field, v any) bool {
	if f.Empty {
		return false
	}
	if _, isText := v.(string); !isText && f.Required {
		return false // it must be given, and how many members it needs says more than that
	}
	switch t := v.(type) {
	case string:
		return !f.MayBeEmpty() && spelling.IsBlank(t)
	case []any:
		return len(t) == 0
	case map[string]any:
		return len(t) == 0
	}
	return false
}

// normalizeText folds what is sent where a text is due.
func normalizeText(f *inputs.Field, v any) any {
	switch t := v.(type) {
	case json.Number:
		v = t.String() // the number of a row or a year, which the client did not quote
	case bool:
		if f.Enum != nil {
			v = strconv.FormatBool(t)
		}
	case map[string]any, []any:
		if spelling.IsEmpty(v) {
			return nil
		}
		if !f.Reference {
			return prose(f, v)
		}
		if size, ok := spelling.Size(v); ok && f.Enum != nil {
			v = size
		}
		v = named(f, spelling.OnlyMember(v))
	}
	s, ok := v.(string)
	if !ok || !f.Reference {
		return v
	}
	if s = spelling.Trim(s); !f.IsURL() {
		s = spelling.Narrow(s)
	}
	switch {
	case f.Place == fieldtags.Query && !f.Required && spelling.IsAnything(s) && (f.Enum != nil || f.Means != nil || f.Lang != "") && !slices.Contains(f.Enum, s):
		return nil // a filter that lets everything through
	case f.Enum != nil:
		s = spelling.Choice(s, f.Enum)
	case f.Means != nil:
		s = spelling.Choice(s, f.Means)
	case f.IsURL():
		s = spelling.URL(withScheme(f, s))
	case f.IsID():
		s = cmp.Or(links.PageID(s), s)
	}
	return s
}

// withScheme gives the address of a receiver of calls its scheme, which people leave out. What else a URL leads to may
// be a file on somebody's disk.
func withScheme(f *inputs.Field, s string) string {
	host, _, _ := strings.Cut(s, "/")
	if !f.Callback || strings.Contains(s, "://") || !strings.Contains(host, ".") || strings.ContainsAny(host, " @\\") {
		return s
	}
	return "https://" + s
}
