// Package plaintext finds what a JSON string spells as it is: printable ASCII but for the quote and the backslash, which nearly all that
// HeyGen sends and takes is made of. It is a leaf, for those who read and write JSON.
package plaintext

const (
	word  = 8                  // bytes that are looked at together
	ones  = 0x0101010101010101 // a one in each byte
	highs = 0x8080808080808080 // the highest bit of each
)

// Len is how long the beginning of s is that is spelt as it is. It looks at eight bytes at once: in a word, a byte below a bound borrows
// from its highest bit when the bound is taken away, and a byte that is sought is zero after an exclusive or with it.
func Len[T string | []byte](s T) int {
	n := 0
	for len(s) >= word {
		w := uint64(s[7])<<56 | uint64(s[6])<<48 | uint64(s[5])<<40 | uint64(s[4])<<32 |
			uint64(s[3])<<24 | uint64(s[2])<<16 | uint64(s[1])<<8 | uint64(s[0])
		quote, backslash := w^(ones*'"'), w^(ones*'\\')
		other := (w - ones*' ') &^ w
		other |= (quote - ones) &^ quote
		other |= (backslash - ones) &^ backslash
		if (other|w)&highs != 0 {
			break
		}
		s, n = s[word:], n+word
	}
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x80 || c == '"' || c == '\\' {
			return n + i
		}
	}
	return n + len(s)
}
