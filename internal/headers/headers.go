// Package headers reads headers by names that are in their canonical form already, as net/http has them in its maps.
// http.Header's own methods make each name canonical first, which takes longer than finding it. It is a leaf and knows
// no header.
package headers

import "net/http"

// First is the first value of a header, "" where there is none. canonical is its name as http.CanonicalHeaderKey gives
// it.
func First(h http.Header, canonical string) string {
	if values := h[canonical]; len(values) > 0 {
		return values[0]
	}
	return ""
}
