package auth_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"heygen-mcp/auth"
)

// inside runs f with the context of an identified request.
func inside(t *testing.T, w *world, header, value string, f func(ctx context.Context)) {
	t.Helper()
	ran := false
	h := w.auth.Middleware(true, nil)(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		ran = true
		f(r.Context())
	}))
	req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/mcp", nil)
	req.Header.Set(header, value)
	h.ServeHTTP(httptest.NewRecorder(), req)
	if !ran {
		t.Fatal("the request was refused")
	}
}

// TestNoCredentialElsewhere follows the ways in which a credential could leave.
func TestNoCredentialElsewhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.upstream.set("Authorization: Bearer good-token", true)

	stranger := &upstream{good: map[string]bool{"": true}}
	other := httptest.NewServer(stranger)
	t.Cleanup(other.Close)
	back := httptest.NewServer(http.RedirectHandler(w.heygen+"/v3/videos", http.StatusFound))
	t.Cleanup(back.Close)

	inside(t, w, "Authorization", "Bearer good-token", func(ctx context.Context) {
		for _, target := range []string{other.URL + "/upload", back.URL} {
			if _, err := w.get(ctx, target); err != nil {
				t.Error(err)
			}
		}
	})
	_, calls := stranger.seen()
	if len(calls) != 1 || calls[0] != "" {
		t.Errorf("the other host was sent %q", calls)
	}
	if _, calls := w.upstream.seen(); len(calls) != 1 || calls[0] != "" {
		t.Errorf("after a redirect HeyGen was sent %q", calls)
	}
}

// TestOrigin tries addresses that look like HeyGen's.
func TestOrigin(t *testing.T) {
	t.Parallel()
	for target, sent := range map[string]bool{
		"https://api.heygen.com/v3/videos":          true,
		"HTTPS://API.HeyGen.com:443/v3/videos":      true,
		"http://api.heygen.com/v3/videos":           false,
		"https://api.heygen.com:8443/v3/videos":     false,
		"https://heygen.com/v3/videos":              false,
		"https://api.heygen.com.evil.example/":      false,
		"https://api.heygen.com@evil.example/":      false,
		"https://evil.example/api.heygen.com":       false,
		"https://files.heygen.com/upload?signed=1":  false,
		"https://evil.example/?u=api.heygen.com:80": false,
	} {
		t.Run(target, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, func(cfg *auth.Config) {
				cfg.HeyGenURL = &url.URL{Scheme: "https", Host: "api.heygen.com", Path: "/prefix"}
				cfg.Check = func(context.Context) (string, error) { return "", nil }
			})
			var got http.Header
			w.client.Transport = w.auth.Transport(roundTrip(func(req *http.Request) (*http.Response, error) {
				got = req.Header
				return &http.Response{StatusCode: http.StatusOK, Body: http.NoBody}, nil
			}))
			inside(t, w, "X-Api-Key", "sk_k", func(ctx context.Context) {
				if _, err := w.get(ctx, target); err != nil {
					t.Error(err)
				}
			})
			if _, has := got["X-Api-Key"]; has != sent {
				t.Errorf("credential sent: %t, want %t", has, sent)
			}
		})
	}
}

func TestNoCredentialAfterARedirectOfHeyGens(t *testing.T) {
	t.Parallel()
	stranger := &upstream{good: map[string]bool{"": true}}
	other := httptest.NewServer(stranger)
	t.Cleanup(other.Close)
	w := newWorld(t, nil)
	w.upstream.set("X-Api-Key: sk_k", true)
	// A HeyGen that redirects stands behind the same origin here.
	base := http.DefaultTransport
	w.client.Transport = w.auth.Transport(roundTrip(func(req *http.Request) (*http.Response, error) {
		res, err := base.RoundTrip(req)
		if err == nil && req.URL.Path == "/away" {
			res.StatusCode = http.StatusTemporaryRedirect
			res.Header.Set("Location", other.URL)
		}
		return res, err
	}))
	inside(t, w, "X-Api-Key", "sk_k", func(ctx context.Context) {
		if _, err := w.get(ctx, w.heygen+"/away"); err != nil {
			t.Error(err)
		}
	})
	if _, calls := w.upstream.seen(); len(calls) != 1 || calls[0] != "X-Api-Key: sk_k" {
		t.Errorf("HeyGen was sent %q", calls)
	}
	if _, calls := stranger.seen(); len(calls) != 1 || calls[0] != "" {
		t.Errorf("the target of the redirect was sent %q", calls)
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

func TestRequestIsNotChanged(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.upstream.set("X-Api-Key: sk_k", true)
	inside(t, w, "X-Api-Key", "sk_k", func(ctx context.Context) {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, w.heygen+"/v3/videos", nil)
		if err != nil {
			t.Error(err)
			return
		}
		req.Header.Set("Authorization", "Bearer planted")
		res, err := w.client.Do(req)
		if err != nil {
			t.Error(err)
			return
		}
		_ = res.Body.Close()
		if req.Header.Get("X-Api-Key") != "" || req.Header.Get("Authorization") != "Bearer planted" {
			t.Errorf("the request's own headers are now %v", req.Header)
		}
	})
	if _, calls := w.upstream.seen(); len(calls) != 1 || calls[0] != "X-Api-Key: sk_k" {
		t.Errorf("HeyGen was sent %q", calls)
	}
}

// TestRefusedInMidCall holds that a token revoked within its minute is asked
// about again after the first call that fails for it.
func TestRefusedInMidCall(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.upstream.set("Authorization: Bearer good-token", true)
	bearer := []string{"Authorization", "Bearer good-token"}
	w.post(t, http.StatusOK, "/mcp?call", bearer...)
	w.upstream.set("Authorization: Bearer good-token", false)
	w.post(t, http.StatusOK, "/mcp", bearer...)
	w.checked(t, 1)
	w.post(t, http.StatusOK, "/mcp?call", bearer...)
	w.post(t, http.StatusUnauthorized, "/mcp", bearer...)
	w.post(t, http.StatusUnauthorized, "/mcp", bearer...)
	w.checked(t, 2)
}

func TestNobody(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	if got := auth.Caller(t.Context()); got != "" {
		t.Errorf("caller is %q", got)
	}
	if _, err := w.get(t.Context(), w.heygen+"/v3/videos"); err != nil {
		t.Fatal(err)
	}
	if _, calls := w.upstream.seen(); len(calls) != 1 || calls[0] != "" {
		t.Errorf("HeyGen was sent %q", calls)
	}
}
