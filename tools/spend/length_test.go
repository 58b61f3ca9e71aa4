package spend_test

import (
	"bytes"
	"encoding/binary"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"heygen-mcp/internal/files"
	"heygen-mcp/tools/spend"
)

// atom is a box of the ISO format.
func atom(name string, body string) string {
	return string(binary.BigEndian.AppendUint32(nil, uint32(len(body)+8))) + name + body //nolint:gosec // it is small
}

// TestLengthReader holds that a length that stands at the end of a large file is read in a few small parts, and that
// neither a host without parts nor one without a file stops a call.
func TestLengthReader(t *testing.T) {
	t.Parallel()
	header := strings.Repeat("\x00", 12) + "\x00\x00\x03\xe8" + "\x00\x00\x9c\x40" + strings.Repeat("\x00", 80) // 40 s, in thousandths
	film := atom("ftyp", "isom") + atom("mdat", strings.Repeat("x", 5<<20)) + atom("moov", atom("mvhd", header))
	small := atom("ftyp", "isom") + atom("mdat", strings.Repeat("x", 1<<20)) + atom("moov", atom("mvhd", header))
	var asked, sent atomic.Int64
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		switch r.URL.Path {
		case "/film.mp4":
			http.ServeContent(counting{w, &sent}, r, "film.mp4", time.Time{}, strings.NewReader(film))
		case "/whole.mp4":
			_, _ = w.Write([]byte(film))
		case "/small.mp4": // from a host that gives no parts
			_, _ = w.Write([]byte(small))
		case "/loop.mp4": // boxes without end
			http.ServeContent(w, r, "loop.mp4", time.Time{}, bytes.NewReader([]byte(strings.Repeat(atom("free", strings.Repeat("x", 1<<17)), 64))))
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(srv.Close)
	at, err := url.Parse(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	read := spend.LengthReader(files.New(files.Config{HeyGen: at}))
	if got := read(t.Context(), srv.URL+"/film.mp4"); got.Seconds != 40 {
		t.Errorf("got %+v, want 40 s", got)
	}
	if asked.Load() > 3 || sent.Load() > 256<<10 {
		t.Errorf("%d requests gave %d bytes, want at most 3 and 256 KB", asked.Load(), sent.Load())
	}
	if got := read(t.Context(), srv.URL+"/small.mp4"); got.Seconds != 40 {
		t.Errorf("of a small file that comes whole, got %+v, want 40 s", got)
	}
	for path, bounded := range map[string]bool{"/whole.mp4": false, "/loop.mp4": true, "/none.mp4": false} {
		before := asked.Load()
		if got := read(t.Context(), srv.URL+path); got.Seconds != 0 || bounded != (got.Most > 8000) {
			t.Errorf("%s: got %+v, want no length, and a bound by its size: %t", path, got, bounded)
		}
		if n := asked.Load() - before; n > 3 {
			t.Errorf("%s took %d requests", path, n)
		}
	}
}

// counting counts what is sent.
type counting struct {
	http.ResponseWriter
	bytes *atomic.Int64
}

func (c counting) Write(b []byte) (int, error) {
	c.bytes.Add(int64(len(b)))
	return c.ResponseWriter.Write(b)
}
