// Package jsonwrite writes JSON as encoding/json does, without the escapes that it has for HTML:
// they make six bytes of one, and signed links are read by people and models. It is a leaf: it knows
// nothing of ours, and everything may use it.
package jsonwrite

import (
	"bytes"
	"encoding/json"
	"sync"
)

// Append writes v after what b holds. After an error, b may hold a part of it.
func Append(b *bytes.Buffer, v any) error {
	if text, ok := appendTree(b.AvailableBuffer(), v, 0); ok {
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

// scratch is memory that answers are written into before their size is known.
var scratch = sync.Pool{New: func() any { return new([]byte) }} //nolint:gochecknoglobals // whose it was says nothing

// Marshal gives v on one line, without a newline after it.
func Marshal(v any) ([]byte, error) {
	const largest = 64 << 10 // a rare long answer must not keep its memory for ever
	room := scratch.Get().(*[]byte)
	text, ok := appendTree((*room)[:0], v, 0)
	if cap(text) <= largest {
		*room = text
	}
	defer scratch.Put(room)
	if ok {
		return bytes.Clone(text), nil
	}
	var b bytes.Buffer
	if err := byReflection(&b, v); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
