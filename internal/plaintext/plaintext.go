// Package plaintext finds what a JSON string spells as it is: printable ASCII but for the quote and the backslash,
// which nearly all that HeyGen sends and takes is made of. It is a leaf, for those who read and write JSON.
package plaintext

import (
	"encoding/binary"
	"math/bits"
	"unsafe"
)

const (
	word     = 8                  // bytes that are looked at together
	byteBits = 8                  // of each
	ones     = 0x0101010101010101 // a one in each byte
	highs    = 0x8080808080808080 // the highest bit of each
)

// Len is how long the beginning of s is that is spelt as it is. It looks at eight bytes at once: where none has its
// highest bit, a byte below a bound gets it by a borrow when the bound is taken away, and a byte that is sought, which
// is zero after an exclusive or with it, when one is taken away. A borrow may reach the bytes behind such a one, never
// those before it, so the lowest mark is right.
func Len(s []byte) int {
	rest := s
	for len(rest) >= word {
		if marks := marked(binary.LittleEndian.Uint64(rest)); marks != 0 {
			return len(s) - len(rest) + bits.TrailingZeros64(marks)/byteBits
		}
		rest = rest[word:]
	}
	if len(s) >= word && len(rest) > 0 {
		// The last word, without what was looked at: where it was are zeros now, the first of which is marked.
		last := binary.LittleEndian.Uint64(s[len(s)-word:]) >> (byteBits * (word - len(rest)))
		return len(s) - len(rest) + bits.TrailingZeros64(marked(last))/byteBits
	}
	for i, c := range rest {
		if c < ' ' || c >= 0x80 || c == '"' || c == '\\' {
			return len(s) - len(rest) + i
		}
	}
	return len(s)
}

// marked has the highest bit of the first byte of a word that is not spelt as it is, and maybe of bytes behind it.
func marked(w uint64) uint64 {
	quote, backslash := w^(ones*'"'), w^(ones*'\\')
	return (w | (w - ones*' ') | (quote - ones) | (backslash - ones)) & highs
}

// LenString is Len of a string.
func LenString(s string) int {
	return Len(unsafe.Slice(unsafe.StringData(s), len(s))) //nolint:gosec // G103: read and not kept, and only as long as s is
}
