package cors_test

import (
	"net/http/httptest"
	"testing"
	"time"

	"heygen-mcp/internal/cors"
)

func TestPreflight(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		method, asked string
		want          bool
	}{{"OPTIONS", "POST", true}, {"OPTIONS", "", false}, {"POST", "POST", false}} {
		r := httptest.NewRequestWithContext(t.Context(), c.method, "/", nil)
		if c.asked != "" {
			r.Header.Set("Access-Control-Request-Method", c.asked)
		}
		if got := cors.Preflight(r); got != c.want {
			t.Errorf("%s for %q: got %t, want %t", c.method, c.asked, got, c.want)
		}
	}
}

func TestAnswerPreflight(t *testing.T) {
	t.Parallel()
	res := httptest.NewRecorder()
	cors.Allow(res.Header(), cors.AnyOrigin)
	cors.AnswerPreflight(res, "GET, OPTIONS", "Accept", 90*time.Second)
	for name, want := range map[string]string{
		"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": "GET, OPTIONS",
		"Access-Control-Allow-Headers": "Accept", "Access-Control-Max-Age": "90", "Access-Control-Allow-Credentials": "",
	} {
		if got := res.Header().Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if res.Code != 204 {
		t.Errorf("got status %d, want 204", res.Code)
	}
}
