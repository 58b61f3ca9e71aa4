package flows

import (
	"crypto/rand"
	"strings"

	"heygen-mcp/auth/broker/secrets"
	"heygen-mcp/auth/store"
)

const (
	// userLetters are consonants that are not mistaken for one another, and spell no words.
	userLetters = "BCDFGHJKLMNPQRSTVWXZ"
	// UserCodeLength is how many letters a code has that a device shows.
	UserCodeLength = 8
)

// DeviceRequest is what a device asks for. Its client stands in a column.
type DeviceRequest struct {
	Scopes []string `json:"scopes"`
}

// NewUserCode makes a code that a user types.
func NewUserCode() string {
	out := make([]byte, 0, UserCodeLength+1)
	for len(out) < cap(out) {
		if len(out) == UserCodeLength/2 {
			out = append(out, '-')
		}
		var one [1]byte
		_, _ = rand.Read(one[:]) // crypto/rand ends the program rather than fail
		// 240 is the greatest multiple of 20 in a byte: beyond it the first letters would come more
		// often.
		if one[0] < 240 {
			out = append(out, userLetters[int(one[0])%len(userLetters)])
		}
	}
	return string(out)
}

// HashUserCode ignores case, spaces and signs, which users type differently.
func HashUserCode(code string) store.Hash {
	code = strings.Map(func(r rune) rune {
		if strings.ContainsRune(userLetters, r) {
			return r
		}
		return -1
	}, strings.ToUpper(code))
	return secrets.Hash(code, secrets.UserPurpose)
}
