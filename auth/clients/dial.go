package clients

import (
	"errors"
	"net/http"
	"time"

	"heygen-mcp/internal/dial"
)

// errRedirects is why nothing is fetched from an address, and all that strangers are told of one:
// why the dialer refuses it would tell them to what a name leads here.
var errRedirects = errors.New("it redirects, and redirects are not followed")

// fetchLimit bounds a fetch from its first packet to its last byte: a person waits for it, and for a failure a quarter
// longer (see failureAfter).
const fetchLimit = 4 * time.Second

// PublicWeb is an HTTP client for addresses that strangers name. It connects to public addresses on port 443 only,
// which package dial checks at each dial. It follows no redirect, uses no proxy, and keeps no connection.
func PublicWeb() *http.Client {
	return &http.Client{
		Timeout: fetchLimit,
		Transport: &http.Transport{
			DialContext:            dial.Guard{}.Dialer(fetchLimit).DialContext,
			DisableKeepAlives:      true,
			TLSHandshakeTimeout:    fetchLimit,
			MaxResponseHeaderBytes: 16 << 10,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return errRedirects
		},
	}
}
