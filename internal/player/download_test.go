package player_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"heygen-mcp/internal/player"
	"heygen-mcp/internal/words"
)

// TestAFileIsCarried holds that a browser is given a file to keep, under a name that every system takes, and is led to
// the file where it cannot be opened.
func TestAFileIsCarried(t *testing.T) {
	t.Parallel()
	const link = "https://files2.heygen.ai/a/b.mp4?Expires=1"
	for _, c := range []struct {
		title, link, kind, wantKind, wantName string
	}{
		{"A film", link, "video/mp4", "video/mp4", `filename="A film.mp4"`},
		{"", link, "video/mp4", "video/mp4", "filename=one.mp4"},
		{"../../etc/passwd\x00\r\nX: y", link, "video/mp4", "video/mp4", `filename="etc passwd X y.mp4"`},
		{"Ünser Film „2“", link, "video/mp4", "video/mp4", "filename*=utf-8''%C3%9Cnser%20Film%202.mp4"},
		{strings.Repeat("long ", 100), "https://files2.heygen.ai/a.html", "text/html", "application/octet-stream", "long long\""},
	} {
		f := &player.Film{What: words.Of("player.a_video"), Title: c.title, State: player.Done, Video: c.link}
		p := newPlayer(t, f, nil, func(cfg *player.Config) {
			cfg.Open = func(_ context.Context, got string) (*player.File, error) {
				if got != c.link {
					t.Errorf("%s is opened", got)
				}
				return &player.File{ReadCloser: io.NopCloser(strings.NewReader("film")), Type: c.kind, Size: 4}, nil
			}
		})
		rec := get(t, p, "/v/one/download", "mia")
		h := rec.Header()
		name := h.Get("Content-Disposition")
		if rec.Code != http.StatusOK || rec.Body.String() != "film" || h.Get("Content-Length") != "4" || h.Get("Content-Type") != c.wantKind ||
			!strings.HasPrefix(name, "attachment; ") || !strings.Contains(name, c.wantName) {
			t.Errorf("%q: got %d %v %s, want %v, rec.Body.String() %q, Content-Length %q, Content-Type %v, %q at its beginning and %q in it", c.title, rec.Code, h, rec.Body, http.StatusOK, "film", "4", c.wantKind, "attachment; ", c.wantName)
		}
	}
	f := &player.Film{What: words.Of("player.a_video"), State: player.Done, Video: link}
	for name, open := range map[string]func(context.Context, string) (*player.File, error){
		"away": func(context.Context, string) (*player.File, error) { return nil, errors.New("its host is away") },
		"none": nil,
	} {
		rec := get(t, newPlayer(t, f, nil, func(cfg *player.Config) { cfg.Open = open }), "/v/one/download", "mia")
		if rec.Code != http.StatusSeeOther || rec.Header().Get("Location") != link || rec.Header().Get("Content-Disposition") != "" {
			t.Errorf("%s: got %d %v, want %v, Location %v and Content-Disposition %q", name, rec.Code, rec.Header(), http.StatusSeeOther, link, "")
		}
	}
}

// broken is a file that ends before its end.
type broken struct{ read bool }

func (b *broken) Read(p []byte) (int, error) {
	if b.read {
		return 0, errors.New("its host broke off")
	}
	b.read = true
	return copy(p, "fi"), nil
}

func (*broken) Close() error { return nil }

// TestABrokenFileIsNoWhole holds that what breaks off is not taken for a whole file.
func TestABrokenFileIsNoWhole(t *testing.T) {
	t.Parallel()
	f := &player.Film{What: words.Of("player.a_video"), State: player.Done, Video: "https://files2.heygen.ai/a.mp4"}
	p := newPlayer(t, f, nil, func(cfg *player.Config) {
		cfg.Open = func(context.Context, string) (*player.File, error) {
			return &player.File{ReadCloser: &broken{}, Type: "video/mp4", Size: -1}, nil
		}
	})
	defer func() {
		if failure := recover(); failure != http.ErrAbortHandler { //nolint:errorlint // a panic is what it is
			t.Errorf("it ends with %v", failure)
		}
	}()
	get(t, p, "/v/one/download", "mia")
}
