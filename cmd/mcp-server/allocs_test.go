package main

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/rs/zerolog"

	"heygen-mcp/cmd/mcp-server/app"
	"heygen-mcp/cmd/mcp-server/settings"
)

// answering is a HeyGen in memory that always gives the same answer.
type answering string

func (a answering) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Body != nil {
		_, _ = io.Copy(io.Discard, req.Body)
		_ = req.Body.Close()
	}
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(string(a)))}, nil
}

// TestCallsAllocateLittle holds what a call leaves to the collector, which does not depend on the machine as its time
// does: the whole way from the request to the response but for the connections. A bound is about a tenth above what was
// measured; what goes beyond has made every call dearer.
func TestCallsAllocateLittle(t *testing.T) { //nolint:paralleltest // it counts what the whole process allocates
	if testing.Short() {
		t.Skip("the race detector allocates too")
	}
	const video = `{"data":{"id":"v1","title":"Tour","status":"completed","created_at":1795985278,"completed_at":1795985398,"duration":42.36,"folder_id":null,` +
		`"video_url":"https://files2.heygen.ai/v1.mp4?Expires=1796590078&Signature=a97752e24b22e688945737efd040951a","thumbnail_url":"https://files2.heygen.ai/v1.jpeg"}}`
	row := `{"id":"look_1","name":"Amelia at a desk","avatar_type":"studio_avatar","gender":"female","group_id":"g1","default_voice_id":"voice_1","status":null,` +
		`"preview_image_url":"https://files2.heygen.ai/l.webp?Expires=1796590078&Signature=39bc","supported_api_engines":["avatar_iv"],"tags":["office","desk"]}`
	page := `{"data":[` + strings.Repeat(row+",", 19) + row + `],"has_more":false,"next_token":null}`
	for _, c := range []struct {
		name, answer, tool, args string
		objects, bytes           uint64
	}{
		{"read", video, "get_video", `{"video_id":"v1"}`, 184, 26_000},
		{"list", page, "list_avatar_looks", `{"limit":20}`, 930, 109_000},
		{"create", `{"data":` + videoData + `}`, benchTool, benchAll, 1_220, 98_000},
	} {
		objects, bytes := allocated(t, answering(c.answer), c.tool, c.args)
		if objects > c.objects || bytes > c.bytes {
			t.Errorf("%s: a call allocates %d objects and %d bytes, want at most %d and %d", c.name, objects, bytes, c.objects, c.bytes)
		}
	}
}

// allocated is what a call of a tool allocates, over many.
func allocated(t *testing.T, heygen http.RoundTripper, tool, args string) (objects, bytes uint64) {
	t.Helper()
	call := caller(t, heygen)
	return allocatedBy(func(i int) {
		call("/mcp", http.Header{"X-Api-Key": {"sk_bench"}}, strings.Replace(rpc(tool, args, ""), "Tour", fmt.Sprintf("Tour %d", i), 1))
	})
}

// caller builds the server and gives what sends it messages, each of which must be answered well.
func caller(t *testing.T, heygen http.RoundTripper) func(path string, headers http.Header, message string) {
	t.Helper()
	cfg, err := settings.Load("serve", []string{"--listen", "127.0.0.1:0", "--auth", "direct"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Upstream = heygen
	a, err := app.Build(t.Context(), cfg, zerolog.New(io.Discard).With().Timestamp().Logger())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Close)
	h := a.Server.Handler()
	host := strings.TrimSuffix(strings.TrimPrefix(a.MCPURL, "http://"), "/mcp")
	return func(path string, headers http.Header, message string) {
		req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, strings.NewReader(message))
		req.Host, req.RemoteAddr = host, "127.0.0.1:1"
		maps.Copy(req.Header, headers)
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Accept", "application/json, text/event-stream")
		res := httptest.NewRecorder()
		h.ServeHTTP(res, req)
		if body := res.Body.String(); res.Code != http.StatusOK || strings.Contains(body, `"isError":true`) || !strings.Contains(body, `"result":`) {
			t.Fatalf("%.300s: got %d %.2000s", message, res.Code, body)
		}
	}
}

