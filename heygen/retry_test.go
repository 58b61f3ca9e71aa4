package heygen

import (
	"context"
	"errors"
	"net"
	"net/http"
	"slices"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"heygen-mcp/internal/clock"
)

type scripted struct {
	Script string `json:"script"`
}

func TestRetries(t *testing.T) {
	t.Parallel()
	ok := answer(200, `{"data":{"id":"v1"}}`)
	limited := func(pairs ...string) http.HandlerFunc {
		return answer(429, `{"error":{"code":"rate_limit_exceeded","message":"Slow."}}`, pairs...)
	}
	bad := answer(502, "<html>bad gateway</html>")
	const date = "Date"
	get := Op{Method: "GET", Path: "/v3/videos"}
	keyed := Op{Method: "POST", Path: "/v3/videos", Key: true}
	plain := Op{Method: "POST", Path: "/v3/voices"}
	tts := Op{Method: "POST", Path: "/v3/models/audio/tts"}
	unavailable := answer(503, `{"error":{"code":"service_unavailable","message":"Busy."}}`)
	notYet := answer(409, `{"error":{"code":"voice_not_ready","message":"Not yet."}}`)
	once := Op{Method: "POST", Path: "/v3/assets/a/complete", Once: true}
	patch := Op{Method: "PATCH", Path: "/v3/folders/f"}
	del := Op{Method: "DELETE", Path: "/v3/videos/v"}
	put := Op{Method: "PUT", Path: "/v3/x"}
	for _, tc := range []struct {
		name      string
		op        Op
		key       string
		steps     []http.HandlerFunc
		calls     int
		waits     string
		code      string // "" = success
		retryable bool
		unclear   bool
	}{
		{"429 backs off", get, "", []http.HandlerFunc{limited(), limited(), ok}, 3, "[1s 2s]", "", false, false},
		{"429 seconds", plain, "", []http.HandlerFunc{limited("Retry-After", "7"), ok}, 2, "[7s]", "", false, false},
		{"429 date", patch, "", []http.HandlerFunc{limited(date, "Mon, 05 Oct 2026 10:00:00 GMT", "Retry-After", "Mon, 05 Oct 2026 10:00:09 GMT"), ok}, 2, "[9s]", "", false, false},
		{"429 past date", get, "", []http.HandlerFunc{limited(date, "Mon, 05 Oct 2026 10:00:00 GMT", "Retry-After", "Mon, 05 Oct 2026 09:00:00 GMT"), ok}, 2, "[1s]", "", false, false},
		{"429 for longer than a call waits", get, "", []http.HandlerFunc{limited("Retry-After", "21")}, 1, "[]", "rate_limit_exceeded", true, false},
		{"429 for an hour", plain, "", []http.HandlerFunc{limited("Retry-After", "3600")}, 1, "[]", "rate_limit_exceeded", true, false},
		{"429 in sum for longer", get, "", []http.HandlerFunc{limited("Retry-After", "12")}, 2, "[12s]", "rate_limit_exceeded", true, false},
		{"429 up to the bound", get, "", []http.HandlerFunc{limited("Retry-After", "12"), limited("Retry-After", "8"), ok}, 3, "[12s 8s]", "", false, false},
		{"503 for a minute", get, "", []http.HandlerFunc{answer(503, "", "Retry-After", "60")}, 1, "[]", "http_503", true, false},
		{"503 for a minute, keyed create", keyed, "k", []http.HandlerFunc{answer(503, "", "Retry-After", "60")}, 1, "[]", "http_503", true, false},
		{"429 for ever", plain, "", []http.HandlerFunc{limited()}, 3, "[1s 2s]", "rate_limit_exceeded", true, false},
		{"5xx read", get, "", []http.HandlerFunc{bad, ok}, 2, "[1s]", "", false, false},
		{"5xx read for ever", get, "", []http.HandlerFunc{bad}, 3, "[1s 2s]", "http_502", true, false},
		{"5xx put", put, "", []http.HandlerFunc{bad, ok}, 2, "[1s]", "", false, false},
		{"503 says when", get, "", []http.HandlerFunc{answer(503, "", "Retry-After", "4"), ok}, 2, "[4s]", "", false, false},
		{"busy where a repeat is safe", tts, "", []http.HandlerFunc{unavailable, ok}, 2, "[1s]", "", false, false},
		{"busy for ever", tts, "", []http.HandlerFunc{unavailable}, 3, "[1s 2s]", "service_unavailable", true, false},
		{"busy elsewhere", plain, "", []http.HandlerFunc{unavailable}, 1, "[]", "service_unavailable", false, true},
		{"a 503 of a gateway", tts, "", []http.HandlerFunc{answer(503, "")}, 1, "[]", "http_503", false, true},
		{"not ready", tts, "", []http.HandlerFunc{notYet}, 1, "[]", "voice_not_ready", true, false},
		{"501 is no trouble", get, "", []http.HandlerFunc{answer(501, "")}, 1, "[]", "http_501", false, false},
		{"5xx keyed create", keyed, "k", []http.HandlerFunc{bad, ok}, 2, "[1s]", "", false, false},
		{"5xx keyed create for ever", keyed, "k", []http.HandlerFunc{bad}, 3, "[1s 2s]", "http_502", true, false},
		{"5xx create without key", keyed, "", []http.HandlerFunc{bad}, 1, "[]", "http_502", false, true},
		{"5xx create that takes no key", plain, "k", []http.HandlerFunc{bad}, 1, "[]", "http_502", false, true},
		{"5xx once by nature", once, "", []http.HandlerFunc{bad, ok}, 2, "[1s]", "", false, false},
		{"lost once by nature for ever", once, "", []http.HandlerFunc{hangUp}, 3, "[1s 2s]", "connection_failed", true, false},
		{"5xx patch", patch, "", []http.HandlerFunc{bad}, 1, "[]", "http_502", false, true},
		{"lost read", get, "", []http.HandlerFunc{hangUp, ok}, 2, "[1s]", "", false, false},
		{"lost keyed create", keyed, "k", []http.HandlerFunc{hangUp, ok}, 2, "[1s]", "", false, false},
		{"lost create without key", plain, "", []http.HandlerFunc{hangUp}, 1, "[]", "connection_failed", false, true},
		{"limited, then lost", plain, "", []http.HandlerFunc{limited(), hangUp}, 2, "[1s]", "connection_failed", false, true},
		{"cut create without key", plain, "", []http.HandlerFunc{cut}, 1, "[]", "connection_failed", false, true},
		{"cut keyed create", keyed, "k", []http.HandlerFunc{cut, ok}, 2, "[1s]", "", false, false},
		{"page instead of answer", plain, "", []http.HandlerFunc{answer(200, "<html>")}, 1, "[]", "bad_response", false, true},
		{"delete lost, then gone", del, "", []http.HandlerFunc{hangUp, answer(404, `{"error":{"code":"video_not_found","message":"Video not found."}}`)}, 2, "[1s]", "video_not_found", false, true},
		{"delete gone", del, "", []http.HandlerFunc{answer(404, `{"error":{"code":"video_not_found","message":"Video not found."}}`)}, 1, "[]", "video_not_found", false, false},
		{"put lost, then refused", put, "", []http.HandlerFunc{hangUp, answer(400, "")}, 2, "[1s]", "http_400", false, false},
		{"put lost, then limited", put, "", []http.HandlerFunc{hangUp, limited()}, 3, "[1s 2s]", "rate_limit_exceeded", true, true},
		{"in flight after our repeat", keyed, "k", []http.HandlerFunc{hangUp, inProgress(), inProgress(), inProgress(), inProgress(), ok}, 6, "[1s 1s 2s 4s 5s]", "", false, false},
		{"in flight before it", keyed, "k", []http.HandlerFunc{inProgress()}, 1, "[]", "request_in_progress", true, false},
		{"in flight, lost again", keyed, "k", []http.HandlerFunc{bad, inProgress(), bad, ok}, 4, "[1s 1s 2s]", "", false, false},
		{"other conflict", keyed, "k", []http.HandlerFunc{bad, answer(409, `{"error":{"code":"conflict"}}`)}, 2, "[1s]", "conflict", false, false},
		{"refused", get, "", []http.HandlerFunc{answer(402, `{"error":{"code":"insufficient_credit"}}`)}, 1, "[]", "insufficient_credit", false, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t, tc.steps...)
			var in any
			if tc.op.Method == "POST" {
				in = &scripted{"Hello <b>"}
			}
			_, err := f.client(t).Do(t.Context(), tc.op, in, tc.key)
			calls := f.got()
			if len(calls) != tc.calls || f.waited() != tc.waits {
				t.Errorf("%d calls after %s, want %d after %s", len(calls), f.waited(), tc.calls, tc.waits)
			}
			for _, c := range calls {
				if c.body != calls[0].body || c.uri != calls[0].uri {
					t.Errorf("a repeat differs: %+v", c)
				}
				want := ""
				if tc.op.Key {
					want = tc.key
				}
				if c.header.Get("Idempotency-Key") != want {
					t.Errorf("key %q, want %q", c.header.Get("Idempotency-Key"), want)
				}
			}
			if tc.code == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			e := asError(t, err)
			if tc.name == "429 for an hour" && e.RetryAfter != time.Hour {
				t.Errorf("the wait is told as %s", e.RetryAfter)
			}
			if e.Code != tc.code || e.Retryable != tc.retryable || e.Unclear != tc.unclear {
				t.Errorf("got %+v", e)
			}
		})
	}
}

