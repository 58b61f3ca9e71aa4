package transport

import (
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"strings"

	"heygen-mcp/internal/headers"
)

// chooseID keeps the id that a client or a proxy has given a request, so that both logs can be read together, if it is
// written as ids are and is no credential that was put into the wrong header. Otherwise we make one.
func chooseID(h http.Header) string {
	if given := headers.First(h, "X-Request-Id"); isID(given) && !isSecret(given, h) {
		return given
	}
	var id [8]byte
	_, _ = rand.Read(id[:]) // crypto/rand never fails: it ends the program instead
	return hex.EncodeToString(id[:])
}

// isID says whether a text is written as ids are: letters, digits and a little between them.
func isID(given string) bool {
	const longest = 128
	if given == "" || len(given) > longest {
		return false
	}
	for _, c := range given {
		plain := c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !plain && !strings.ContainsRune("-_.:/+@=", c) {
			return false
		}
	}
	return true
}

// isSecret says whether a text is, or looks like, what opens something: the request's own credential, an API key by its
// beginning, or a JSON Web Token.
func isSecret(given string, h http.Header) bool {
	for _, name := range [...]string{"Authorization", "X-Api-Key", "Cookie"} {
		if strings.Contains(h.Get(name), given) {
			return true
		}
	}
	for _, begins := range [...]string{"sk_", "sk-", "hgm_", "eyJ"} {
		if strings.HasPrefix(given, begins) {
			return true
		}
	}
	return false
}
