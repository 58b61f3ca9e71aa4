package sandbox

import (
	"net/http/httptest"
	"testing"

	"heygen-mcp/internal/sandbox/contract/contracttest"
)

// serveOnce asks a sandbox without a network in between.
func serveOnce(tb testing.TB, s *Sandbox, path string) string {
	tb.Helper()
	req := httptest.NewRequestWithContext(tb.Context(), "GET", path, nil)
	req.Header.Set("X-Api-Key", "sk_sandbox_ana")
	res := httptest.NewRecorder()
	s.ServeHTTP(res, req)
	if res.Code != 200 {
		tb.Fatalf("%s: %d %s", path, res.Code, res.Body)
	}
	return res.Body.String()
}

func TestACatalogOfTwentyThousand(t *testing.T) {
	t.Parallel()
	const many = 20_000
	b := newBox(t, Config{Looks: many, Voices: many})
	seen := map[string]bool{}
	next := ""
	for range many/50 + 1 {
		page := b.get("/v3/avatars/looks?limit=50&ownership=public"+next).want(200, "")
		for _, one := range page.list("data") {
			id, _ := contracttest.Members(one)["id"].(string)
			seen[id] = true
		}
		if page.at("has_more") != true {
			break
		}
		next = "&token=" + page.text("next_token")
	}
	if len(seen) != many {
		t.Errorf("%d looks", len(seen))
	}
	if found := b.get("/v3/voices?limit=100&language=japanese&gender=male"); len(found.list("data")) == 0 {
		t.Error(found.body)
	}
}

// BenchmarkLarge measures the start of a large sandbox and a page of its lists. Seconds for the
// first and milliseconds for the others would be too slow.
func BenchmarkLarge(b *testing.B) {
	const many = 20_000
	cfg := Config{Looks: many, Voices: many}
	b.Run("start", func(b *testing.B) {
		for b.Loop() {
			if _, err := New(cfg); err != nil {
				b.Fatal(err)
			}
		}
	})
	s, err := New(cfg)
	if err != nil {
		b.Fatal(err)
	}
	for _, path := range []string{"/v3/avatars", "/v3/avatars/looks", "/v3/voices", "/v3/voices?gender=male&language=german"} {
		b.Run(path, func(b *testing.B) {
			for b.Loop() {
				serveOnce(b, s, path)
			}
		})
	}
}
