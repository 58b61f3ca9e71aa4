// Package accept owns what a request's Accept header asks for. It knows no page.
package accept

import (
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// Prefers is the one of some kinds of media that a request asks for most, the first of those that it asks for alike; ""
// is none of them. A wildcard asks for nothing: programs send one whatever they can read.
func Prefers(r *http.Request, kinds ...string) string {
	best, most := "", 0.0
	wishes := strings.Split(strings.Join(r.Header.Values("Accept"), ","), ",")
	for _, kind := range kinds {
		for _, wish := range wishes {
			if named, q := parse(wish); named == kind && q > most {
				best, most = kind, q
			}
		}
	}
	return best
}

// parse is the media type of a wish in lower case, and how much it is wished for, from 0 to 1.
func parse(wish string) (kind string, q float64) {
	kind, params, err := mime.ParseMediaType(wish)
	if err != nil {
		return "", 0
	}
	text, weighed := params["q"]
	if !weighed {
		return kind, 1
	}
	q, err = strconv.ParseFloat(text, 64)
	if err != nil || !(q >= 0 && q <= 1) {
		return "", 0
	}
	return kind, q
}
