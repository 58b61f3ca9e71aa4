package edge

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// A body that is passed on is let go when it is read.
func TestBodyIsReadOnce(t *testing.T) {
	t.Parallel()
	o := &once{bytes.NewReader([]byte("body"))}
	if got, err := io.ReadAll(o); string(got) != "body" || err != nil || o.rest != nil {
		t.Errorf("%q, %v, and %v is kept", got, err, o.rest)
	}
}

// reading is an edge whose read is asked alone.
func reading(t *testing.T, hold func() *Busy) *Edge {
	t.Helper()
	return &Edge{cfg: Config{MaxBody: 256 << 10, Hold: func(_ context.Context, n Need) *Busy {
		if hold == nil || n != LongBody {
			return nil
		}
		return hold()
	}}}
}

// Long messages are for the methods that carry what people wrote.
func TestBodiesByMethod(t *testing.T) {
	t.Parallel()
	of := func(method string, length int) string {
		start := `{"id":1,"method":"` + method + `","params":{"a":"`
		return start + strings.Repeat("x", length-len(start)-4) + `"}}}`[1:] + " "
	}
	for _, c := range []struct {
		body   string
		header string
		status int // 0 where it is read
	}{
		{of("tools/list", 16<<10), "", 0},
		{of("tools/list", 16<<10+1), "", 413},
		{of("tools/call", 16<<10+1), "", 0},
		{of("tools/call", 256<<10), "", 0},
		{of("tools/call", 256<<10+1), "", 413},
		{of("prompts/get", 256<<10), "", 0},
		{of("tasks/update", 128<<10), "", 0},
		{of("tasks/update", 128<<10+1), "", 413},
		{`{"params":"` + strings.Repeat("x", 20_000) + `","method":"tools/list"}`, "", 0},
		{`{"params":"` + strings.Repeat("x", 20_000) + `"`, "tools/list", 413},
	} {
		for _, known := range []bool{true, false} {
			req := httptest.NewRequestWithContext(t.Context(), "POST", "/mcp", strings.NewReader(c.body))
			req.Header.Set("Content-Type", "application/json")
			if c.header != "" {
				req.Header.Set("Mcp-Method", c.header)
			}
			if !known {
				req.ContentLength = -1
			}
			res := httptest.NewRecorder()
			got, ok := reading(t, nil).read(res, req)
			if ok != (c.status == 0) || ok && string(got) != c.body || !ok && res.Code != c.status {
				t.Errorf("%.40s… of %d bytes, length known %t: read %t with status %d, want %d", c.body, len(c.body), known, ok, res.Code, c.status)
			}
		}
	}
}

// The bound of long messages may be a byte above that of others.
func TestBodiesBarelyLong(t *testing.T) {
	t.Parallel()
	const most = 16<<10 + 1
	begin := `{"id":1,"method":"tools/call","a":"`
	for length, want := range map[int]bool{most: true, most + 1: false} {
		req := httptest.NewRequestWithContext(t.Context(), "POST", "/mcp", strings.NewReader(begin+strings.Repeat("x", length-len(begin)-2)+`"}`))
		req.Header.Set("Content-Type", "application/json")
		res := httptest.NewRecorder()
		e := &Edge{cfg: Config{MaxBody: most}}
		if _, ok := e.read(res, req); ok != want {
			t.Errorf("%d bytes: read %t with status %d, want %t", length, ok, res.Code, want)
		}
	}
}

func TestLongBodiesNeedRoom(t *testing.T) {
	t.Parallel()
	full := func() *Busy { return &Busy{Status: 503, Text: "full"} }
	usual := httptest.NewRequestWithContext(t.Context(), "POST", "/mcp", strings.NewReader(strings.Repeat(" ", 16<<10)))
	usual.Header.Set("Content-Type", "application/json")
	if _, ok := reading(t, full).read(httptest.NewRecorder(), usual); !ok {
		t.Error("a body of 16 KiB needs room")
	}
	req := httptest.NewRequestWithContext(t.Context(), "POST", "/mcp", strings.NewReader(`{"id":7,"method":"tools/call","a":"`+strings.Repeat("x", 20_000)+`"}`))
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	res := httptest.NewRecorder()
	e := reading(t, full)
	if _, ok := e.read(res, req); ok || res.Code != 503 || res.Header().Get("Retry-After") != "5" ||
		!strings.Contains(res.Body.String(), `"id":7,"error":{"code":-32603,"message":"full; try again in 5 seconds"`) {
		t.Errorf("read %t: %d %s", ok, res.Code, res.Body)
	}
	if n, _ := req.Body.Read(make([]byte, 1)); n != 0 {
		t.Error("the rest of the body was not discarded")
	}
}

// What breaks off is told apart from what is too long.
func TestBrokenBodies(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		body   io.Reader
		status int
	}{
		"breaks off":      {io.MultiReader(strings.NewReader(`{"id":`), errReader{errors.New("gone")}), 400},
		"too long":        {errReader{&http.MaxBytesError{Limit: 1000}}, 413},
		"breaks off late": {io.MultiReader(strings.NewReader(`{"method":"tools/call","a":"`+strings.Repeat("x", 20_000)), errReader{errors.New("gone")}), 400},
	} {
		req := httptest.NewRequestWithContext(t.Context(), "POST", "/mcp", c.body)
		req.Header.Set("Content-Type", "application/json")
		res := httptest.NewRecorder()
		if _, ok := reading(t, nil).read(res, req); ok || res.Code != c.status {
			t.Errorf("%s: read %t with status %d, want %d", name, ok, res.Code, c.status)
		}
	}
}

// errReader is a body that cannot be read.
type errReader struct{ err error }

func (r errReader) Read([]byte) (int, error) { return 0, r.err }

func TestLimitBody(t *testing.T) {
	t.Parallel()
	for length, status := range map[int]int{10: 200, 11: 413} {
		res := httptest.NewRecorder()
		LimitBody(10)(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(200) })).
			ServeHTTP(res, httptest.NewRequestWithContext(t.Context(), "POST", "/", strings.NewReader(strings.Repeat("x", length))))
		if res.Code != status {
			t.Errorf("a body of %d bytes: got %d, want %d", length, res.Code, status)
		}
	}
	for limit, want := range map[int64]string{16 << 10: "only tools/call and prompts/get may be longer", 16<<10 + 1: "give media as an https URL"} {
		res := httptest.NewRecorder()
		if tooLarge(res, nil, limit); !strings.Contains(res.Body.String(), want) {
			t.Errorf("over %d bytes: got %s, want %q", limit, res.Body, want)
		}
	}
}
