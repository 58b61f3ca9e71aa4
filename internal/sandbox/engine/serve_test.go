package engine

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-chi/chi/v5"
)

// testAPI is an engine behind HTTP, whose operations only count their calls.
type testAPI struct {
	engine *Engine
	url    string
	done   atomic.Int64 // calls of an operation
}

func newTestAPI(t *testing.T) *testAPI {
	t.Helper()
	e, _ := newTestRequest(t)
	api := &testAPI{engine: e}
	work := func(r *http.Request, _ *Request) (any, *Error) {
		done := api.done.Add(1)
		if id := chi.URLParam(r, "video_id"); id == "none" {
			return nil, NotFound("video_not_found", "Video")
		}
		return map[string]any{"status": "pending", "call": done}, nil
	}
	numbers := make([]int, 25)
	for i := range numbers {
		numbers[i] = i + 1
	}
	list := func(r *http.Request, _ *Request) (any, *Error) {
		l, apiErr := e.ReadListing(r)
		if apiErr != nil {
			return nil, apiErr
		}
		return ByIndex(e, l, numbers, func(n int) any { return n }), nil
	}
	h, err := e.Handler([]Route{
		On("POST", "/v3/folders", work), On("GET", "/v3/videos/{video_id}", work), On("GET", "/v3/videos", list),
	}, func(chi.Router) {}, nil)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	api.url = srv.URL
	return api
}

// send sends a request as the account ana. It returns status 0 when the connection broke.
func (api *testAPI) send(t *testing.T, method, path, body string, headers ...string) (int, http.Header, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, api.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Api-Key", "sk_sandbox_ana")
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	res, err := client.Do(req)
	if err != nil {
		return 0, nil, ""
	}
	defer func() { _ = res.Body.Close() }()
	raw, _ := io.ReadAll(res.Body) // a fault may cut it
	return res.StatusCode, res.Header, string(raw)
}

func TestOnlyWhatTheContractHasIsMounted(t *testing.T) {
	t.Parallel()
	e, _ := newTestRequest(t)
	known := On("GET", "/v3/videos", nil)
	for name, routes := range map[string][]Route{
		"unknown": {On("GET", "/v3/nothing", nil)}, "twice": {known, known},
	} {
		if _, err := e.Handler(routes, func(chi.Router) {}, nil); err == nil {
			t.Errorf("%s: got no error, want one that names the route", name)
		}
	}
}

func TestRequestsAreCheckedBeforeAnythingIsDone(t *testing.T) {
	t.Parallel()
	api := newTestAPI(t)
	for _, c := range []struct {
		method, path, body string
		headers            []string
		status             int
		code               string
	}{
		{"GET", "/v3/videos/v", "", []string{"X-Api-Key", "sk_other"}, 401, "unauthorized"},
		{"GET", "/v3/videos/v", "", []string{"Authorization", "Bearer sk_sandbox_ana"}, 401, "unauthorized"},
		{"POST", "/v3/folders", `{}`, nil, 400, "invalid_parameter"},
		{"POST", "/v3/folders", `{"name":7}`, nil, 400, "invalid_parameter"},
		{"POST", "/v3/folders", `[]`, nil, 400, "invalid_parameter"},
		{"POST", "/v3/folders", `{"name":"x"}`, []string{"Idempotency-Key", "no spaces"}, 400, "invalid_parameter"},
		{"GET", "/v3/videos?limit=0", "", nil, 400, "invalid_parameter"},
		{"GET", "/v3/videos?token=made-up", "", nil, 400, "invalid_parameter"},
		{"GET", "/v3/nowhere", "", nil, 404, "not_found"},
		{"PUT", "/v3/videos", "", nil, 405, "method_not_allowed"},
	} {
		status, header, body := api.send(t, c.method, c.path, c.body, c.headers...)
		if status != c.status || !strings.Contains(body, `"code":"`+c.code+`"`) || header.Get("X-Request-Id") == "" {
			t.Errorf("%s %s %s: got %d %s, want %d %s and a request id", c.method, c.path, c.body, status, body, c.status, c.code)
		}
	}
	if api.done.Load() != 0 {
		t.Errorf("got %d calls of the operations, want none", api.done.Load())
	}
}

