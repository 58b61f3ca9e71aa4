package fastget

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// TestOthersAreNetHTTPs holds that only what is surely right here is done here.
func TestOthersAreNetHTTPs(t *testing.T) {
	t.Parallel()
	request := func(change func(*http.Request)) *http.Request {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://api.example/v3/a?b=c", nil)
		if err != nil {
			t.Fatal(err)
		}
		change(req)
		return req
	}
	header := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header = http.Header{name: {value}} }
	}
	via := New(&http.Transport{})
	if _, taken := via.headOf(request(func(*http.Request) {})); taken != canCheckIdle {
		t.Errorf("a plain GET: %v", taken)
	}
	for what, change := range map[string]func(*http.Request){
		"POST": func(r *http.Request) { r.Method = http.MethodPost }, "HEAD": func(r *http.Request) { r.Method = http.MethodHead },
		"a body":             func(r *http.Request) { r.Body = io.NopCloser(strings.NewReader("a")) },
		"another scheme":     func(r *http.Request) { r.URL.Scheme = "ftp" },
		"no host":            func(r *http.Request) { r.URL.Host = "" },
		"a host beyond":      func(r *http.Request) { r.URL.Host = "ä.example" },
		"two lines as host":  func(r *http.Request) { r.Host = "a\r\nb: c" },
		"two lines in query": func(r *http.Request) { r.URL.RawQuery = "a\r\nb" },
		"a space in a query": func(r *http.Request) { r.URL.RawQuery = "a b" },
		"a user":             func(r *http.Request) { r.URL.User = url.User("a") },
		"close":              func(r *http.Request) { r.Close = true },
		"an upgrade":         header("Upgrade", "websocket"), "hop by hop": header("Connection", "close"), "a length": header("Content-Length", "1"),
		"two lines in a header": header("A", "b\r\nC: d"), "no name of a header": header("a b", "c"), "an empty name": header("", "c"),
	} {
		if _, taken := via.headOf(request(change)); taken {
			t.Errorf("%s is done here", what)
		}
	}
	for what, base := range map[string]*http.Transport{
		"a proxy":        {Proxy: http.ProxyURL(&url.URL{Scheme: "http", Host: "proxy.example"})},
		"a proxy unread": {Proxy: func(*http.Request) (*url.URL, error) { return nil, errors.New("no") }},
		"no keep-alive":  {DisableKeepAlives: true}, "a bound on connections": {MaxConnsPerHost: 1}, "a time for heads": {ResponseHeaderTimeout: time.Second},
		"own TLS": {DialTLSContext: func(context.Context, string, string) (net.Conn, error) { return nil, errors.New("no") }},
	} {
		if _, taken := New(base).headOf(request(func(*http.Request) {})); taken {
			t.Errorf("%s: done here", what)
		}
	}
}
