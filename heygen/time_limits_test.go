package heygen

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptrace"
	"testing"
	"testing/synctest"
	"time"
)

func TestInFlightWaitEnds(t *testing.T) {
	t.Parallel()
	f := newFake(t, hangUp, inProgress())
	c := f.client(t, func(c *Config) { c.WriteTimeout = 20 * time.Second })
	_, err := c.Do(t.Context(), Op{Method: "POST", Path: "/v3/videos", Key: true}, nil, "k")
	if e := asError(t, err); e.Code != "request_in_progress" || !e.Retryable || e.Unclear {
		t.Errorf("got %+v", e)
	}
	if f.waited() != "[1s 1s 2s 4s 5s 5s]" {
		t.Errorf("waited %s", f.waited())
	}
}

// Waits for a request in flight may add up to the time that one try has, and no further.
func TestInFlightWaitsUpToTheLimit(t *testing.T) {
	t.Parallel()
	for limit, want := range map[time.Duration]string{12 * time.Second: "[1s 1s 2s 4s 5s]", 12*time.Second - 1: "[1s 1s 2s 4s]"} {
		f := newFake(t, hangUp, inProgress())
		c := f.client(t, func(c *Config) { c.WriteTimeout = limit })
		if _, err := c.Do(t.Context(), Op{Method: "POST", Path: "/v3/videos", Key: true}, nil, "k"); err == nil {
			t.Error("a request that stays in flight was answered")
		}
		if got := f.waited(); got != want {
			t.Errorf("within %v it waited %s, want %s", limit, got, want)
		}
	}
}

// stuck is a transport under which nothing ever answers, in a bubble's time.
type stuck struct {
	calls   int
	dialing bool // it does not even get a connection
}

func (s *stuck) RoundTrip(r *http.Request) (*http.Response, error) {
	s.calls++
	if s.dialing {
		httptrace.ContextClientTrace(r.Context()).GetConn(r.Host)
	}
	<-r.Context().Done()
	return nil, r.Context().Err()
}

func TestTimeLimits(t *testing.T) {
	t.Parallel()
	keyed := Op{Method: "POST", Path: "/v3/videos", Key: true}
	plain := Op{Method: "POST", Path: "/v3/voices"}
	for _, tc := range []struct {
		name               string
		op                 Op
		key                string
		dialing            bool
		calls              int
		after              time.Duration
		retryable, unclear bool
	}{
		{"read", Op{Method: "GET", Path: "/v3/videos"}, "", false, 1, 30 * time.Second, true, false},
		{"keyed create asks once more", keyed, "k", false, 2, 241 * time.Second, true, false},
		{"create without key", plain, "", false, 1, 120 * time.Second, false, true},
		{"no connection", plain, "", true, 1, 120 * time.Second, true, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := &stuck{dialing: tc.dialing}
				c, err := New(Config{Jitter: noJitter, HTTP: &http.Client{Transport: s}})
				if err != nil {
					t.Fatal(err)
				}
				start := time.Now()
				_, err = c.Do(t.Context(), tc.op, nil, tc.key)
				e := asError(t, err)
				if e.Code != "timeout" || e.Message != "HeyGen did not answer in time." || e.Status != 0 || e.Retryable != tc.retryable || e.Unclear != tc.unclear {
					t.Errorf("got %+v", e)
				}
				if s.calls != tc.calls || time.Since(start) != tc.after {
					t.Errorf("%d calls in %s, want %d in %s", s.calls, time.Since(start), tc.calls, tc.after)
				}
			})
		})
	}
}

func TestCallerLeaves(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	f := newFake(t, func(w http.ResponseWriter, r *http.Request) { cancel(); silent(w, r) })
	_, err := f.client(t).Do(ctx, Op{Method: "POST", Path: "/v3/voices"}, nil, "")
	e := asError(t, err)
	if e.Code != "canceled" || !e.Unclear || e.Retryable || !errors.Is(err, context.Canceled) {
		t.Errorf("got %+v", e)
	}
	if n := len(f.got()); n != 1 {
		t.Errorf("%d calls", n)
	}
}
