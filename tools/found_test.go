package tools_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/tiktoken-go/tokenizer"

	"heygen-mcp/internal/sandbox"
	"heygen-mcp/internal/thumbnail"
	"heygen-mcp/tools"
	"heygen-mcp/tools/toolstest"
)

// manyLooks is a bench in front of the large catalog. meddle, where it is not nil, may answer a request in
// the sandbox's place.
func manyLooks(t *testing.T, meddle func(w http.ResponseWriter, r *http.Request) bool) *busyBench {
	t.Helper()
	box, err := sandbox.New(sandbox.Config{Large: true})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if meddle == nil || !meddle(w, r) {
			box.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(srv.Close)
	m := &busyBench{Bench: toolstest.NewAt(t, srv, "a HeyGen that is away or busy answers so")}
	m.now.Store(m.Now.UnixMilli())
	m.Change(t, func(c *tools.Config) {
		c.Clock = m.time
		c.Stopping = t.Context().Done()
		c.Sleep = func(ctx context.Context, d time.Duration) error {
			m.pass(d)
			return ctx.Err()
		}
	})
	return m
}

// busyBench is a bench whose time also passes while lists are read in the background.
type busyBench struct {
	*toolstest.Bench
	now atomic.Int64
}

func (m *busyBench) time() time.Time { return time.UnixMilli(m.now.Load()) }

func (m *busyBench) pass(d time.Duration) { m.now.Add(d.Milliseconds()) }

// caller is a bench of either kind.
type caller interface {
	CallTool(t *testing.T, name, raw string) map[string]any
}

// filled searches until all of a list is known.
func filled(t *testing.T, b caller, tool, args string) map[string]any {
	t.Helper()
	for range 50 {
		if res := b.CallTool(t, tool, args); res["complete"] == true {
			return res
		}
	}
	t.Fatalf("%s never knows all", tool)
	return nil
}

// isLooks says that a request lists public looks.
func isLooks(r *http.Request) bool {
	return r.URL.Path == "/v3/avatars/looks" && r.URL.Query().Get("ownership") == "public"
}

// TestHalfAList holds that a search answers from what is there, and says how much that is and why there
// is no more; that it goes on where it ended; and that HeyGen is left alone for a while after a failure.
func TestHalfAList(t *testing.T) {
	t.Parallel()
	var away, broke atomic.Bool
	var pages atomic.Int64
	b := manyLooks(t, func(w http.ResponseWriter, r *http.Request) bool {
		if !isLooks(r) {
			return false
		}
		if pages.Load() == 7 && broke.CompareAndSwap(false, true) {
			away.Store(true)
		}
		if away.Load() {
			w.WriteHeader(http.StatusBadGateway)
			return true
		}
		pages.Add(1)
		return false
	})
	res := b.CallTool(t, "list_avatar_looks", `{"query":"office","ownership":"public"}`)
	if res["complete"] != false || !strings.HasPrefix(fmt.Sprint(res["indexed"]), "350 ") || len(rows(res)) == 0 ||
		!strings.Contains(fmt.Sprint(res["note"]), "did not give the rest") {
		t.Errorf("of half a list %v are known: %v", res["indexed"], res["note"])
	}
	away.Store(false)
	b.pass(time.Minute)
	res = filled(t, b, "list_avatar_looks", `{"query":"office","ownership":"public","detail":"full"}`)
	if res["indexed"] != "10000 of 10000" {
		t.Errorf("in the end %v are known", res["indexed"])
	}
	if n := pages.Load(); n != 200 {
		t.Errorf("%d pages were read for 200", n)
	}
}

// TestHeyGenIsAway holds that a search of what nobody knows is HeyGen's refusal, and that what is known
// is searched, and said to be old.
func TestHeyGenIsAway(t *testing.T) {
	t.Parallel()
	var away atomic.Bool
	away.Store(true)
	b := manyLooks(t, func(w http.ResponseWriter, _ *http.Request) bool {
		if away.Load() {
			w.WriteHeader(http.StatusBadGateway)
		}
		return away.Load()
	})
	if res := b.CallTool(t, "list_video_agent_styles", `{"query":"noir"}`); res["error"] != true {
		t.Errorf("got %v", res)
	}
	away.Store(false)
	b.pass(time.Minute)
	if res := filled(t, b, "list_video_agent_styles", `{"query":"noir"}`); len(rows(res)) != 1 {
		t.Errorf("got %v", res)
	}
	away.Store(true)
	b.pass(30 * time.Hour)
	var res map[string]any
	for range 1000 {
		if res = b.CallTool(t, "list_video_agent_styles", `{"query":"noir"}`); res["note"] != nil {
			break
		}
	}
	if len(rows(res)) != 1 || !strings.Contains(fmt.Sprint(res["note"]), "as of 30h") {
		t.Errorf("got %v", res)
	}
}

// TestHeyGenAsksToSlowDown holds that the filling waits as long as HeyGen says.
func TestHeyGenAsksToSlowDown(t *testing.T) {
	t.Parallel()
	var asked atomic.Int64
	b := manyLooks(t, func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != "/v3/voices" || asked.Add(1) != 3 {
			return false
		}
		w.Header().Set("Retry-After", "7")
		w.WriteHeader(http.StatusTooManyRequests)
		_, _ = io.WriteString(w, `{"error":{"code":"rate_limit_exceeded","message":"Too many requests."}}`)
		return true
	})
	before := b.time()
	res := filled(t, b, "list_voices", `{"query":"warm","type":"public","detail":"full"}`)
	if res["indexed"] != "5000 of 5000" || b.time().Sub(before) < 7*time.Second {
		t.Errorf("%v are known after %v", res["indexed"], b.time().Sub(before))
	}
}

