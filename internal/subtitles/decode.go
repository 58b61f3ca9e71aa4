package subtitles

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// Text decodes the bytes of a file, if they are text.
func Text(raw []byte) (string, error) { return decode(raw) }

// decode reads the bytes of a file as text: UTF-8, or UTF-16 with or without a byte order mark.
func decode(raw []byte) (string, error) {
	if rest, ok := bytes.CutPrefix(raw, []byte("\xef\xbb\xbf")); ok {
		raw = rest
	}
	if rest, ok := bytes.CutPrefix(raw, []byte("\xff\xfe")); ok {
		return fromUTF16(rest, binary.LittleEndian)
	}
	if rest, ok := bytes.CutPrefix(raw, []byte("\xfe\xff")); ok {
		return fromUTF16(rest, binary.BigEndian)
	}
	if len(raw) >= 2 {
		// A file of subtitles begins with a digit or a letter of ASCII, which is half zeros in UTF-16.
		switch {
		case raw[0] != 0 && raw[1] == 0:
			return fromUTF16(raw, binary.LittleEndian)
		case raw[0] == 0 && raw[1] != 0:
			return fromUTF16(raw, binary.BigEndian)
		}
	}
	if !utf8.Valid(raw) {
		line := 1 + bytes.Count(raw[:firstInvalid(raw)], []byte("\n"))
		return "", &Error{Line: line, Reason: "the text is neither UTF-8 nor UTF-16; save the file as UTF-8"}
	}
	return string(raw), nil
}

// fromUTF16 reads UTF-16.
func fromUTF16(raw []byte, order binary.ByteOrder) (string, error) {
	if len(raw)%2 != 0 {
		return "", &Error{Reason: "the file is UTF-16 and ends in the middle of a character"}
	}
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = order.Uint16(raw[2*i:])
	}
	return string(utf16.Decode(units)), nil
}

// firstInvalid is where the first byte stands that is no UTF-8.
func firstInvalid(raw []byte) int {
	for i := 0; i < len(raw); {
		r, size := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(raw)
}
