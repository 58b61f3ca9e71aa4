package auth

import (
	"io"
	"maps"
	"net/http"

	"heygen-mcp/auth/credential"
	"heygen-mcp/internal/hosts"
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
	if !ok || req.Response != nil || hosts.Origin(req.URL) != t.auth.origin {
		return t.base.RoundTrip(req)
	}
	c := id.credential
	if id.brokered != nil {
		c = id.brokered.now.Load().Credential
	}
	res, err := t.base.RoundTrip(with(req, c))
	if err != nil || res.StatusCode != http.StatusUnauthorized {
		return res, err
	}
	// Expired or revoked since it was checked.
	if id.brokered == nil {
		t.auth.memory.forget(c.Fingerprint()) // the next request asks again
		return res, nil
	}
	return t.again(req, res, id.brokered, c)
}

// again renews what HeyGen has refused, and repeats the request where that cannot do anything twice.
func (t *roundTripper) again(
	req *http.Request, res *http.Response, held *brokered, refused credential.Credential,
) (*http.Response, error) {
	access := held.now.Load()
	if access.Credential == refused {
		renewed, err := t.auth.broker.Refused(req.Context(), access)
		if err != nil {
			return res, nil // HeyGen's refusal says what there is to say
		}
		held.now.Store(renewed)
		access = renewed
	}
	again, ok := repeatable(req)
	if !ok || access.Credential == refused {
		return res, nil
	}
	// The refusal is not needed any more; its connection is.
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 64<<10))
	_ = res.Body.Close()
	return t.base.RoundTrip(with(again, access.Credential))
}

// repeatable is a request with its body from the beginning. One that makes or changes something is repeated under a key
// that lets HeyGen know it again.
func repeatable(req *http.Request) (*http.Request, bool) {
	if req.Method != http.MethodGet && req.Method != http.MethodHead && req.Header.Get("Idempotency-Key") == "" {
		return nil, false
	}
	again := req.Clone(req.Context())
	if req.Body == nil || req.Body == http.NoBody {
		return again, true
	}
	if req.GetBody == nil {
		return nil, false
	}
	body, err := req.GetBody()
	again.Body = body
	return again, err == nil
}

// with is a request with a credential. It has headers of its own, because a RoundTripper must not change its request,
// and because http.Client copies the headers of the original to the target of a redirect. Their values are shared:
// nobody changes those.
func with(req *http.Request, c credential.Credential) *http.Request {
	out := req.WithContext(req.Context())
	out.Header = maps.Clone(req.Header)
	delete(out.Header, "Authorization")
	delete(out.Header, apiKeyHeader)
	switch c.Kind {
	case credential.Key:
		out.Header[apiKeyHeader] = []string{c.Secret}
	case credential.Token:
		out.Header["Authorization"] = []string{"Bearer " + c.Secret}
	}
	return out
}