// allocatedBy is what one of many calls allocates. call is given their numbers.
func allocatedBy(call func(i int)) (objects, bytes uint64) {
	const warm, calls = 50, 500
	for i := range warm {
		call(i)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for i := range calls {
		call(warm + i)
	}
	runtime.ReadMemStats(&after)
	return (after.Mallocs - before.Mallocs) / calls, (after.TotalAlloc - before.TotalAlloc) / calls
}

// TestNothingGrowsWithWhatIsThere holds that a call allocates as much however many accounts, tools and choices of tools
// the server has seen: what it does for one call does not depend on the others'.
func TestNothingGrowsWithWhatIsThere(t *testing.T) { //nolint:paralleltest // it counts what the whole process allocates
	if testing.Short() {
		t.Skip("the race detector allocates too")
	}
	call := caller(t, answering(`{"data":`+videoData+`}`))
	message := rpc("get_video", `{"video_id":"v1"}`, "")
	key := func(i int) http.Header { return http.Header{"X-Api-Key": {fmt.Sprintf("sk_%d", i)}} }
	first, _ := allocatedBy(func(int) { call("/mcp", key(0), message) })
	sets := []string{"account", "avatars", "voices", "templates", "folders", "translations", "lipsyncs", "brand", "assets", "editing", "agents", "podcasts"}
	choice := func(i int) string {
		chosen := []string{"videos"}
		for bit, set := range sets {
			if i>>bit&1 == 1 {
				chosen = append(chosen, set)
			}
		}
		return strings.Join(chosen, ",")
	}
	for i := range 1 << len(sets) {
		headers := key(0)
		headers["X-Mcp-Toolsets"] = []string{choice(i)}
		call("/mcp", headers, message)
	}
	for i := range 10_000 {
		call("/mcp", key(i), message)
	}
	for name, call := range map[string]func(i int){
		"after 10,000 accounts and 4,096 choices": func(int) { call("/mcp", key(0), message) },
		"10,000 accounts by turns":                func(i int) { call("/mcp", key(i*17%10_000), message) },
		"among all tools":                         func(int) { call("/mcp/x/all", key(0), message) },
	} {
		if got, _ := allocatedBy(call); got > first+first/10 {
			t.Errorf("%s: a call allocates %d objects, the first account's %d", name, got, first)
		}
	}
}

// countingRequests counts the requests that go to HeyGen.
type countingRequests struct {
	to   http.RoundTripper
	sent *atomic.Int64
}

func (c countingRequests) RoundTrip(req *http.Request) (*http.Response, error) {
	c.sent.Add(1)
	return c.to.RoundTrip(req)
}

// TestFirstCallsAskLittle bounds what calls cost that find nothing warm: whose credential it is is asked once, beside
// the call itself.
func TestFirstCallsAskLittle(t *testing.T) {
	t.Parallel()
	sent := new(atomic.Int64)
	call := caller(t, countingRequests{answering(`{"data":` + videoData + `}`), sent})
	for _, c := range []struct {
		name, key, message string
		most               int64
	}{
		{"the first call", "sk_a", rpc("get_video", `{"video_id":"v1"}`, ""), 2},
		{"the second", "sk_a", rpc("get_video", `{"video_id":"v1"}`, ""), 1},
		{"the first of another token", "sk_b", rpc("get_video", `{"video_id":"v1"}`, ""), 2},
		{"the first list of tools", "sk_c", `{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}`, 1},
	} {
		before := sent.Load()
		call("/mcp", http.Header{"X-Api-Key": {c.key}}, c.message)
		if got := sent.Load() - before; got > c.most {
			t.Errorf("%s asked HeyGen %d times, want at most %d", c.name, got, c.most)
		}
	}
}
