// Package jsonwrite writes JSON as encoding/json does, without the escapes that it has for HTML:
// they make six bytes of one, and signed links are read by people and models. It is a leaf: it knows
// nothing of ours, and everything may use it.
package jsonwrite

import (
	"bytes"
	"encoding/json"
)

// Append writes v after what b holds. After an error, b may hold a part of it.
func Append(b *bytes.Buffer, v any) error {
	if text, ok := tree(b.AvailableBuffer(), v, 0); ok {
		b.Write(text)
		return nil
	}
	return byReflection(b, v)
}

// byReflection has encoding/json write v.
func byReflection(b *bytes.Buffer, v any) error {
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	b.Truncate(b.Len() - 1) // the newline that Encode adds
	return nil
}

// Marshal gives v on one line, without a newline after it.
func Marshal(v any) ([]byte, error) {
	const usual = 512 // bytes: a small answer is written without growing
	if text, ok := tree(make([]byte, 0, usual), v, 0); ok {
		return text, nil
	}
	var b bytes.Buffer
	if err := byReflection(&b, v); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
