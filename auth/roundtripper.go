package auth

import (
	"net/http"
	"net/url"
	"strings"
)

// Transport adds the context's credential to requests for HeyGen's scheme, host
// and port, and leaves all others as they are: a signed link that HeyGen hands
// out leads to other people's storage. A nil base is http.DefaultTransport.
func (a *Auth) Transport(base http.RoundTripper) http.RoundTripper {
	if base == nil {
		base = http.DefaultTransport
	}
	return &roundTripper{auth: a, base: base}
}

type roundTripper struct {
	auth *Auth
	base http.RoundTripper
}

// RoundTrip implements http.RoundTripper.
func (t *roundTripper) RoundTrip(req *http.Request) (*http.Response, error) {
	id, ok := identityFrom(req.Context())
	// A request that has a Response was caused by a redirect. What it asks for was
	// chosen by whoever redirected, so it goes without, even back to HeyGen.
	if !ok || req.Response != nil || originOf(req.URL) != t.auth.origin {
		return t.base.RoundTrip(req)
	}
	// A clone, because a RoundTripper must not change its request, and because
	// http.Client copies the headers of the original to the target of a redirect.
	out := req.Clone(req.Context())
	out.Header.Del("Authorization")
	out.Header.Del(apiKeyHeader)
	switch c := id.credential; c.kind {
	case kindKey:
		out.Header.Set(apiKeyHeader, c.secret)
	case kindToken:
		out.Header.Set("Authorization", "Bearer "+c.secret)
	}
	res, err := t.base.RoundTrip(out)
	if err == nil && res.StatusCode == http.StatusUnauthorized {
		// Expired or revoked since it was checked: the next request asks again.
		t.auth.memory.forget(id.credential.fingerprint())
	}
	return res, err
}

// originOf spells scheme, host and port in one way, so that neither capitals nor
// a port that goes without saying make a difference.
func originOf(u *url.URL) string {
	scheme, port := strings.ToLower(u.Scheme), u.Port()
	if port == "" {
		switch scheme {
		case "https":
			port = "443"
		case "http":
			port = "80"
		}
	}
	return scheme + "://" + strings.ToLower(u.Hostname()) + ":" + port
}
