package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httputil"
	"net/url"
)

// mostBody is more than the suite sends, and more than the server takes.
const mostBody = 4 << 20

// proxy passes requests on to a server that wants a credential, and adds it, because the suite
// cannot. Host and Origin stay as they came: the suite tests what becomes of them.
//
// A request is read whole before it goes on: while its body still came in, the connection to the server
// was now and then closed under a long answer.
func proxy(to *url.URL, key string) http.Handler {
	onward := &httputil.ReverseProxy{
		FlushInterval: -1, // events go on at once
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(to)
			r.Out.URL.Path, r.Out.URL.RawPath = to.Path, to.RawPath
			r.Out.Host = r.In.Host
			r.Out.Header.Set("X-Api-Key", key)
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
