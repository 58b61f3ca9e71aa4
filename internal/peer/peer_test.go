package peer_test

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"heygen-mcp/internal/peer"
)

func TestSource(t *testing.T) {
	t.Parallel()
	var trusted []netip.Prefix
	for _, s := range []string{"10.0.0.0/8", "192.0.2.1", "2001:db8:1::/48", "::ffff:172.16.0.0/108"} {
		network, err := peer.ParseProxy(s)
		if err != nil {
			t.Fatal(err)
		}
		trusted = append(trusted, network)
	}
	for _, c := range []struct {
		name, remote string
		forwardedFor []string
		forwarded    string
		want         string
		warned       bool
	}{
		{name: "a peer", remote: "203.0.113.9:1234", want: "203.0.113.9/32"},
		{name: "IPv4 in IPv6", remote: "[::ffff:203.0.113.9]:1", want: "203.0.113.9/32"},
		{name: "an IPv6 customer", remote: "[2001:db8:aa:bb12::5]:1", want: "2001:db8:aa:bb00::/56"},
		{name: "a zone", remote: "[fe80::1%eth0]:1", want: "fe80::/56"},
		{name: "a socket", remote: "@", want: "invalid Prefix"},
		{name: "a stranger who names another", remote: "203.0.113.9:1", forwardedFor: []string{"198.51.100.1"}, want: "203.0.113.9/32", warned: true},
		{name: "a stranger who names another by RFC 7239", remote: "203.0.113.9:1", forwarded: "for=198.51.100.1", want: "203.0.113.9/32", warned: true},
		{name: "a proxy", remote: "10.1.1.1:1", forwardedFor: []string{"198.51.100.1"}, want: "198.51.100.1/32"},
		{name: "an IPv4 proxy on an IPv6 socket", remote: "[::ffff:172.16.3.4]:1", forwardedFor: []string{"198.51.100.1"}, want: "198.51.100.1/32"},
		{name: "what a client made up stands on the left", remote: "10.1.1.1:1", forwardedFor: []string{"1.1.1.1, 198.51.100.1"}, want: "198.51.100.1/32"},
		{name: "two proxies", remote: "10.1.1.1:1", forwardedFor: []string{"1.1.1.1, 198.51.100.1, 192.0.2.1"}, want: "198.51.100.1/32"},
		{name: "two lines", remote: "10.1.1.1:1", forwardedFor: []string{"1.1.1.1, 198.51.100.1", "192.0.2.1"}, want: "198.51.100.1/32"},
		{name: "with a port", remote: "10.1.1.1:1", forwardedFor: []string{"198.51.100.1:5555"}, want: "198.51.100.1/32"},
		{name: "IPv6 in brackets", remote: "10.1.1.1:1", forwardedFor: []string{"[2001:db8:aa:bb12::5]:77"}, want: "2001:db8:aa:bb00::/56"},
		{name: "IPv6 without", remote: "10.1.1.1:1", forwardedFor: []string{"2001:db8:aa:bb12::5"}, want: "2001:db8:aa:bb00::/56"},
		{name: "an entry that cannot be read", remote: "10.1.1.1:1", forwardedFor: []string{"198.51.100.1, nonsense"}, want: "10.1.1.1/32"},
		{name: "one before a proxy", remote: "10.1.1.1:1", forwardedFor: []string{"198.51.100.1, unknown, 192.0.2.1"}, want: "192.0.2.1/32"},
		{name: "an empty entry", remote: "10.1.1.1:1", forwardedFor: []string{"198.51.100.1,,"}, want: "10.1.1.1/32"},
		{name: "proxies alone", remote: "10.1.1.1:1", forwardedFor: []string{"10.2.2.2, 10.3.3.3"}, want: "10.2.2.2/32"},
		{name: "a proxy that names nobody", remote: "10.1.1.1:1", want: "10.1.1.1/32"},
		{name: "RFC 7239", remote: "10.1.1.1:1", forwarded: `for=1.1.1.1, for="[2001:db8:aa:bb12::5]:4711";proto=https`, want: "2001:db8:aa:bb00::/56"},
		{name: "RFC 7239, of two proxies", remote: "10.1.1.1:1", forwarded: `For=198.51.100.1;by=10.9.9.9, for=192.0.2.1`, want: "198.51.100.1/32"},
		{name: "RFC 7239, a name", remote: "10.1.1.1:1", forwarded: `for=198.51.100.1, for=_hidden`, want: "10.1.1.1/32"},
		{name: "RFC 7239, nobody", remote: "10.1.1.1:1", forwarded: `for=198.51.100.1, proto=http`, want: "10.1.1.1/32"},
		{name: "both", remote: "10.1.1.1:1", forwardedFor: []string{"198.51.100.1"}, forwarded: "for=1.1.1.1", want: "198.51.100.1/32"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			warned := 0
			p := peer.New(trusted, func() { warned++ })
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
			r.RemoteAddr = c.remote
			for _, line := range c.forwardedFor {
				r.Header.Add("X-Forwarded-For", line)
			}
			if c.forwarded != "" {
				r.Header.Set("Forwarded", c.forwarded)
			}
			var got peer.Source
			h := p.Middleware(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = peer.Of(peer.Known(r).Context()) }))
			h.ServeHTTP(httptest.NewRecorder(), r)
			h.ServeHTTP(httptest.NewRecorder(), r)
			if got.String() != c.want {
				t.Errorf("the source is %s, want %s", got, c.want)
			}
			if want := map[bool]int{true: 1}[c.warned]; warned != want {
				t.Errorf("warned %d times, want %d", warned, want)
			}
		})
	}
}

func TestKnownWithoutMiddleware(t *testing.T) {
	t.Parallel()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
	r.RemoteAddr = "127.0.0.5:99"
	r.Header.Set("X-Forwarded-For", "198.51.100.1")
	if got := peer.Of(peer.Known(r).Context()); got.String() != "127.0.0.5/32" {
		t.Errorf("the source is %s", got)
	}
	if got := peer.Of(t.Context()); got != (peer.Source{}) {
		t.Errorf("nobody's source is %s", got)
	}
}

func TestParseProxy(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{"10.1.2.3/8": "10.0.0.0/8", "192.0.2.1": "192.0.2.1/32", "::1": "::1/128", "::ffff:10.0.0.0/104": "10.0.0.0/8"} {
		if got, err := peer.ParseProxy(s); err != nil || got.String() != want {
			t.Errorf("%s is %v, %v; want %s", s, got, err, want)
		}
	}
	for _, s := range []string{"", "proxy.example", "10.0.0.0/33", "10.0.0.1:80", "fe80::1%eth0", "*"} {
		if got, err := peer.ParseProxy(s); err == nil {
			t.Errorf("%q is taken for %v", s, got)
		}
	}
}
