package jsonwrite

import (
	"encoding/json"
	"unicode/utf8"

	"heygen-mcp/internal/plaintext"
)

// Size is how many bytes Marshal gives for v, which it finds without writing what JSON reads into an any. An error is
// Marshal's.
func Size(v any) (int, error) {
	const around = 2 // brackets, braces or quotes
	switch v := v.(type) {
	case nil:
		return len("null"), nil
	case bool:
		if v {
			return len("true"), nil
		}
		return len("false"), nil
	case string:
		if n, ok := textSize(v); ok {
			return n, nil
		}
	case json.Number:
		if b, ok := appendNumber(nil, string(v)); ok {
			return len(b), nil
		}
	case []any:
		if v == nil {
			break
		}
		size := around + max(len(v)-1, 0)
		for _, item := range v {
			n, err := Size(item)
			if err != nil {
				return 0, err
			}
			size += n
		}
		return size, nil
	case map[string]any:
		if v == nil {
			break
		}
		size := around + max(len(v)-1, 0)
		for name, member := range v {
			key, err := Size(name)
			if err != nil {
				return 0, err
			}
			value, err := Size(member)
			if err != nil {
				return 0, err
			}
			size += key + len(":") + value
		}
		return size, nil
	}
	raw, err := Marshal(v)
	return len(raw), err
}

// textSize is the size of a string, as text writes it.
func textSize(s string) (size int, ok bool) {
	const quotes, longest = 2, len(`\u001f`)
	var room [longest]byte
	size = quotes + len(s)
	for i := plaintext.LenString(s); i < len(s); i += plaintext.LenString(s[i:]) {
		if c := s[i]; c < utf8.RuneSelf {
			size += len(appendEscape(room[:0], c)) - 1
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 || r == '\u2028' || r == '\u2029' {
			return 0, false
		}
		i += n
	}
	return size, true
}