// TestSearchesAreShort holds what twenty rows cost a model.
func TestSearchesAreShort(t *testing.T) {
	t.Parallel()
	codec, err := tokenizer.Get(tokenizer.Cl100kBase)
	if err != nil {
		t.Fatal(err)
	}
	b := manyLooks(t, nil)
	filled(t, b, "list_voices", `{"query":"warm"}`)
	for tool, args := range map[string]string{
		"list_avatar_looks": `{"query":"doctor office"}`, "list_avatar_groups": `{"query":"amelia"}`, "list_voices": `{"query":"warm narrator"}`,
	} {
		res := filled(t, b, tool, args)
		raw, err := json.Marshal(res)
		if err != nil {
			t.Fatal(err)
		}
		tokens, err := codec.Count(string(raw))
		if n := len(rows(res)); err != nil || n != 20 || tokens > 2000 {
			t.Errorf("%s: %d rows cost %d tokens: %v", tool, n, tokens, err)
		}
	}
}

// rows are the items of a list.
func rows(res map[string]any) []any {
	items, _ := res["items"].([]any)
	return items
}

// TestSearchesHavePages holds that the pages of a search cover it once.
func TestSearchesHavePages(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	seen, token := map[any]bool{}, ""
	for range 20 {
		res := filled(t, b, "list_avatar_looks", fmt.Sprintf(`{"gender":"female","limit":5,"token":%q}`, token))
		for _, it := range rows(res) {
			id := it.(map[string]any)["look_id"]
			if seen[id] {
				t.Errorf("%v comes twice", id)
			}
			seen[id] = true
		}
		token, _ = res["next_token"].(string)
		if token == "" {
			break
		}
	}
	if token != "" || len(seen) < 6 {
		t.Errorf("%d rows, and then %q", len(seen), token)
	}
	if res := b.CallTool(t, "list_avatar_looks", `{"query":"a","token":"elsewhere"}`); res["error"] != true {
		t.Errorf("a token of another list gives %v", res)
	}
}

// TestPreviews holds that pictures are small, few, after the text and only where they are asked for.
func TestPreviews(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	for args, want := range map[string]int{
		`{"query":"suit","previews":true}`: 4, `{"query":"suit"}`: 0, `{"previews":true}`: 4, `{"previews":true,"limit":2}`: 2,
	} {
		out, _ := b.Call(t.Context(), "list_avatar_looks", json.RawMessage(args), nil)
		if _, first := out.Result.Content[0].(mcp.TextContent); !first {
			t.Errorf("%s: the text is not first", args)
		}
		pictures := out.Result.Content[1:]
		if len(pictures) != want {
			t.Errorf("%s: %d pictures, want %d", args, len(pictures), want)
		}
		for _, one := range pictures {
			p, _ := one.(mcp.ImageContent)
			data, err := base64.StdEncoding.DecodeString(p.Data)
			if err != nil || p.MIMEType != "image/jpeg" || len(data) > thumbnail.MaxBytes || http.DetectContentType(data) != "image/jpeg" {
				t.Errorf("%s: %d bytes of %s: %v", args, len(data), p.MIMEType, err)
			}
		}
	}
}
