package heygen

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// withKey stands for the transport that adds the credential to everything.
type withKey struct{ base http.RoundTripper }

func (w withKey) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("X-Api-Key", "secret")
	return w.base.RoundTrip(r)
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	t.Parallel()
	thief := newFake(t, answer(200, `{"data":{}}`))
	t.Cleanup(func() {
		if calls := thief.got(); len(calls) != 0 {
			t.Errorf("the other host was asked: %+v", calls)
		}
	})
	for _, tc := range []struct {
		name, method, to string
		status           int
		code             string
	}{
		{"another host", "GET", thief.URL + "/v3/x", 302, "http_302"},
		{"another host, body kept", "POST", thief.URL + "/v3/x", 307, "http_307"},
		{"own host", "GET", "/v3/y", 301, "http_301"},
		{"own host, a write", "POST", "/v3/y", 308, "http_308"},
		{"nowhere", "GET", "", 302, "http_302"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t, answer(tc.status, "", "Location", tc.to), answer(200, `{"data":{}}`))
			c := f.client(t, func(c *Config) { c.HTTP = &http.Client{Transport: withKey{c.HTTP.Transport}} })
			_, err := c.Do(t.Context(), Op{Method: tc.method, Path: "/v3/x"}, nil, "")
			e := asError(t, err)
			if e.Code != tc.code || e.Status != tc.status || e.Unclear || e.Retryable || strings.Contains(e.Error(), "127.0.0.1") {
				t.Errorf("got %+v", e)
			}
			if !strings.Contains(e.Message, "another address") {
				t.Errorf("the message is %q", e.Message)
			}
			if n := len(f.got()); n != 1 {
				t.Errorf("%d calls", n)
			}
		})
	}
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	f := newFake(t, answer(200, `{"data":{}}`))
	c := f.client(t, func(c *Config) { c.UserAgent = "mine/1" })
	if _, err := c.Do(t.Context(), Op{Method: "POST", Path: "/v3/videos", Key: true}, &scripted{}, "k:1"); err != nil {
		t.Fatal(err)
	}
	if _, err := f.client(t).Do(t.Context(), Op{Method: "GET", Path: "/v3/videos"}, nil, ""); err != nil {
		t.Fatal(err)
	}
	calls := f.got()
	for _, c := range calls {
		for name := range c.header {
			// HeyGen's own programs name themselves so, to an allowance that is theirs.
			if strings.HasPrefix(name, "X-Heygen-") || name == "Cookie" {
				t.Errorf("%s was sent", name)
			}
		}
		if c.header.Get("Accept") != "application/json" {
			t.Errorf("Accept is %q", c.header.Get("Accept"))
		}
	}
	post, get := calls[0].header, calls[1].header
	if post.Get("Content-Type") != "application/json" || post.Get("Idempotency-Key") != "k:1" || post.Get("User-Agent") != "mine/1" {
		t.Errorf("got %v", post)
	}
	if get.Get("Content-Type") != "" || get.Get("User-Agent") != "heygen-mcp" {
		t.Errorf("got %v", get)
	}
}

func TestKeyForm(t *testing.T) {
	t.Parallel()
	f := newFake(t, answer(200, `{"data":{}}`))
	for _, key := range []string{" ", "a b", "ключ", "a\n", strings.Repeat("k", 256)} {
		_, err := f.client(t).Do(t.Context(), Op{Method: "POST", Path: "/v3/videos", Key: true}, nil, key)
		if e := asError(t, err); e.Code != "invalid_parameter" || e.Param != "idempotency_key" {
			t.Errorf("%q: got %+v", key, e)
		}
	}
	if n := len(f.got()); n != 0 {
		t.Errorf("%d calls", n)
	}
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []Config{
		{BaseURL: "api.heygen.com"},
		{BaseURL: "ftp://api.heygen.com"},
		{BaseURL: "https://"},
		{BaseURL: "https://" + "hush@api.heygen.com"},
		{BaseURL: "https://api.heygen.com?x=1"},
		{BaseURL: "https://api.heygen.com#x"},
		{BaseURL: "https://%zz"},
		{ReadTimeout: -time.Second},
		{UserAgent: "a\r\nb"},
	} {
		if _, err := New(c); err == nil || strings.Contains(err.Error(), "hush") {
			t.Errorf("%+v: got %v", c, err)
		}
	}
	c, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	if c.base.String() != DefaultBaseURL || c.read != 30*time.Second || c.write != 120*time.Second {
		t.Errorf("got %+v", c)
	}
}
