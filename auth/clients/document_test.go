package clients

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"
)

// web answers every https request from one handler.
func web(t *testing.T, h http.HandlerFunc) *http.Client {
	t.Helper()
	return &http.Client{Transport: roundTrip(func(req *http.Request) (*http.Response, error) {
		rec := httptest.NewRecorder()
		h(rec, req)
		return rec.Result(), nil
	})}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

const documentID = "https://tool.example/oauth/client.json"

func TestFetch(t *testing.T) {
	t.Parallel()
	const good = `{"client_id":"https://tool.example/oauth/client.json","client_name":"A tool","redirect_uris":["https://tool.example/cb","https://elsewhere.example/cb","http://127.0.0.1/cb"]`
	for _, c := range []struct {
		name, id, body, kind, cache, fails string
		status                             int
		fresh                              time.Duration
	}{
		{name: "good", body: good + `}`, fresh: 5 * time.Minute},
		{name: "kept for an hour", body: good + `}`, cache: "public, max-age=3600", fresh: time.Hour},
		{name: "kept for a year", body: good + `}`, cache: "max-age=31536000", fresh: 24 * time.Hour},
		{name: "not to be kept", body: good + `}`, cache: "no-store, max-age=3600", fresh: 5 * time.Minute},
		{name: "none beside another method", body: good + `,"token_endpoint_auth_method":"private_key_jwt","token_endpoint_auth_methods_supported":["none","private_key_jwt"]}`, fresh: 5 * time.Minute},
		{name: "further grants", body: good + `,"token_endpoint_auth_method":"none","grant_types":["authorization_code","urn:x"]}`, fresh: 5 * time.Minute},
		{name: "only keys", body: good + `,"token_endpoint_auth_method":"private_key_jwt"}`, fails: "auth_method none"},
		{name: "another type of JSON", body: good + `}`, kind: "application/vnd.x+json", fresh: 5 * time.Minute},
		{name: "JSON of no application", body: good + `}`, kind: "text/x+json", fails: "application/json"},
		{name: "no name", body: strings.Replace(good, "A tool", "\u200b ", 1) + `}`, fails: "no client_name"},
		{name: "a secret", body: good + `,"client_secret":"x"}`, fails: "client_secret"},
		{name: "a method with a secret", body: good + `,"token_endpoint_auth_method":"client_secret_post","token_endpoint_auth_methods_supported":["none"]}`, fails: "client_secret"},
		{name: "another's id", body: strings.Replace(good, "tool.example/oauth", "evil.example/oauth", 1) + `}`, fails: "another client_id"},
		{name: "no redirect", body: `{"client_id":"` + documentID + `","client_name":"A tool","redirect_uris":["https://elsewhere.example/cb"]}`, fails: "elsewhere.example"},
		{name: "not JSON", body: `<html>`, fails: "not a JSON object"},
		{name: "wrong type", body: good + `}`, kind: "text/html", fails: "application/json"},
		{name: "absent", status: 404, fails: "status 404"},
		{name: "moved", status: 302, fails: "status 302"},
		{name: "too long", body: good + `,"x":"` + strings.Repeat("x", documentBytes) + `"}`, fails: "too long"},
		{name: "no path", id: "https://tool.example/", fails: "with a path"},
		{name: "port", id: "https://tool.example:8443/c", fails: "no port"},
		{name: "query", id: "https://tool.example/c?x=1", fails: "no query"},
		{name: "fragment", id: "https://tool.example/c#x", fails: "fragment"},
		{name: "user", id: "https://u@tool.example/c", fails: "user name"},
		{name: "dots", id: "https://tool.example/a/../c", fails: "dots"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if c.id == "" {
				c.id = documentID
			}
			got, fresh, err := Policy{}.Fetch(t.Context(), web(t, func(w http.ResponseWriter, _ *http.Request) {
				if c.kind == "" {
					c.kind = "application/json; charset=utf-8"
				}
				w.Header().Set("Content-Type", c.kind)
				w.Header().Set("Cache-Control", c.cache)
				if c.status != 0 {
					w.WriteHeader(c.status)
				}
				_, _ = w.Write([]byte(c.body))
			}), c.id)
			if c.fails != "" {
				if !errors.Is(err, ErrDocument) || !strings.Contains(err.Error(), c.fails) {
					t.Fatalf("%+v, %v", got, err)
				}
				return
			}
			if err != nil || fresh != c.fresh || got.Name != "A tool" || !got.Public() || len(got.Redirects) != 2 {
				t.Errorf("%+v for %v, %v", got, fresh, err)
			}
		})
	}
}

// TestOnlyPublicAddresses is what stands between a stranger's URL and the operator's network.
func TestOnlyPublicAddresses(t *testing.T) {
	t.Parallel()
	for _, ip := range []string{
		"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "0.0.0.0", "::", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
		"::ffff:10.0.0.1", "169.254.169.254", "fe80::1", "fd00:ec2::254", "100.64.0.1", "192.0.0.170", "198.18.0.1", "224.0.0.1", "ff02::1",
		"255.255.255.255", "240.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "2001:0:1::", "2001:db8::1", "fec0::1", "::10.0.0.1", "64:ff9b:1::1",
	} {
		if isPublic(netip.MustParseAddr(ip)) {
			t.Errorf("%s passes for public", ip)
		}
	}
	for _, ip := range []string{"1.1.1.1", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1"} {
		if !isPublic(netip.MustParseAddr(ip)) {
			t.Errorf("%s is public", ip)
		}
	}
	for address, want := range map[string]bool{"1.1.1.1:443": true, "1.1.1.1:80": false, "127.0.0.1:443": false, "x": false} {
		if err := checkAddress("tcp4", address); (err == nil) != want {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// TestTheDialIsChecked goes through the real client: a name and a number that lead home reach nothing.
func TestTheDialIsChecked(t *testing.T) {
	t.Parallel()
	called := false
	s := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { called = true }))
	defer s.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for _, id := range []string{"https://localhost/client.json", "https://127.0.0.1/client.json", "https://[::1]/client.json"} {
		// A stranger who names it learns no address of this network.
		if _, _, err := (Policy{}).Fetch(ctx, PublicWeb(), id); err == nil || !strings.HasSuffix(err.Error(), "fetched: its address is not a public one") {
			t.Errorf("%s: %v", id, err)
		}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := PublicWeb().Do(req)
	if err == nil {
		_ = res.Body.Close()
	}
	if err == nil || called {
		t.Errorf("a server on this machine was reached: %v", err)
	}
}
