package args

import (
	"cmp"
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"heygen-mcp/internal/fieldtags"
	"heygen-mcp/tools/links"
)

// normalize folds the forms in which clients and models send a value into the one that is checked:
// an object or a list as the text of its JSON, a number where a text is due, a word for a boolean,
// a choice in another case, blanks around an id. given is false for what means the same as leaving
// an optional argument out. What it cannot fold it leaves to the check, which refuses it in words.
func (f *Field) normalize(v any) (folded any, given bool) {
	if s, ok := v.(string); ok && f.saysNothing(s) {
		return nil, false
	}
	switch f.Type.Kind() {
	case reflect.String:
		v = f.normalizeText(v)
	case reflect.Bool:
		v = foldBool(onlyMember(v))
	case reflect.Int, reflect.Int64, reflect.Float64:
		v = onlyMember(v)
		if s, ok := v.(string); ok {
			v = f.foldNumber(s)
		}
	case reflect.Slice:
		v = f.normalizeList(v)
	case reflect.Map:
		v = byName(f, objectFromText(v))
	default:
		v = f.normalizeObject(v)
	}
	return v, v != nil && !f.isBlank(v)
}

// isBlank reports whether a value says nothing where this field is left out as well. An empty text is
// said where v3 lets the text be empty, and whatever is empty where the tag empty says what that means.
func (f *Field) isBlank(v any) bool {
	if f.Empty {
		return false
	}
	if _, isText := v.(string); !isText && f.Required {
		return false // it must be given, and how many members it needs says more than that
	}
	switch t := v.(type) {
	case string:
		return !f.MayBeEmpty() && isInvisible(t)
	case []any:
		return len(t) == 0
	case map[string]any:
		return len(t) == 0
	}
	return false
}

// MayBeEmpty reports whether "" is a value of the field, and not the same as leaving it out: of a text
// that v3 lets be empty, and where the tag empty says so.
func (f *Field) MayBeEmpty() bool {
	return f.Empty || f.Type.Kind() == reflect.String && !f.reference && f.MinLen == 0
}

// normalizeText folds what is sent where a text is due.
func (f *Field) normalizeText(v any) any {
	switch t := v.(type) {
	case json.Number:
		v = t.String() // the number of a row or a year, which the client did not quote
	case bool:
		if f.Enum != nil {
			v = strconv.FormatBool(t)
		}
	case map[string]any, []any:
		if isEmpty(v) {
			return nil
		}
		if !f.reference {
			return f.prose(v)
		}
		if size, ok := sizeOf(v); ok && f.Enum != nil {
			v = size
		}
		v = f.named(onlyMember(v))
	}
	s, ok := v.(string)
	if !ok || !f.reference {
		return v
	}
	if s = Trim(s); !f.isURL() {
		s = Narrow(s)
	}
	switch {
	case f.Place == fieldtags.Query && !f.Required && isAnything(s) && (f.Enum != nil || f.Means != nil || f.Lang != "") && !slices.Contains(f.Enum, s):
		return nil // a filter that lets everything through
	case f.Enum != nil:
		s = foldChoice(s, f.Enum)
	case f.Means != nil:
		s = foldChoice(s, f.Means)
	case f.isURL():
		s = plainURL(f.withScheme(s))
	case f.isID():
		s = cmp.Or(links.PageID(s), s)
	}
	return s
}

// isEmpty reports whether v is an object or a list without members.
func isEmpty(v any) bool {
	switch t := v.(type) {
	case map[string]any:
		return len(t) == 0
	case []any:
		return len(t) == 0
	}
	return false
}

// objectFromText reads an object that is sent as the text of its JSON. A list without members is how
// some languages write an object without any.
func objectFromText(v any) any {
	if s, ok := v.(string); ok {
		text := Trim(s)
		if text == "" {
			return nil
		}
		if strings.HasPrefix(text, `"`) { // the text of a text
			if parsed, err := Decode([]byte(strings.TrimSpace(s))); err == nil {
				text, _ = parsed.(string)
			}
		}
		if text = strings.TrimSpace(text); strings.HasPrefix(text, "{") {
			if parsed, err := Decode([]byte(text)); err == nil {
				return parsed
			}
		}
	}
	if list, ok := v.([]any); ok && len(list) == 0 {
		return map[string]any{}
	}
	return v
}

// Trim takes away what is invisible around an id, a URL, a choice or a language, and one pair of
// quotes: what comes along when these are copied.
func Trim(s string) string {
	if n := len(s); n > 0 && isPlain(s[0]) && isPlain(s[n-1]) {
		return s
	}
	s = strings.TrimFunc(s, invisible)
	first, size := utf8.DecodeRuneInString(s)
	if last, ok := closingQuote(first); ok && len(s) > size && strings.HasSuffix(s, last) {
		inner := strings.TrimFunc(strings.TrimSuffix(s[size:], last), invisible)
		if !strings.Contains(inner, last) {
			return inner
		}
	}
	return s
}

// isPlain reports whether a byte is an ASCII letter or digit.
func isPlain(c byte) bool {
	return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || 'A' <= c && c <= 'Z'
}

// invisible reports whether a character cannot be seen: blanks of any width, and the marks of
// direction, joining and byte order that copied text has around it.
func invisible(c rune) bool {
	return unicode.IsSpace(c) || unicode.Is(unicode.Cf, c) || unicode.IsControl(c) || c == '\u3164' || c == '\u2800'
}

// isReference reports whether a text names something, as ids, URLs, choices and languages do, and is
// not read by anybody: what is invisible around it is then no part of it.
func isReference(f *Field) bool {
	if f.Enum != nil || f.Means != nil || f.Lang != "" || f.Place == fieldtags.Path || f.Place == fieldtags.Query {
		return true
	}
	last := f.Name[strings.LastIndexByte(f.Name, '_')+1:]
	switch last {
	case "id", "ids", "url", "uri", "urls", "language", "languages", "locale", "token", "type", "types",
		"color", "format", "mode", "code", "country", "gender", "email", "kind", "engine", "version",
		"sha256", "filename", "key", "event", "events", "ratio", "resolution", "orientation", "role", "preset":
		return true
	}
	return f.Pattern != nil && !f.Pattern.MatchString("")
}