func TestAnIdempotencyKeyIsDoneOnce(t *testing.T) {
	t.Parallel()
	api := newTestAPI(t)
	create := func(key string) (int, string) {
		status, _, body := api.send(t, "POST", "/v3/folders", `{"name":"x"}`, "Idempotency-Key", key)
		return status, body
	}
	_, first := create("a")
	if status, again := create("a"); status != 200 || again != first || api.done.Load() != 1 {
		t.Errorf("got %d %s after %d calls, want the first answer %s after one", status, again, api.done.Load(), first)
	}
	if _, other := create("b"); other == first {
		t.Errorf("got %s for another key as well", other)
	}
	api.engine.clock.advance(keyLifetime)
	if _, late := create("a"); late == first || api.done.Load() != 3 {
		t.Errorf("got %s after %d calls, want a new answer once the key has expired", late, api.done.Load())
	}
}

func TestAFaultHappensAsOftenAsItWasPlanned(t *testing.T) {
	t.Parallel()
	for fault, want := range map[string]struct {
		status int
		done   int64
		part   string
	}{
		"rate_limit":     {429, 0, "rate_limit_exceeded"},
		"html_502":       {502, 0, "<html>"},
		"lost":           {0, 1, ""},
		"cut":            {200, 1, `{"data":`},
		"new_field":      {200, 1, "zz_new_field"},
		"unknown_status": {200, 1, "archiving"},
	} {
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			api := newTestAPI(t)
			plan := fmt.Sprintf(`{"method":"GET","path":"/v3/videos/{id}","fault":%q,"retry_after_seconds":7}`, fault)
			if status, _, body := api.send(t, "POST", "/_sandbox/faults", plan); status != 200 {
				t.Fatalf("got %d %s for the plan", status, body)
			}
			status, header, body := api.send(t, "GET", "/v3/videos/v", "")
			if status != want.status || api.done.Load() != want.done || !strings.Contains(body, want.part) {
				t.Errorf("got %d %q after %d calls, want %+v", status, body, api.done.Load(), want)
			}
			if fault == "rate_limit" && header.Get("Retry-After") != "7" {
				t.Errorf("got Retry-After %q, want 7", header.Get("Retry-After"))
			}
			if status, _, body := api.send(t, "GET", "/v3/videos/v", ""); status != 200 || !strings.Contains(body, `"pending"`) {
				t.Errorf("got %d %s, want no fault the second time", status, body)
			}
		})
	}
}

func TestPagesCoverAListOnce(t *testing.T) {
	t.Parallel()
	api := newTestAPI(t)
	seen, token := 0, ""
	for range 10 {
		_, _, body := api.send(t, "GET", "/v3/videos?limit=10"+token, "")
		var page struct {
			Data []int   `json:"data"`
			More bool    `json:"has_more"`
			Next *string `json:"next_token"`
		}
		if err := json.Unmarshal([]byte(body), &page); err != nil {
			t.Fatalf("%v in %s", err, body)
		}
		for _, n := range page.Data {
			if n != seen+1 {
				t.Fatalf("got %d after %d", n, seen)
			}
			seen = n
		}
		if !page.More {
			break
		}
		token = "&token=" + *page.Next
		if status, _, body := api.send(t, "GET", "/v3/videos?limit=10&title=x"+token, ""); status != 400 {
			t.Errorf("got %d %s for a token with other filters, want 400", status, body)
		}
	}
	if seen != 25 {
		t.Errorf("got %d items, want 25", seen)
	}
}

func TestControlsOfTheClockAndTheCalls(t *testing.T) {
	t.Parallel()
	api := newTestAPI(t)
	api.send(t, "POST", "/v3/folders", `{"name":"x"}`, "Idempotency-Key", "a")
	api.send(t, "GET", "/v3/videos/none", "")
	_, _, body := api.send(t, "GET", "/_sandbox/calls", "")
	var calls []call
	if err := json.Unmarshal([]byte(body), &calls); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	want := []call{
		{Method: "POST", Path: "/v3/folders", Account: "ana", IdempotencyKey: "a", Status: 200, Done: true},
		{Method: "GET", Path: "/v3/videos/none", Account: "ana", Status: 404},
	}
	if len(calls) != 2 || calls[0] != want[0] || calls[1] != want[1] {
		t.Errorf("got calls %+v, want %+v", calls, want)
	}
	before := api.engine.Now()
	if status, _, body := api.send(t, "POST", "/_sandbox/clock", `{"hold":true,"advance_seconds":90}`); status != 200 || api.engine.Now().Sub(before) != 90*time.Second {
		t.Errorf("got %d %s, and %v later; want 90 s later", status, body, api.engine.Now().Sub(before))
	}
	cleared := false
	api.engine.Reset(func() { cleared = true })
	if _, _, body := api.send(t, "GET", "/_sandbox/calls", ""); body != "[]" || !cleared || !api.engine.Now().Equal(before) {
		t.Errorf("got calls %s at %v after a reset, want none at %v", body, api.engine.Now(), before)
	}
}
