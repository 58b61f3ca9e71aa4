package metrics

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	dto "github.com/prometheus/client_model/go"
)

// series counts the series of every metric but Go's own.
func series(t *testing.T, m *Metrics) int {
	t.Helper()
	families, err := m.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, f := range families {
		if !strings.HasPrefix(f.GetName(), "go_") && f.GetType() != dto.MetricType_UNTYPED {
			n += len(f.GetMetric())
		}
	}
	return n
}

// What strangers can choose adds no series: methods of HTTP, paths, and the codes of an upstream that has gone wild.
func TestSeriesAreBounded(t *testing.T) {
	t.Parallel()
	m := New(Config{Version: "1"})
	for i := range 10_000 {
		made := fmt.Sprintf("made_up_%d", i)
		m.Request(made, "", 404, time.Millisecond)
		m.Operation("tools/call", "get_video", "2026-07-28", made, time.Millisecond)
		m.Upstream("GET", "/v3/videos/{video_id}", 400, 1, made, time.Millisecond)
		m.Call("get_video", made, 0)
	}
	if n := series(t, m); n > 4*mostWords {
		t.Errorf("there are %d series", n)
	}
}

// The number of sign-ins is asked for at each scrape, and left out where it is not known.
func TestGrantsAreAskedFor(t *testing.T) {
	t.Parallel()
	known := true
	m := New(Config{Version: "1", Grants: func() (float64, bool) { return 7, known }})
	for _, want := range []bool{true, false} {
		known = want
		res := httptest.NewRecorder()
		m.Handler().ServeHTTP(res, httptest.NewRequestWithContext(t.Context(), "GET", "/metrics", nil))
		if got := strings.Contains(res.Body.String(), "\nheygen_mcp_grants 7\n"); got != want || res.Code != 200 {
			t.Errorf("told: %v, want %v: %d", got, want, res.Code)
		}
	}
}

func BenchmarkOperation(b *testing.B) {
	m := New(Config{Version: "1"})
	for b.Loop() {
		m.Operation("tools/call", "create_video_from_avatar", "2026-07-28", "", time.Millisecond)
		m.Request("POST", "/mcp", 200, time.Millisecond)
		m.Upstream("POST", "/v3/videos", 200, 1, "", time.Millisecond)
	}
}
