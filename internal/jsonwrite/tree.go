package jsonwrite

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"heygen-mcp/internal/plaintext"
)

// appendTree writes what JSON reads into an any, after what b holds: encoding/json goes over such a tree by reflection,
// and copies each map to sort it. It reports false for any other value, and for what encoding/json would refuse or
// mend; b then holds a part of it. Fuzzing holds the two to each other.
func appendTree(b []byte, v any, depth int) ([]byte, bool) {
	const deepest = 1000 // encoding/json looks for circles from there on
	if depth > deepest {
		return b, false
	}
	switch v := v.(type) {
	case nil:
		return append(b, "null"...), true
	case string:
		return appendString(b, v)
	case bool:
		return strconv.AppendBool(b, v), true
	case int:
		return strconv.AppendInt(b, int64(v), 10), true
	case json.Number:
		return appendNumber(b, string(v))
	case map[string]any:
		return appendObject(b, v, depth)
	case []any:
		return appendList(b, v, func(b []byte, item any) ([]byte, bool) { return appendTree(b, item, depth+1) })
	case []string:
		return appendList(b, v, appendString)
	}
	leaf := bytes.NewBuffer(b)
	if err := byReflection(leaf, v); err != nil {
		return b, false
	}
	return leaf.Bytes(), true
}

// appendList writes the items of a list, each by write.
func appendList[T any](b []byte, v []T, write func([]byte, T) ([]byte, bool)) ([]byte, bool) {
	if v == nil {
		return append(b, "null"...), true
	}
	b = append(b, '[')
	for i, item := range v {
		if i > 0 {
			b = append(b, ',')
		}
		var ok bool
		if b, ok = write(b, item); !ok {
			return b, false
		}
	}
	return append(b, ']'), true
}

// appendObject writes the members by their names, as encoding/json does.
func appendObject(b []byte, v map[string]any, depth int) ([]byte, bool) {
	if v == nil {
		return append(b, "null"...), true
	}
	const usual = 32 // members, whose names take no memory of their own
	names := slices.AppendSeq(make([]string, 0, usual), maps.Keys(v))
	slices.Sort(names)
	b = append(b, '{')
	for i, name := range names {
		if i > 0 {
			b = append(b, ',')
		}
		var ok bool
		if b, ok = appendString(b, name); !ok {
			return b, false
		}
		b = append(b, ':')
		if b, ok = appendTree(b, v[name], depth+1); !ok {
			return b, false
		}
	}
	return append(b, '}'), true
}

// appendString writes a string. What is not UTF-8 is left to encoding/json, which puts U+FFFD in its place.
func appendString(b []byte, s string) ([]byte, bool) {
	b = append(b, '"')
	from := 0
	for i := plaintext.LenString(s); i < len(s); i += plaintext.LenString(s[i:]) {
		if c := s[i]; c < utf8.RuneSelf {
			b = appendEscape(append(b, s[from:i]...), c)
			i++
			from = i
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 {
			return b, false
		}
		if r == '\u2028' || r == '\u2029' { // which end lines in JavaScript
			b = append(b, s[from:i]...)
			b = append(b, `\u202`...)
			b = append(b, "0123456789abcdef"[r&0xF])
			from = i + size
		}
		i += size
	}
	return append(append(b, s[from:]...), '"'), true
}

// appendEscape writes a byte that may not stand in a string.
func appendEscape(b []byte, c byte) []byte {
	const hex = "0123456789abcdef"
	switch c {
	case '"', '\\':
		return append(b, '\\', c)
	case '\b':
		return append(b, '\\', 'b')
	case '\f':
		return append(b, '\\', 'f')
	case '\n':
		return append(b, '\\', 'n')
	case '\r':
		return append(b, '\\', 'r')
	case '\t':
		return append(b, '\\', 't')
	}
	return append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&0xF])
}

// appendNumber writes a number that is surely one; encoding/json judges the others.
func appendNumber(b []byte, s string) ([]byte, bool) {
	digits := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			digits++
		case c == '-' && i == 0, c == '.' && digits > 0 && i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9':
		default:
			return b, false
		}
	}
	unsigned := s
	if len(s) > 0 && s[0] == '-' {
		unsigned = s[1:]
	}
	if digits == 0 || len(unsigned) > 1 && unsigned[0] == '0' && unsigned[1] != '.' || strings.Count(s, ".") > 1 {
		return b, false
	}
	return append(b, s...), true
}
