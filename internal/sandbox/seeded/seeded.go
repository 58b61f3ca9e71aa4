package seeded

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
)

// Digest makes everything that looks arbitrary in a catalogue, so that the
// same seed always gives the same one.
func Digest(seed uint64, parts ...any) []byte {
	sum := sha256.Sum256(fmt.Appendln(binary.BigEndian.AppendUint64(nil, seed), parts...))
	return sum[:16]
}

func Pick(n int, seed uint64, parts ...any) int {
	return int(binary.BigEndian.Uint32(Digest(seed, parts...)) % uint32(n)) //nolint:gosec // n is the length of a short list
}

func HexID(seed uint64, parts ...any) string { return hex.EncodeToString(Digest(seed, parts...)) }