// A wait that HeyGen named is kept; all others are any time up to the bound, which doubles.
func TestJitter(t *testing.T) {
	t.Parallel()
	var bounds []time.Duration
	half := func(c *Config) {
		c.Jitter = func(bound time.Duration) time.Duration {
			bounds = append(bounds, bound)
			return bound / 2
		}
	}
	f := newFake(t, answer(503, ""), answer(503, "", "Retry-After", "3"), answer(200, `{"data":{}}`))
	if _, err := f.client(t, half).Do(t.Context(), Op{Method: "GET", Path: "/v3/videos"}, nil, ""); err != nil {
		t.Fatal(err)
	}
	if got := f.waited(); got != "[500ms 3s]" {
		t.Errorf("waited %s, want [500ms 3s]", got)
	}
	f = newFake(t, answer(503, ""))
	if _, err := f.client(t, half).Do(t.Context(), Op{Method: "GET", Path: "/v3/videos"}, nil, ""); err == nil {
		t.Fatal("a server that always fails has answered")
	}
	if got := f.waited(); got != "[500ms 1s]" {
		t.Errorf("waited %s, want [500ms 1s]", got)
	}
	if want := []time.Duration{time.Second, time.Second, 2 * time.Second, 4 * time.Second}; !slices.Equal(bounds, want) {
		t.Errorf("the bounds were %v, want %v", bounds, want)
	}
}

