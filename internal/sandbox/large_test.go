package sandbox

import (
	"net/http/httptest"
	"slices"
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

// TestTheLargeCatalog holds that it is the same at every start, of the promised size, and uneven: what
// an index of it must live with is in it.
func TestTheLargeCatalog(t *testing.T) {
	t.Parallel()
	c, again := largePublic(0), largePublic(0)
	if len(c.looks) != largeLooks || len(c.lookByID) != largeLooks || len(c.voiceByID) != largeVoices {
		t.Fatalf("%d looks, %d ids, %d voices", len(c.looks), len(c.lookByID), len(c.voiceByID))
	}
	counts := map[string]int{}
	for i, l := range c.looks {
		if other := again.looks[i]; l.id != other.id || l.name != other.name || !slices.Equal(l.tags, other.tags) {
			t.Fatalf("look %d is %s %q and then %s %q", i, l.id, l.name, other.id, other.name)
		}
		if l.name == "José" || l.group.name == "José" {
			counts["looks of people called José"]++
		}
		if len(l.tags) == 0 {
			counts["looks without tags"]++
		}
		if l.group.gender == "" {
			counts["looks without a gender"]++
		}
		if l.orientation == "" {
			counts["looks without an orientation"]++
		}
		if l.voiceID == "" {
			counts["looks without a voice"]++
		}
	}
	for i, v := range c.voices {
		if again.voices[i].name != v.name {
			t.Fatalf("voice %d is %q and then %q", i, v.name, again.voices[i].name)
		}
		counts["voices in "+v.language]++
	}
	for _, what := range []string{
		"looks of people called José", "looks without tags", "looks without a gender", "looks without an orientation",
		"looks without a voice", "voices in English", "voices in Portuguese", "voices in Norwegian", "voices in Multilingual",
	} {
		if counts[what] < 5 {
			t.Errorf("got %d %s, want counts[what] at least %v", counts[what], what, 5)
		}
	}
}

// TestPagesOfTheLargeCatalog holds that its answers fit the contract, which newBox checks.
func TestPagesOfTheLargeCatalog(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{Large: true})
	for path, want := range map[string]int{
		"/v3/avatars/looks?limit=50&ownership=public": largeLooks, "/v3/voices?limit=100": largeVoices,
	} {
		n, next := 0, ""
		for more := true; more; {
			page := b.get(path+next).want(200, "")
			n += len(page.list("data"))
			if more = page.at("has_more") == true; more {
				next = "&token=" + page.text("next_token")
			}
		}
		if n != want {
			t.Errorf("%s: %d items, want %d", path, n, want)
		}
	}
}
