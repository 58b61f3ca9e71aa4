package hooks_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"heygen-mcp/internal/hooks"
	"heygen-mcp/internal/seal"
)

// bench is Hooks whose pokes are kept.
type bench struct {
	*hooks.Hooks
	now          time.Time
	poked, words []string
}

func newBench(t *testing.T, ring *seal.Ring) *bench {
	t.Helper()
	b := &bench{now: time.Unix(1_790_000_000, 0)}
	var err error
	b.Hooks, err = hooks.New(hooks.Config{
		Ring: ring, Base: "https://mcp.example/hooks/", Clock: func() time.Time { return b.now },
		Poke: func(account, kind, id string) { b.poked = append(b.poked, account+" "+kind+" "+id) },
		Tell: func(_ context.Context, word string) error {
			b.words = append(b.words, word)
			return nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func newRing(t *testing.T) *seal.Ring {
	t.Helper()
	ring, err := seal.NewRing(seal.NewKey())
	if err != nil {
		t.Fatal(err)
	}
	return ring
}

// call calls a URL and demands a status.
func (b *bench) call(t *testing.T, method, url, body string, status int) {
	t.Helper()
	rec := httptest.NewRecorder()
	b.ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body)))
	if rec.Code != status || rec.Body.Len() > 0 {
		t.Errorf("%s %.40s: got %d %s, want %d", method, body, rec.Code, rec.Body, status)
	}
}

const event = `{"event_type":"avatar_video.success","event_data":{"video_id":"v1","url":"https://x.example/","callback_id":"mine"}}`

// TestACallIsAPoke holds that a call pokes the job that it names, here and elsewhere, once.
func TestACallIsAPoke(t *testing.T) {
	t.Parallel()
	ring := newRing(t)
	b, other := newBench(t, ring), newBench(t, ring)
	url := b.URL("an account", "video")
	if strings.Contains(url, "account") || len(url) > 400 {
		t.Errorf("the URL is %s", url)
	}
	for range 100 {
		other.call(t, http.MethodPost, url, event, http.StatusNoContent) // by whichever replica it is taken
	}
	want := []string{"an account video v1"}
	if !slices.Equal(other.poked, want) || len(other.words) != 1 {
		t.Fatalf("a hundred calls poked %v and told %v, want one poke and one word", other.poked, other.words)
	}
	b.Hear(other.words[0])
	b.Hear("")
	b.Hear("nonsense")
	if !slices.Equal(b.poked, want) {
		t.Errorf("what was told poked %v, want %v", b.poked, want)
	}
	other.now = other.now.Add(time.Minute)
	if other.call(t, http.MethodPost, url, event, http.StatusNoContent); len(other.poked) != 2 {
		t.Errorf("a minute later it poked %v", other.poked)
	}
}

// TestCallsThatAreNone holds what does nothing: URLs that are none of ours, or are too old, and
// bodies that name no job.
func TestCallsThatAreNone(t *testing.T) {
	t.Parallel()
	b := newBench(t, newRing(t))
	url := b.URL("an account", "video")
	for _, forged := range []string{
		newBench(t, newRing(t)).URL("an account", "video"), url[:len(url)-2], "https://mcp.example/hooks/", "https://mcp.example/hooks/x",
		"https://mcp.example/hooks/" + strings.Repeat("A", 10_000),
	} {
		b.call(t, http.MethodPost, forged, event, http.StatusNotFound)
	}
	b.call(t, http.MethodGet, url, "", http.StatusNotFound)
	for _, body := range []string{
		"", "{", "null", `"v1"`, `[{"video_id":"v1"}]`, `{"video_id":5}`, `{"video_id":"v 1\nx"}`, `{"callback_id":"v1"}`,
		`{"event_data":{"a":{"a":{"a":{"a":{"video_id":"v1"}}}}}}`, `{"video_id":"v1","more":"` + strings.Repeat("x", 1<<20) + `"}`,
		strings.Repeat(`{"a":`, 10_000),
	} {
		b.call(t, http.MethodPost, url, body, http.StatusNoContent)
	}
	b.now = b.now.Add(8 * 24 * time.Hour)
	b.call(t, http.MethodPost, url, event, http.StatusNotFound)
	if len(b.poked) > 0 {
		t.Errorf("poked were %v", b.poked)
	}
}

// TestAFloodIsBounded holds how many pokes calls about ever new jobs can bring about.
func TestAFloodIsBounded(t *testing.T) {
	t.Parallel()
	b := newBench(t, newRing(t))
	url := b.URL("an account", "video")
	for i := range 20_000 {
		b.call(t, http.MethodPost, url, fmt.Sprintf(`{"video_id":"v%d","b_id":"x%d","c_id":"y%d"}`, i, i, i), http.StatusNoContent)
	}
	if len(b.poked) != 200 {
		t.Errorf("%d pokes, want 200", len(b.poked))
	}
}
