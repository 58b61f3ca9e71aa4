// Package rrproxy is a round-robin reverse proxy for the conformance suite and the tests of
// replicas. It owns nothing but the order of the servers: requests and responses pass through
// unchanged. It knows nothing of MCP or of this server.
package rrproxy

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httputil"
	"net/url"
	"sync/atomic"
)

// maxBody bounds a request body, in bytes. It is more than any server behind the proxy accepts.
const maxBody = 16 << 20

// New makes a proxy that sends each request to the next of the servers, in turn. It sends them
// through rt; nil means http.DefaultTransport. rewrite may change a request before it is sent; nil
// changes nothing. Host and Origin are kept, since tests look at what a server makes of them.
//
// A request body is read whole before it is sent on: while a body was still coming in, the
// connection to the server was now and then closed during a long response.
func New(rt http.RoundTripper, rewrite func(*httputil.ProxyRequest), servers ...*url.URL) http.Handler {
	var sent atomic.Uint64
	forward := &httputil.ReverseProxy{
		Transport:     rt,
		FlushInterval: -1, // send server-sent events at once
		Rewrite: func(r *httputil.ProxyRequest) {
			next := servers[(sent.Add(1)-1)%uint64(len(servers))]
			r.Out.URL.Scheme, r.Out.URL.Host = next.Scheme, next.Host
			r.Out.Host, r.Out.URL.RawQuery = r.In.Host, r.In.URL.RawQuery
			if rewrite != nil {
				rewrite(r)
			}
		},
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if err != nil {
			http.Error(w, "the request could not be read", http.StatusBadRequest)
			return
		}
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(raw)), int64(len(raw))
		forward.ServeHTTP(w, r)
	})
}
