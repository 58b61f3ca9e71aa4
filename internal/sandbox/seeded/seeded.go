// Package seeded derives what looks arbitrary (ids, and choices from short lists) from a seed, so
// that the same seed always gives the same sandbox. It knows nothing of what the ids are of.
package seeded

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
)

// Digest is 16 bytes that depend on the seed and the parts only.
func Digest(seed uint64, parts ...any) []byte {
	sum := sha256.Sum256(fmt.Appendln(binary.BigEndian.AppendUint64(nil, seed), parts...))
	return sum[:16]
}

// Pick is a number from 0 to n-1, where n is at least 1.
func Pick(n int, seed uint64, parts ...any) int {
	return int(binary.BigEndian.Uint32(Digest(seed, parts...)) % uint32(n)) //nolint:gosec // n is the length of a short list
}

// HexID is a Digest in hexadecimal, as v3's ids are.
func HexID(seed uint64, parts ...any) string { return hex.EncodeToString(Digest(seed, parts...)) }
