package main

import (
	"net/http"
	"net/http/httputil"
	"net/url"

	"heygen-mcp/internal/rrproxy"
)

// proxy passes requests on to a server that wants a credential, and adds it, because the suite
// cannot. Host and Origin stay as they came: the suite tests what becomes of them.
func proxy(to *url.URL, key string) http.Handler {
	return rrproxy.New(nil, func(r *httputil.ProxyRequest) {
		r.Out.URL.Path, r.Out.URL.RawPath = to.Path, to.RawPath
		r.Out.Header.Set("X-Api-Key", key)
	}, to)
}
