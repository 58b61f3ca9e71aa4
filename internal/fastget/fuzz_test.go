package fastget

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
)

// FuzzAnswer holds that an answer means what it means to net/http, whatever a server sends.
func FuzzAnswer(f *testing.F) {
	for _, said := range []string{
		"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n",
		"HTTP/1.0 200 OK\r\n\r\nuntil the end", "HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n",
		"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 1\r\n\r\na",
		"HTTP/1.1 101 Switching Protocols\r\nUpgrade: a\r\nConnection: Upgrade\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nab",
		"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "garbage", "", "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\na",
		"HTTP/1.1 200 OK\r\nA: b\n c\r\n\r\n", "HTTP/1.1 99999 OK\r\n\r\n", "HTTP/2.0 200 OK\r\n\r\n", strings.Repeat("HTTP/1.1 100 Continue\r\n\r\n", 7),
		"HTTP/1.1 301 Moved\r\nLocation: /a\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 200 OK\r\nTrailer: A\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: b\r\n\r\n",
	} {
		f.Add(said)
	}
	f.Fuzz(func(t *testing.T, said string) {
		var group sync.WaitGroup
		defer group.Wait()
		ask := func(via http.RoundTripper) (answer, error) { return get(t.Context(), via, "http://server.example/") }
		dial := func(context.Context, string, string) (net.Conn, error) {
			here, there := net.Pipe()
			group.Go(func() {
				defer func() { _ = there.Close() }()
				_, _ = there.Read(make([]byte, 4096))
				_, _ = io.WriteString(there, said)
			})
			return here, nil
		}
		want, wantErr := ask(&http.Transport{MaxIdleConnsPerHost: -1, DialContext: dial})
		got, gotErr := ask(New(&http.Transport{DialContext: dial}))
		switch {
		case (gotErr == nil) != (wantErr == nil):
			t.Errorf("%q: got %v, net/http %v", said, gotErr, wantErr)
		case wantErr != nil:
		case got.status != want.status || got.head != want.head || got.body != want.body && got.status != http.StatusSwitchingProtocols:
			t.Errorf("%q: got %+v, net/http %+v", said, got, want)
		}
	})
}