// failing answers 503 at once.
type failing struct{ calls int }

func (f *failing) RoundTrip(*http.Request) (*http.Response, error) {
	f.calls++
	return &http.Response{StatusCode: 503, Header: http.Header{}, Body: http.NoBody}, nil
}

// A call that has no time left for a wait ends with its reason at once.
func TestNoWaitIntoTheDeadline(t *testing.T) {
	t.Parallel()
	for left, calls := range map[time.Duration]int{time.Second: 1, time.Second + 1: 2} {
		synctest.Test(t, func(t *testing.T) {
			f := &failing{}
			c, err := New(Config{Jitter: noJitter, HTTP: &http.Client{Transport: f}})
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), left)
			defer cancel()
			begun := time.Now()
			_, err = c.Do(ctx, Op{Method: "GET", Path: "/v3/videos"}, nil, "")
			if e := asError(t, err); e.Status != 503 || f.calls != calls || time.Since(begun) != time.Duration(calls-1)*time.Second {
				t.Errorf("with %v left: %d calls in %v, then %v; want %d calls", left, f.calls, time.Since(begun), err, calls)
			}
		})
	}
}

func TestFullJitter(t *testing.T) {
	t.Parallel()
	low, high := time.Second, time.Duration(0)
	for range 1000 {
		wait := fullJitter(time.Second)
		if wait < 0 || wait > time.Second {
			t.Fatalf("waited %v, want 0s to 1s", wait)
		}
		low, high = min(low, wait), max(high, wait)
	}
	if wait := fullJitter(0); wait != 0 {
		t.Errorf("without a bound it waits %v, want 0s", wait)
	}
	if low > 100*time.Millisecond || high < 900*time.Millisecond {
		t.Errorf("a thousand waits lie between %v and %v, want all of 0s to 1s", low, high)
	}
}

func TestSleepEndsWithTheCaller(t *testing.T) {
	t.Parallel()
	f := newFake(t, answer(429, ""))
	ctx, cancel := context.WithCancel(t.Context())
	c := f.client(t, func(c *Config) {
		c.Sleep = func(ctx context.Context, d time.Duration) error { cancel(); return clock.Sleep(ctx, d) }
	})
	_, err := c.Do(ctx, Op{Method: "GET", Path: "/v3/videos"}, nil, "")
	if e := asError(t, err); e.Code != "http_429" || !errors.Is(err, context.Canceled) {
		t.Errorf("got %+v", e)
	}
}

func TestNoWaitPastTheDeadline(t *testing.T) {
	t.Parallel()
	f := newFake(t, answer(429, "", "Retry-After", "15"))
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	_, err := f.client(t).Do(ctx, Op{Method: "GET", Path: "/v3/videos"}, nil, "")
	if e := asError(t, err); e.RetryAfter != 15*time.Second || f.waited() != "[]" {
		t.Errorf("got %+v after %s", e, f.waited())
	}
}

// A connection that was never made carried no create: it may be tried again,
// and the caller need not fear that it happened.
func TestUnreachable(t *testing.T) {
	t.Parallel()
	var lc net.ListenConfig
	ln, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := ln.Addr().(*net.TCPAddr).Port
	if err := ln.Close(); err != nil {
		t.Fatal(err)
	}
	f := newFake(t, answer(200, ""))
	c := f.client(t, func(c *Config) { c.BaseURL = "http://127.0.0.1:" + strconv.Itoa(port) })
	_, err = c.Do(t.Context(), Op{Method: "POST", Path: "/v3/voices"}, nil, "")
	e := asError(t, err)
	if e.Code != "connection_failed" || e.Unclear || !e.Retryable || f.waited() != "[1s 2s]" {
		t.Errorf("got %+v after %s", e, f.waited())
	}
}
