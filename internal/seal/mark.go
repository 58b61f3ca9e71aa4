package seal

import (
	"crypto/hmac"
	"crypto/sha256"
)

// Mark is a code that proves that a holder of the key has made a message (HMAC with SHA-256). What
// the message belongs to is part of it, as in Seal. The key must not seal as well: derive one for
// each.
func (k Key) Mark(message string, belongs ...string) [Size]byte {
	h := hmac.New(sha256.New, k[:])
	writeParts(h.Write, append([]string{message}, belongs...)...)
	return [Size]byte(h.Sum(nil))
}

// Marked says whether code is what Mark gives, in a time that does not depend on how much of it is
// right. An empty key has marked nothing.
func (k Key) Marked(message string, code []byte, belongs ...string) bool {
	want := k.Mark(message, belongs...)
	return k != (Key{}) && hmac.Equal(want[:], code)
}
