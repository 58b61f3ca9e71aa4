// Package front is a reverse proxy as the conformance suite and the tests of replicas need one: the servers behind it
// take turns, and what is asked and answered passes through as it is. It is a leaf: it knows nothing of ours.
package front

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httputil"
	"net/url"
	"sync/atomic"
)

// mostBody is more than anybody behind takes.
const mostBody = 16 << 20

// New makes a proxy to servers by their URLs, of which each request takes the next. change may change what goes on; nil
// leaves it. Host and Origin stay as they came, since what becomes of them may be what is tested.
//
// A request is read whole before it goes on: while its body still came in, the connection to the server
// was now and then closed under a long answer.
func New(over http.RoundTripper, change func(*httputil.ProxyRequest), to ...*url.URL) http.Handler {
	var turn atomic.Uint64
	onward := &httputil.ReverseProxy{
		Transport:     over,
		FlushInterval: -1, // events go on at once
		Rewrite: func(r *httputil.ProxyRequest) {
			next := to[(turn.Add(1)-1)%uint64(len(to))]
			r.Out.URL.Scheme, r.Out.URL.Host = next.Scheme, next.Host
			r.Out.Host, r.Out.URL.RawQuery = r.In.Host, r.In.URL.RawQuery
			if change != nil {
				change(r)
			}
		},
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, mostBody))
		if err != nil {
			http.Error(w, "the request could not be read", http.StatusBadRequest)
			return
		}
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(raw)), int64(len(raw))
		onward.ServeHTTP(w, r)
	})
}
