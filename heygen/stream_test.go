package heygen

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

func words() Op { return Op{Method: "GET", Path: "/v3/avatar-realtime/s/words", Stream: true} }

// events is a step that sends a stream and ends it.
func events(text string) http.HandlerFunc {
	return answer(200, text, "Content-Type", "text/event-stream; charset=utf-8", "X-Request-Id", "req_1")
}

// open is a step that sends a stream and leaves it open.
func openEvents(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		if _, err := io.WriteString(w, text); err != nil {
			return
		}
		flush(w)
		<-r.Context().Done()
	}
}

func (s *Stream) shown() string {
	var b strings.Builder
	for _, one := range s.Events {
		fmt.Fprintf(&b, "%s=%s;", one.Name, one.Data)
	}
	return b.String()
}

func TestAStreamIsRead(t *testing.T) {
	t.Parallel()
	breaks := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		if _, err := io.WriteString(w, "data: 1\n\ndata: 2\n"); err != nil {
			return
		}
		flush(w)
		panic(http.ErrAbortHandler)
	}
	last := func(e Event) bool { return e.Name == "end" }
	for name, tc := range map[string]struct {
		step          http.HandlerFunc
		bounds        StreamBounds
		want          string
		ended, broken bool
	}{
		"names, lines and comments": {events("event: a\ndata: 1\ndata:2\n\n: keep\n\nid: 7\ndata: 3\r\n\r\nevent: b\n\n"), StreamBounds{}, "a=1\n2;=3;", true, false},
		"an event that is cut off":  {events("data: 1\n\ndata: 2"), StreamBounds{}, "=1;", true, false},
		"nothing":                   {events(""), StreamBounds{}, "", true, false},
		"the last":                  {openEvents("data: 1\n\nevent: end\ndata: {}\n\n"), StreamBounds{Last: last}, "=1;end={};", true, false},
		"for a time":                {openEvents("data: 1\n\ndata: 2"), StreamBounds{Time: 200 * time.Millisecond}, "=1;", false, false},
		"up to a size":              {events("data: 1\n\ndata: " + strings.Repeat("x", 100) + "\n\n"), StreamBounds{Bytes: 50}, "=1;", false, false},
		"one line too long":         {events("data: " + strings.Repeat("x", 100)), StreamBounds{Bytes: 50}, "", false, false},
		"of exactly that size":      {events("data: 1\n\n"), StreamBounds{Bytes: 9}, "=1;", true, false},
		"that breaks":               {breaks, StreamBounds{}, "=1;", false, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t, tc.step)
			got, err := f.client(t).Stream(t.Context(), words(), nil, tc.bounds)
			if err != nil {
				t.Fatal(err)
			}
			if got.shown() != tc.want || got.Ended != tc.ended || got.Broken != tc.broken {
				t.Errorf("got %q, ended %v, broken %v, want %q, %v, %v", got.shown(), got.Ended, got.Broken, tc.want, tc.ended, tc.broken)
			}
			if calls := f.got(); len(calls) != 1 || calls[0].header.Get("Accept") != "text/event-stream" {
				t.Errorf("got the calls %v, want one that accepts a stream", calls)
			}
		})
	}
}

// TestEventsThatAreNotKept may together be longer than an answer, and one by one may not.
func TestEventsThatAreNotKept(t *testing.T) {
	t.Parallel()
	long := "data: " + strings.Repeat("x", maxAnswer/2) + "\n\n"
	for name, tc := range map[string]struct {
		text  string
		seen  int
		ended bool
	}{
		"many":         {long + long + long, 3, true},
		"one too long": {"data: 1\n\ndata: " + strings.Repeat("x", maxAnswer+1) + "\n\n", 1, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seen := 0
			bounds := StreamBounds{Each: func(Event) { seen++ }}
			got, err := newFake(t, events(tc.text)).client(t).Stream(t.Context(), words(), nil, bounds)
			if err != nil {
				t.Fatal(err)
			}
			if seen != tc.seen || len(got.Events) != 0 || got.Ended != tc.ended {
				t.Errorf(
					"got %d events, %d kept, ended %v, want %d, none, %v",
					seen, len(got.Events), got.Ended, tc.seen, tc.ended,
				)
			}
		})
	}
}

