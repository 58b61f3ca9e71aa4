// Package seal encrypts what is stored, under keys that are not.
//
// A key is made at random or derived from a secret that somebody else holds: a token, a code, a cookie. It
// knows nothing of tokens or stores; it owns the choice of primitives and the rule that no two uses share a key.
// All of it is the standard library's: AES-256-GCM, HKDF with SHA-256, X25519.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
)

// Size is the length of a key and of a hash in bytes.
const Size = 32

// errClosed says no more than that: which of key, purpose and bytes is wrong cannot be told apart, and must not be.
var errClosed = errors.New("seal: this key does not open it")

// Key is a secret of 256 bits. Its zero value is refused.
type Key [Size]byte

// NewKey makes a key at random.
func NewKey() Key {
	var k Key
	_, _ = rand.Read(k[:]) // crypto/rand ends the program rather than fail
	return k
}

// String keeps a key out of whatever prints one by mistake.
func (Key) String() string { return "[key]" }

// GoString does the same for %#v.
func (Key) GoString() string { return "[key]" }

// Derive makes the key that a secret gives for one purpose. The secret must be hard to guess, as a random token
// is: nothing here slows down somebody who tries passwords.
func Derive(secret, purpose string) (Key, error) {
	if secret == "" || purpose == "" {
		return Key{}, errors.New("seal: a key needs a secret and a purpose")
	}
	raw, err := hkdf.Key(sha256.New, []byte(secret), nil, purpose, Size)
	if err != nil {
		return Key{}, fmt.Errorf("seal: derive a key: %w", err)
	}
	return Key(raw), nil
}

// Hash is what a secret is stored and looked up under. No key of Derive follows from it, nor the secret.
func Hash(secret, purpose string) [Size]byte {
	h := sha256.New()
	writeParts(h.Write, purpose, secret)
	return [Size]byte(h.Sum(nil))
}

// Seal encrypts plain. What it belongs to, as a record's id, is bound to it: Open demands the same, so that nobody
// who can write to the store can swap two records.
func (k Key) Seal(plain []byte, belongs ...string) ([]byte, error) {
	aead, err := k.aead()
	if err != nil {
		return nil, err
	}
	return aead.Seal(nil, nil, plain, context(belongs)), nil //nolint:gosec // G407: this AEAD draws its nonce itself and demands nil here
}

// Open decrypts what Seal made with the same key and the same belongings.
func (k Key) Open(sealed []byte, belongs ...string) ([]byte, error) {
	aead, err := k.aead()
	if err != nil {
		return nil, err
	}
	plain, err := aead.Open(nil, nil, sealed, context(belongs))
	if err != nil {
		return nil, errClosed
	}
	return plain, nil
}

// aead draws a nonce of 96 bits for each message. A derived key seals a handful of messages in its life, so that two
// equal nonces are out of the question; those of a Ring seal more.
func (k Key) aead() (cipher.AEAD, error) {
	if k == (Key{}) {
		return nil, errors.New("seal: the key is empty")
	}
	block, err := aes.NewCipher(k[:])
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	return aead, nil
}

// context writes the belongings so that no two lists give the same bytes.
func context(belongs []string) []byte {
	var out []byte
	writeParts(func(p []byte) (int, error) {
		out = append(out, p...)
		return len(p), nil
	}, belongs...)
	return out
}

// writeParts writes each part after its length.
func writeParts(write func([]byte) (int, error), parts ...string) {
	for _, part := range parts {
		var size [8]byte
		binary.BigEndian.PutUint64(size[:], uint64(len(part)))
		_, _ = write(size[:]) // neither a hash nor a slice can fail
		_, _ = write([]byte(part))
	}
}
