package listen

import (
	"io"
	"net/http"
	"testing"
)

// TestServe holds that a server answers at its URL until it is closed, and that there may be none.
func TestServe(t *testing.T) {
	t.Parallel()
	ln, u, err := On(t.Context(), "listen", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := Serve(ln, u, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hello") }))
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	ask := func() (string, error) {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL.String(), nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := client.Do(req)
		if err != nil {
			return "", err
		}
		defer func() { _ = res.Body.Close() }()
		body, err := io.ReadAll(res.Body)
		return string(body), err
	}
	if got, err := ask(); err != nil || got != "hello" {
		t.Errorf("got %q, %v", got, err)
	}
	s.Close()
	if got, err := ask(); err == nil {
		t.Errorf("after it was closed: %q", got)
	}
	(*Server)(nil).Close()
}
