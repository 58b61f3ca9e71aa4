package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"

	"github.com/rs/zerolog"
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

// TestCallsAllocateLittle holds what a call leaves to the collector, which does not depend on the machine as its time does: the whole way
// from the request to the response but for the connections. A bound is about a tenth above what was measured; what goes beyond has
// made every call dearer.
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
		{"read", video, "get_video", `{"video_id":"v1"}`, 230, 27_000},
		{"list", page, "list_avatar_looks", `{"limit":20}`, 1_200, 127_000},
		{"create", `{"data":` + videoData + `}`, benchTool, benchAll, 1_300, 98_000},
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
	cfg, err := load("serve", []string{"--listen", "127.0.0.1:0", "--auth", "direct"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	cfg.upstream = heygen
	a, err := build(t.Context(), cfg, zerolog.New(io.Discard).With().Timestamp().Logger())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.close)
	h := a.server.Handler()
	host := strings.TrimSuffix(strings.TrimPrefix(a.mcpURL, "http://"), "/mcp")
	call := func(i int) {
		req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/mcp", strings.NewReader(strings.Replace(rpc(tool, args, ""), "Tour", fmt.Sprintf("Tour %d", i), 1)))
		req.Host, req.RemoteAddr = host, "127.0.0.1:1"
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Accept", "application/json, text/event-stream")
		req.Header.Set("X-Api-Key", "sk_bench")
		res := httptest.NewRecorder()
		h.ServeHTTP(res, req)
		if body := res.Body.String(); res.Code != http.StatusOK || strings.Contains(body, `"isError":true`) {
			t.Fatalf("%s: got %d %s", tool, res.Code, body)
		}
	}
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