func TestAStreamThatDoesNotOpen(t *testing.T) {
	t.Parallel()
	speak := Op{Method: "POST", Path: "/v3/models/audio/tts/stream", Stream: true}
	limited := answer(429, `{"error":{"code":"rate_limit_exceeded","message":"Slow."}}`)
	busy := answer(503, `{"error":{"code":"service_unavailable","message":"Busy."}}`)
	fits := events("data: 1\n\n")
	for name, tc := range map[string]struct {
		op      Op
		steps   []http.HandlerFunc
		calls   int
		code    string
		unclear bool
	}{
		"refused":             {words(), []http.HandlerFunc{answer(404, `{"error":{"code":"not_found","message":"No."}}`)}, 1, "not_found", false},
		"slowed down":         {words(), []http.HandlerFunc{limited, fits}, 2, "", false},
		"a create too":        {speak, []http.HandlerFunc{limited, fits}, 2, "", false},
		"busy":                {words(), []http.HandlerFunc{busy, fits}, 2, "", false},
		"busy with a create":  {speak, []http.HandlerFunc{busy, fits}, 2, "", false},
		"a gateway's 503":     {speak, []http.HandlerFunc{answer(503, ""), fits}, 1, "http_503", true},
		"an answer of JSON":   {words(), []http.HandlerFunc{answer(200, `{"data":{}}`)}, 1, CodeBadResponse, false},
		"no answer":           {words(), []http.HandlerFunc{hangUp, fits}, 2, "", false},
		"no answer to create": {speak, []http.HandlerFunc{hangUp, fits}, 1, CodeConnectionFailed, true},
		"another host":        {words(), []http.HandlerFunc{answer(302, "", "Location", "https://other.example/")}, 1, "http_302", false},
		"silence":             {words(), []http.HandlerFunc{silent}, 1, CodeTimeout, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t, tc.steps...)
			client := f.client(t, func(c *Config) { c.ReadTimeout = 500 * time.Millisecond })
			got, err := client.Stream(t.Context(), tc.op, nil, StreamBounds{})
			if n := len(f.got()); n != tc.calls {
				t.Errorf("got %d calls, want %d", n, tc.calls)
			}
			if tc.code == "" {
				if err != nil || got.shown() != "=1;" {
					t.Fatalf("got %v, %v", got, err)
				}
				return
			}
			if e := asError(t, err); e.Code != tc.code || e.Unclear != tc.unclear {
				t.Errorf("got %+v, want %s, unclear %v", e, tc.code, tc.unclear)
			}
		})
	}
}

func TestDeclarationsOfStreamsAndDurableKeys(t *testing.T) {
	t.Parallel()
	f := newFake(t, answer(201, `{"data":{"id":"dwr_1"}}`))
	c := f.client(t)
	runs := Op{Method: "POST", Path: "/v3/workflow-runs", Durable: true}
	if e := asError(t, second(c.Do(t.Context(), runs, nil, ""))); e.Param != "idempotency_key" || len(f.got()) != 0 {
		t.Errorf("without a key: %+v, %d calls", e, len(f.got()))
	}
	if res, err := c.Do(t.Context(), runs, nil, "k"); err != nil || res.Status != 201 || f.got()[0].header.Get("Idempotency-Key") != "k" {
		t.Errorf("with a key: %+v, %v", res, err)
	}
	for name, err := range map[string]error{
		"a stream read as JSON": second(c.Do(t.Context(), words(), nil, "")),
		"JSON read as a stream": second(c.Stream(t.Context(), runs, nil, StreamBounds{})),
		"a stream with a key":   Op{Method: "POST", Path: "/v3/x", Stream: true, Key: true}.Check(),
	} {
		if e := (*Error)(nil); err == nil || errors.As(err, &e) {
			t.Errorf("%s: got %v, want a mistake of the declaration", name, err)
		}
	}
}

// TestADurableCreateIsRepeatedUntilItIsConfirmed holds v3's own way out of a 503.
func TestADurableCreateIsRepeatedUntilItIsConfirmed(t *testing.T) {
	t.Parallel()
	busy := answer(503, `{"error":{"code":"service_unavailable","message":"Repeat."}}`)
	f := newFake(t, busy, answer(200, `{"data":{"id":"dwr_1"}}`))
	res, err := f.client(t).Do(t.Context(), Op{Method: "POST", Path: "/v3/workflow-runs", Durable: true}, nil, "k")
	if err != nil || res.Status != 200 {
		t.Fatalf("got %+v, %v", res, err)
	}
	for _, call := range f.got() {
		if call.header.Get("Idempotency-Key") != "k" {
			t.Errorf("a call without the key: %v", call)
		}
	}
}

// TestAnUploadThatIsNotSeenYet is told by a code that means something else elsewhere.
func TestAnUploadThatIsNotSeenYet(t *testing.T) {
	t.Parallel()
	conflict := answer(409, `{"error":{"code":"conflict","message":"Not found yet."}}`)
	for _, once := range []bool{true, false} {
		f := newFake(t, conflict)
		op := Op{Method: "POST", Path: "/v3/assets/a/complete", Once: once}
		if e := asError(t, second(f.client(t).Do(t.Context(), op, nil, ""))); e.Retryable != once {
			t.Errorf("once %v: retryable %v", once, e.Retryable)
		}
	}
}

func second[T any](_ T, err error) error { return err }
