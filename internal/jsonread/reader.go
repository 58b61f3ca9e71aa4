// Package jsonread reads JSON that is already in memory, each byte once. It takes exactly what
// encoding/json takes, which looks at every byte two or three times and cannot hand out a part
// without copying it. It is a leaf: it knows nothing of ours, and everything may use it.
package jsonread

import (
	"encoding/json"
	"fmt"
)

// maxDepth is how deep encoding/json lets values stand in one another, so that none of them can
// exhaust the stack.
const maxDepth = 10000

// Reader reads one JSON value and what is in it from front to back. After the first fault
// everything reads as nothing, so that it is enough to ask End once.
type Reader struct {
	data    []byte
	text    string // data, where strings are parts of it
	at      int
	begun   int // where the last string or number begins
	depth   int
	deepest int
	values  int
	paired  int // where the second escape of a surrogate pair begins
	half    int // where the first half of a pair stands alone, and one more; 0 where none does
	err     error
}

// New is a Reader of data, which must not change as long as what was read is in use.
func New(data []byte) *Reader { return &Reader{data: data} }

// End says what was wrong, be it that data has more than the one value.
func (r *Reader) End() error {
	if r.peek() != 0 || r.err == nil && r.at < len(r.data) {
		r.Fail()
	}
	return r.err
}

// Shape is how many objects and lists stood in one another at the most, and how many members and
// items all of those that were read had.
func (r *Reader) Shape() (depth, values int) { return r.deepest, r.values }

// HalfPair is where the first escape begins, among the strings that were read, that stands for half
// of a surrogate pair and has no other half beside it. It is no character: encoding/json puts
// U+FFFD in its place.
func (r *Reader) HalfPair() (at int, found bool) { return r.half - 1, r.half > 0 }

// Fail ends the reading with an error: the caller has no use for the value that comes next.
func (r *Reader) Fail() {
	if r.err == nil {
		r.err = fmt.Errorf("unexpected JSON at byte %d of %d", r.at, len(r.data))
	}
}

// Object reads an object. each is told the name of every member, which is its own for the time of
// the call, and must read the value.
func (r *Reader) Object(each func(name []byte)) {
	for more := r.open('{', '}'); more; more = r.more('}') {
		if name, _ := r.name(); r.err == nil {
			each(name)
		}
	}
}

// List reads a list. each must read one item.
func (r *Reader) List(each func()) {
	for more := r.open('[', ']'); more; more = r.more(']') {
		each()
	}
}

// String reads a string.
func (r *Reader) String() string {
	literal, plain := r.literal()
	if plain {
		return r.part(r.begun+1, r.begun+len(literal)-1)
	}
	return r.unquote(literal)
}

// part is a part of data as a string.
func (r *Reader) part(from, to int) string {
	if r.text != "" {
		return r.text[from:to]
	}
	return string(r.data[from:to])
}

// Raw reads any value and gives it as it is spelt: a part of what the Reader was made of.
func (r *Reader) Raw() json.RawMessage {
	r.peek()
	start := r.at
	r.skip()
	if r.err != nil {
		return nil
	}
	return r.data[start:r.at:r.at]
}

// Members reads any value, as Raw does. each is told the name of every member if the value is an object, as Object
// does.
func (r *Reader) Members(each func(name []byte)) json.RawMessage {
	if r.peek() != '{' {
		return r.Raw()
	}
	start := r.at
	r.Object(each)
	if r.err != nil {
		return nil
	}
	return r.data[start:r.at:r.at]
}

// skip goes past any value.
func (r *Reader) skip() {
	switch r.peek() {
	case '{':
		for more := r.open('{', '}'); more; more = r.more('}') {
			r.literal()
			r.expect(':')
			r.skip()
		}
	case '[':
		for more := r.open('[', ']'); more; more = r.more(']') {
			r.skip()
		}
	case '"':
		r.literal()
	case 't', 'f', 'n':
		r.word()
	default:
		r.number()
	}
}

// peek is the next byte that is no space; 0, which begins nothing, where there is none to read.
func (r *Reader) peek() byte {
	if r.err != nil {
		return 0
	}
	for ; r.at < len(r.data); r.at++ {
		switch c := r.data[r.at]; c {
		case ' ', '\t', '\n', '\r':
		default:
			return c
		}
	}
	return 0
}

// take goes past the next byte if it is c.
func (r *Reader) take(c byte) bool {
	if c == 0 || r.peek() != c {
		return false
	}
	r.at++
	return true
}

// expect goes past c, which must come next.
func (r *Reader) expect(c byte) {
	if !r.take(c) {
		r.Fail()
	}
}

// open begins an object or a list and says whether there is something in it.
func (r *Reader) open(begin, end byte) bool {
	r.expect(begin)
	r.depth++
	r.deepest = max(r.deepest, r.depth)
	if r.depth > maxDepth {
		r.Fail()
	}
	if r.take(end) {
		r.depth--
		return false
	}
	r.values++
	return r.err == nil
}

// more says whether an object or a list goes on, and ends it where it does not.
func (r *Reader) more(end byte) bool {
	if r.take(',') {
		r.values++
		return true
	}
	r.expect(end)
	r.depth--
	return false
}

// name reads the name of a member and what parts it from the value. A plain one is spelt as it is.
func (r *Reader) name() (name []byte, plain bool) {
	literal, plain := r.literal()
	r.expect(':')
	if plain {
		return literal[1 : len(literal)-1], true
	}
	return []byte(r.unquote(literal)), false
}
