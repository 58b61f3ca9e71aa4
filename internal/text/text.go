// Package text shortens what others wrote before it is repeated. It is a leaf: it knows nothing of
// ours, and everything may use it.
package text

import "unicode/utf8"

// Clip gives s, or as much of it as Truncate does with an ellipsis after it, which is not counted.
func Clip(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	return Truncate(s, limit) + "…"
}

// Truncate gives the first limit bytes of s, or a few less: it cuts no character in two.
func Truncate(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	s = s[:max(limit, 0)]
	for s != "" {
		if r, size := utf8.DecodeLastRuneInString(s); r != utf8.RuneError || size != 1 {
			break
		}
		s = s[:len(s)-1]
	}
	return s
}
