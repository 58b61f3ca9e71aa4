package seal

import (
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Ring is the keys of a deployment, for what is given to clients to keep and to bring back: the
// first key seals, and each opens. A new key in front takes over at once, and an old one stays
// until what it sealed has had its time. Each message has a random nonce of 96 bits, so a key is
// good for some four billion of them.
type Ring struct{ keys []Key }

// NewRing makes a ring of one key or more.
func NewRing(keys ...Key) (*Ring, error) {
	if len(keys) == 0 {
		return nil, errors.New("seal: a ring needs a key")
	}
	if slices.Contains(keys, Key{}) {
		return nil, errors.New("seal: a key of the ring is empty")
	}
	return &Ring{keys: keys}, nil
}

// ParseRing reads the keys of a ring as the hexadecimal of 32 bytes each, with white space or commas between them.
func ParseRing(text string) (*Ring, error) {
	var keys []Key
	for i, word := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(", \t\r\n", r) }) {
		raw, err := hex.DecodeString(word)
		if err != nil || len(raw) != Size {
			return nil, fmt.Errorf("seal: key %d is not the hexadecimal of %d bytes", i+1, Size) // without the key
		}
		keys = append(keys, Key(raw))
	}
	return NewRing(keys...)
}

// Seal encrypts plain with the first key. See Key.Seal.
func (r *Ring) Seal(plain []byte, belongs ...string) ([]byte, error) {
	return r.keys[0].Seal(plain, belongs...)
}

// Open decrypts what a key of the ring has sealed. See Key.Open.
func (r *Ring) Open(sealed []byte, belongs ...string) ([]byte, error) {
	for _, k := range r.keys {
		if plain, err := k.Open(sealed, belongs...); err == nil {
			return plain, nil
		}
	}
	return nil, errClosed
}
