package files

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// TestStream holds that a file is handed on as it comes, and that a link is held to what Get holds it to.
func TestStream(t *testing.T) {
	t.Parallel()
	c, at := host(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/film":
			w.Header().Set("Content-Type", "video/mp4")
			w.Header().Set("Content-Length", "10")
			_, _ = io.WriteString(w, "01234")
			_ = http.NewResponseController(w).Flush()
			_, _ = io.WriteString(w, "56789")
		case "/cut":
			w.Header().Set("Content-Length", "20")
			_, _ = io.WriteString(w, "0123456789")
		case "/away":
			http.Redirect(w, r, "http://192.0.2.1/film", http.StatusFound)
		default:
			w.WriteHeader(http.StatusForbidden)
		}
	})
	s, err := c.Stream(t.Context(), at+"/film")
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(s)
	if string(body) != "0123456789" || err != nil || s.Type != "video/mp4" || s.Size != 10 {
		t.Errorf("%q of type %s and size %d: %v", body, s.Type, s.Size, err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if s, err = c.Stream(t.Context(), at+"/cut"); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(s); err == nil {
		t.Error("what was cut off is read as a whole")
	}
	_ = s.Close()
	for link, want := range map[string]string{ //nolint:gosec // G101: the addresses are no credentials
		at + "/expired": "status 403", at + "/away": "no public https", "https://169.254.169.254/x": "not read from", "file:///etc/passwd": "no public https",
	} {
		if _, err := c.Stream(t.Context(), link); err == nil || !strings.Contains(reason(t, err), want) {
			t.Errorf("%s: %v, want %s", link, err, want)
		}
	}
}
