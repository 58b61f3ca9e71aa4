package clients

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"heygen-mcp/internal/dial"
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

// TestFailuresAreAlike holds that whoever names a host learns nothing from how it fails: the words
// and the time are the same for a name that is unknown, leads to a private address, refuses, does
// not speak TLS, is silent, or stops in the middle.
func TestFailuresAreAlike(t *testing.T) {
	t.Parallel()
	silent := func(req *http.Request) (*http.Response, error) {
		<-req.Context().Done()
		return nil, req.Context().Err()
	}
	after := func(d time.Duration, err error) roundTrip {
		return func(*http.Request) (*http.Response, error) {
			time.Sleep(d)
			return nil, err
		}
	}
	for name, fail := range map[string]roundTrip{
		"unknown":     after(0, &net.DNSError{Err: "no such host", Name: "tool.example", IsNotFound: true}),
		"private":     after(time.Millisecond, &net.OpError{Op: "dial", Err: dial.ErrAddress}),
		"refused":     after(20*time.Millisecond, &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}),
		"no TLS":      after(time.Second, tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"}),
		"unreachable": after(3*time.Second, &net.OpError{Op: "dial", Err: syscall.EHOSTUNREACH}),
		"silent":      silent,
		"cut off": func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}},
				Body: io.NopCloser(iotest.ErrReader(io.ErrUnexpectedEOF))}, nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				client := PublicWeb()
				client.Transport = fail
				begun := time.Now()
				_, _, err := Policy{}.Fetch(t.Context(), client, documentID)
				if took := time.Since(begun); took != 5*time.Second {
					t.Errorf("it took %v, want 5s", took)
				}
				const want = "the client's document cannot be used: it could not be fetched: its host cannot be reached over https at a public address, or does not answer in time"
				if err == nil || err.Error() != want || !errors.Is(err, ErrDocument) {
					t.Errorf("got %v, want %s", err, want)
				}
			})
		})
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
	quick := PublicWeb()
	quick.Timeout /= 40
	for _, id := range []string{"https://localhost/client.json", "https://127.0.0.1/client.json", "https://[::1]/client.json"} {
		// A stranger who names it learns no address of this network.
		if _, _, err := (Policy{}).Fetch(ctx, quick, id); err == nil || !errors.Is(err, errUnreachable) {
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
