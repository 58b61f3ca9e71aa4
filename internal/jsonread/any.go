package jsonread

import (
	"bytes"
	"encoding/json"
)

// Decode reads exactly one JSON value, as Any does. Nothing is null.
func Decode(raw json.RawMessage) (any, error) {
	if len(bytes.TrimSpace(raw)) == 0 {
		return nil, nil
	}
	r := New(raw)
	v := r.Any()
	if err := r.End(); err != nil {
		return nil, err
	}
	return v, nil
}

// Any reads any value, as encoding/json puts one into an any. Numbers are json.Number, as they are spelt. The strings
// of a short text are parts of one copy of it; of a long one each is a copy of its own, so that whoever keeps one keeps
// no more than that.
func (r *Reader) Any() any {
	const short = 4 << 10 // bytes
	if len(r.data) <= short {
		r.text = string(r.data)
	}
	const bytesOfMember, most = 64, 32 // as HeyGen's answers have them
	return r.any(nil, min(len(r.data)/bytesOfMember, most))
}

// any reads any value. Where an object is expected, like has the names of one like it, which are collected where it is
// empty, and members is how many it may have: a map that grows is made anew each time.
func (r *Reader) any(like *[]string, members int) any {
	switch c := r.peek(); c {
	case '{':
		return r.object(like, members)
	case '[':
		list := []any{}
		var names []string
		for more := r.open('[', ']'); more; more = r.more(']') {
			list = append(list, r.any(&names, len(names)))
		}
		return list
	case '"':
		return r.String()
	case 't', 'f':
		r.word()
		return c == 't'
	case 'n':
		r.word()
		return nil
	}
	if number := r.number(); number != nil {
		return json.Number(r.part(r.begun, r.begun+len(number)))
	}
	return json.Number("")
}

// object reads an object. The items of a list have the same names, mostly in the same order, and then share them.
func (r *Reader) object(like *[]string, members int) map[string]any {
	object := make(map[string]any, members)
	collects := like != nil && len(*like) == 0
	at := 0
	for more := r.open('{', '}'); more; more = r.more('}') {
		read, plain := r.name()
		var name string
		switch {
		case like != nil && !collects && at < len(*like) && (*like)[at] == string(read):
			name = (*like)[at]
		case plain:
			name = r.part(r.begun+1, r.begun+1+len(read))
		default:
			name = string(read)
		}
		if collects {
			*like = append(*like, name)
		}
		at++
		object[name] = r.any(nil, 0)
	}
	return object
}
