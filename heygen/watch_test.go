package heygen

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"
)

type watchedKey struct{}

func TestWatchIsToldOfEveryTry(t *testing.T) {
	t.Parallel()
	calls := 0
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		calls++
		if calls < 3 {
			answer(502, "<html>bad gateway</html>")(w, r)
			return
		}
		answer(200, `{"data":{"id":"v1"}}`)(w, r)
	}))
	defer srv.Close()
	var told []string
	c, err := New(Config{
		BaseURL: srv.URL, HTTP: srv.Client(), Sleep: func(context.Context, time.Duration) error { return nil },
		Watch: func(ctx context.Context, op Op, try int) (context.Context, func(int, string)) {
			return context.WithValue(ctx, watchedKey{}, try), func(status int, code string) {
				told = append(told, fmt.Sprintf("%s %d: %d %s", op.Path, try, status, code))
			}
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Do(t.Context(), Op{Method: "GET", Path: "/v3/videos"}, nil, ""); err != nil {
		t.Fatal(err)
	}
	if want := []string{"/v3/videos 1: 502 http_502", "/v3/videos 2: 502 http_502", "/v3/videos 3: 200 "}; !slices.Equal(told, want) {
		t.Errorf("Watch was told %q, want %q", told, want)
	}
}
