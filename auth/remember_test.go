package auth_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rs/zerolog"

	"heygen-mcp/auth"
)

func TestRememberedForAMinute(t *testing.T) {
	t.Parallel()
	for _, good := range []bool{true, false} {
		t.Run(fmt.Sprintf("good=%t", good), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, nil)
			w.upstream.set("X-Api-Key: sk_k", good)
			before, after := http.StatusUnauthorized, http.StatusOK
			if good {
				before, after = after, before
			}
			w.post(t, before, "/mcp", "X-Api-Key", "sk_k")
			// HeyGen changes its mind, and is not asked until the time is over.
			w.upstream.set("X-Api-Key: sk_k", !good)
			w.clock.Advance(time.Minute - 1)
			w.post(t, before, "/mcp", "Authorization", "Bearer sk_k") // the same key, in the other header
			w.checked(t, 1)
			w.clock.Advance(1)
			w.post(t, after, "/mcp", "X-Api-Key", "sk_k")
			w.checked(t, 2)
		})
	}
}

func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(cfg *auth.Config) { cfg.MaxRemembered = 4 })
	for i := range 5 {
		w.upstream.set(fmt.Sprintf("X-Api-Key: sk_%d", i), true)
	}
	ask := func(want int, key string) {
		t.Helper()
		w.post(t, want, "/mcp", "X-Api-Key", key)
	}
	for _, key := range []string{"sk_0", "sk_1", "sk_2", "sk_3", "sk_0", "sk_4"} {
		ask(http.StatusOK, key) // sk_4 pushes out sk_1, which was used longest ago
	}
	w.checked(t, 5)
	ask(http.StatusOK, "sk_0")
	w.checked(t, 5)
	ask(http.StatusOK, "sk_1") // pushes out sk_2
	w.checked(t, 6)

	// A flood of invented keys takes one place of four and leaves the rest alone.
	for i := range 20 {
		ask(http.StatusUnauthorized, fmt.Sprintf("sk_bad%d", i))
	}
	w.checked(t, 26)
	for _, key := range []string{"sk_1", "sk_0", "sk_4"} {
		ask(http.StatusOK, key)
	}
	ask(http.StatusUnauthorized, "sk_bad19")
	w.checked(t, 26)
}

// bench is a middleware in a synctest bubble, whose check is the test's own.
func bench(t *testing.T, check func(context.Context) (string, error)) http.Handler {
	t.Helper()
	a, err := auth.New(auth.Config{
		Mode: auth.Direct, Resource: resource, AuthorizationServer: issuer,
		HeyGenURL: &url.URL{Scheme: "https", Host: "api.heygen.com"}, Check: check, Log: zerolog.Nop(),
	})
	if err != nil {
		t.Fatal(err)
	}
	return a.Middleware(true, nil)(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
}

func knock(ctx context.Context, h http.Handler, key string) int {
	return knockFrom(ctx, h, "192.0.2.1", key)
}

func knockFrom(ctx context.Context, h http.Handler, address, key string) int {
	req := httptest.NewRequestWithContext(ctx, http.MethodPost, "/mcp", nil)
	req.RemoteAddr = address + ":1234"
	req.Header.Set("X-Api-Key", key)
	res := httptest.NewRecorder()
	h.ServeHTTP(res, req)
	return res.Code
}

// TestOneCheckForMany also holds that whoever began the check may leave.
func TestOneCheckForMany(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var checks atomic.Int32
		release := make(chan struct{})
		h := bench(t, func(ctx context.Context) (string, error) {
			checks.Add(1)
			select {
			case <-release:
				return "", nil
			case <-ctx.Done():
				return "", ctx.Err()
			}
		})
		first, leave := context.WithCancel(t.Context())
		left := make(chan int, 1)
		go func() { left <- knock(first, h, "sk_k") }()
		synctest.Wait()
		stayed := make(chan int, 20)
		for range cap(stayed) {
			go func() { stayed <- knock(t.Context(), h, "sk_k") }()
		}
		synctest.Wait()
		leave()
		if got := <-left; got != http.StatusServiceUnavailable {
			t.Errorf("who left got %d", got)
		}
		close(release)
		for range cap(stayed) {
			if got := <-stayed; got != http.StatusOK {
				t.Errorf("who stayed got %d", got)
			}
		}
		if got := checks.Load(); got != 1 {
			t.Errorf("%d checks, want 1", got)
		}
	})
}

func TestCheckHangs(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := bench(t, func(ctx context.Context) (string, error) {
			<-ctx.Done()
			return "", ctx.Err()
		})
		begin := time.Now()
		if got := knock(t.Context(), h, "sk_k"); got != http.StatusServiceUnavailable {
			t.Errorf("status %d", got)
		}
		if took := time.Since(begin); took >= 10*time.Second {
			t.Errorf("took %v; clients wait no longer than ten seconds", took)
		}
	})
}

// TestTooManyChecks holds that what hangs is bounded, by source and in all, and that callers who are known have places
// that strangers cannot take.
func TestTooManyChecks(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		var hangs atomic.Bool
		h := bench(t, func(context.Context) (string, error) {
			if hangs.Load() {
				<-release
			}
			return "", nil
		})
		if got := knock(t.Context(), h, "sk_known"); got != http.StatusOK {
			t.Fatalf("status %d", got)
		}
		time.Sleep(2 * time.Minute) // in the bubble: what HeyGen said must be asked for again
		hangs.Store(true)
		answers := make(chan int, 96)
		for i := range cap(answers) {
			address := fmt.Sprintf("192.0.2.%d", 1+i/32)
			go func() { answers <- knockFrom(t.Context(), h, address, fmt.Sprintf("sk_%d", i)) }()
			synctest.Wait()
			if i == 31 {
				if got := knock(t.Context(), h, "sk_more"); got != http.StatusServiceUnavailable {
					t.Errorf("one too many of a source got %d", got)
				}
			}
		}
		if got := knockFrom(t.Context(), h, "192.0.2.9", "sk_more"); got != http.StatusServiceUnavailable {
			t.Errorf("one too many in all got %d", got)
		}
		known := make(chan int, 1)
		go func() { known <- knock(t.Context(), h, "sk_known") }()
		synctest.Wait()
		close(release)
		if got := <-known; got != http.StatusOK {
			t.Errorf("a caller who is known got %d", got)
		}
		for range cap(answers) {
			if got := <-answers; got != http.StatusOK {
				t.Errorf("status %d", got)
			}
		}
		// All places are free again.
		if got := knockFrom(t.Context(), h, "192.0.2.9", "sk_more"); got != http.StatusOK {
			t.Errorf("afterwards: %d", got)
		}
	})
}

func TestCheckPanics(t *testing.T) {
	t.Parallel()
	h := bench(t, func(context.Context) (string, error) { panic("sk_k") })
	for range 2 {
		if got := knock(t.Context(), h, "sk_k"); got != http.StatusServiceUnavailable {
			t.Errorf("status %d", got)
		}
	}
}

func TestCheckThatQuotesTheCredential(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(cfg *auth.Config) {
		cfg.Check = func(context.Context) (string, error) { return "", errors.New("dial with sk_secret: refused") }
	})
	res := w.post(t, http.StatusServiceUnavailable, "/mcp", "X-Api-Key", "sk_secret")
	if all := res.body + w.log.String(); strings.Contains(all, "sk_secret") || !strings.Contains(all, "dial with [key]") {
		t.Errorf("answer and log: %s", all)
	}
}
