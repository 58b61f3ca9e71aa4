package demo

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDownloadSavesTheFileUnderItsName(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("video")) }))
	t.Cleanup(srv.Close)
	dir := t.TempDir()
	path, size, err := Download(t.Context(), srv.URL, dir, "v.mp4")
	if err != nil || path != filepath.Join(dir, "v.mp4") || size != 5 {
		t.Fatalf("got %q, %d bytes, error %v; want v.mp4 of 5 bytes in %s", path, size, err, dir)
	}
	if raw, err := os.ReadFile(path); err != nil || string(raw) != "video" {
		t.Errorf("got content %q, error %v; want %q", raw, err, "video")
	}
}

// Whatever goes wrong, the directory holds neither a partial file nor a temporary one.
func TestDownloadLeavesNothingBehindAfterAnError(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		want   string
	}{
		"no file": {http.NotFound, "404"},
		"broken off": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			_, _ = w.Write([]byte("part"))
		}, "EOF"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := httptest.NewServer(c.answer)
			t.Cleanup(srv.Close)
			dir := t.TempDir()
			if _, _, err := Download(t.Context(), srv.URL, dir, "v.mp4"); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got error %v, want one with %q", err, c.want)
			}
			if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
				t.Errorf("got %v, error %v; want an empty directory", left, err)
			}
		})
	}
}
