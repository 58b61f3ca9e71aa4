package jsonread

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"heygen-mcp/internal/plaintext"
)

// What has no other values in it: strings, numbers and the three words.

// literal reads a string as it is spelt, quotes and all. A plain one means what stands between
// them.
func (r *Reader) literal() (literal []byte, plain bool) {
	if r.peek() != '"' {
		r.Fail()
		return nil, false
	}
	start := r.at
	r.begun = start
	plain = true
	for at := start + 1; ; at++ {
		if at += plaintext.Len(r.data[at:]); at >= len(r.data) {
			break
		}
		switch c := r.data[at]; {
		case c == '"':
			r.at = at + 1
			return r.data[start:r.at], plain
		case c == '\\':
			plain = false
			r.at = at
			r.escape()
			if r.err != nil {
				return nil, false
			}
			at = r.at
		case c < ' ':
			r.at = at
			r.Fail()
			return nil, false
		case c >= utf8.RuneSelf:
			plain = false
		}
	}
	r.at = len(r.data)
	r.Fail()
	return nil, false
}

// escape goes to the last byte of an escape.
func (r *Reader) escape() {
	r.at++
	if r.at >= len(r.data) {
		r.Fail()
		return
	}
	switch r.data[r.at] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return
	case 'u':
		begin := r.at - 1
		const digits = 4
		for range digits {
			if r.at++; r.at >= len(r.data) || !hexadecimal(r.data[r.at]) {
				r.Fail()
				return
			}
		}
		r.pair(begin)
		return
	}
	r.Fail()
}

// pair takes notice of an escape that is half of a surrogate pair.
func (r *Reader) pair(begin int) {
	const length = len(`\ud83d`)
	high, low := halves(r.data, begin)
	_, follows := halves(r.data, begin+length)
	switch {
	case high && follows:
		r.paired = begin + length
	case high, low && r.paired != begin:
		if r.half == 0 {
			r.half = begin + 1
		}
	}
}

// halves says which half of a surrogate pair the escape at a place is, if one is there: \ud800 to
// \udbff begin a pair, \udc00 to \udfff end it.
func halves(data []byte, at int) (high, low bool) {
	const second = 3 // the place of the second digit, which tells them apart
	if at+second >= len(data) || data[at] != '\\' || data[at+1] != 'u' || data[at+2]|0x20 != 'd' {
		return false, false
	}
	switch data[at+second] | 0x20 {
	case '8', '9', 'a', 'b':
		return true, false
	case 'c', 'd', 'e', 'f':
		return false, true
	}
	return false, false
}

// unquote gives what a string means that is not plain.
func (r *Reader) unquote(literal []byte) string {
	if r.err != nil {
		return ""
	}
	text := literal[1 : len(literal)-1]
	if utf8.Valid(text) {
		if bytes.IndexByte(text, '\\') < 0 {
			return string(text)
		}
		if s, ok := unescaped(text); ok {
			return s
		}
	}
	// What stands for bytes that are no UTF-8, and for halves of surrogate pairs, is encoding/json's affair.
	var s string
	if json.Unmarshal(literal, &s) != nil {
		r.Fail()
	}
	return s
}

// unescaped is what a text with escapes means, which were found to be right; ok is false for one with surrogate pairs.
func unescaped(text []byte) (s string, ok bool) {
	var b strings.Builder
	b.Grow(len(text))
	for {
		at := bytes.IndexByte(text, '\\')
		if at < 0 {
			b.Write(text)
			return b.String(), true
		}
		b.Write(text[:at])
		c := text[at+1]
		text = text[at+len(`\n`):]
		switch c {
		case 'b':
			c = '\b'
		case 'f':
			c = '\f'
		case 'n':
			c = '\n'
		case 'r':
			c = '\r'
		case 't':
			c = '\t'
		case 'u':
			const digits, base, bits = 4, 16, 32
			code, err := strconv.ParseUint(string(text[:digits]), base, bits)
			if err != nil || utf16.IsSurrogate(rune(code)) { //nolint:gosec // G115: it has four digits
				return "", false
			}
			b.WriteRune(rune(code)) //nolint:gosec // G115: it has four digits
			text = text[digits:]
			continue
		}
		b.WriteByte(c)
	}
}

// word goes past true, false or null.
func (r *Reader) word() {
	for _, word := range []string{"true", "false", "null"} {
		if end := r.at + len(word); end <= len(r.data) && string(r.data[r.at:end]) == word {
			r.at = end
			return
		}
	}
	r.Fail()
}

// number reads a number as it is spelt.
func (r *Reader) number() []byte {
	r.peek()
	start := r.at
	r.begun = start
	r.one("-")
	if !r.one("0") {
		r.digits()
	}
	if r.one(".") {
		r.digits()
	}
	if r.one("eE") {
		r.one("+-")
		r.digits()
	}
	if r.err != nil {
		return nil
	}
	return r.data[start:r.at]
}

// digits goes past one digit and those that follow.
func (r *Reader) digits() {
	if r.at >= len(r.data) || !digit(r.data[r.at]) {
		r.Fail()
	}
	for r.at < len(r.data) && digit(r.data[r.at]) {
		r.at++
	}
}

// one goes past the next byte if it is one of these.
func (r *Reader) one(of string) bool {
	if r.at >= len(r.data) || strings.IndexByte(of, r.data[r.at]) < 0 {
		return false
	}
	r.at++
	return true
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

func hexadecimal(c byte) bool {
	return digit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}
