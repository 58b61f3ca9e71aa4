// Package cors writes the headers by which web pages of other origins may call (CORS of the Fetch
// standard), always without cookies. It is a leaf: it knows nothing of ours, and everything may use it.
package cors

import (
	"net/http"
	"strconv"
	"time"
)

// AnyOrigin lets pages of every origin read what is answered.
const AnyOrigin = "*"

// Allow lets pages of an origin, or of AnyOrigin, read what is answered.
func Allow(h http.Header, origin string) { h.Set("Access-Control-Allow-Origin", origin) }

// Preflight says whether a browser asks what a page may send.
func Preflight(r *http.Request) bool {
	return r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != ""
}

// AnswerPreflight says which methods and headers a page may send. Browsers keep the answer for maxAge,
// in whole seconds.
func AnswerPreflight(w http.ResponseWriter, methods, headers string, maxAge time.Duration) {
	h := w.Header()
	h.Set("Access-Control-Allow-Methods", methods)
	h.Set("Access-Control-Allow-Headers", headers)
	h.Set("Access-Control-Max-Age", strconv.Itoa(int(maxAge/time.Second)))
	w.WriteHeader(http.StatusNoContent)
}
