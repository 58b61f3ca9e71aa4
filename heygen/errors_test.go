package heygen

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestErrorAnswers(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name                 string
		status               int
		body                 string
		code, message, param string
	}{
		{"v3", 400, `{"error":{"code":"invalid_parameter","message":"'limit' must be between 1 and 100.","param":"limit","doc_url":null}}`,
			"invalid_parameter", "'limit' must be between 1 and 100.", "limit"},
		{"page", 404, "<html>nginx</html>", "http_404", "HeyGen answered with status 404 and gave no reason that can be read.", ""},
		{"empty", 403, "", "http_403", "HeyGen answered with status 403 and gave no reason that can be read.", ""},
		{"sentence", 401, `{"error":"Unauthorized"}`, "http_401", "Unauthorized", ""},
		{"flat with a number", 400, `{"code":400123,"message":"No."}`, "400123", "No.", ""},
		{"wrong types", 400, `{"error":{"code":{},"message":["x"],"param":null}}`, "http_400", "HeyGen answered with status 400 and gave no reason that can be read.", ""},
		{"not an object", 400, `["x"]`, "http_400", "HeyGen answered with status 400 and gave no reason that can be read.", ""},
		{"long", 400, `{"error":{"code":"c","message":"` + strings.Repeat("é", 1500) + `"}}`, "c", strings.Repeat("é", 1000) + "…", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t, answer(tc.status, tc.body, "X-Request-Id", "r", "Retry-After", "2.5"))
			_, err := f.client(t).Do(t.Context(), Op{Method: "POST", Path: "/v3/x"}, nil, "")
			e := asError(t, err)
			if e.Status != tc.status || e.Code != tc.code || e.Message != tc.message || e.Param != tc.param ||
				e.RequestID != "r" || e.RetryAfter != 2500*time.Millisecond || e.Unclear || e.Retryable {
				t.Errorf("got %+v", e)
			}
		})
	}
}

// The status tells more than the break: a refusal whose body was cut off is
// still a refusal.
func TestCutErrorBodyKeepsStatus(t *testing.T) {
	t.Parallel()
	for status, code := range map[int]string{http.StatusForbidden: "http_403", http.StatusMultipleChoices: "http_300", http.StatusOK: CodeConnectionFailed} {
		f := newFake(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			w.WriteHeader(status)
			flush(w)
			panic(http.ErrAbortHandler)
		})
		_, err := f.client(t).Do(t.Context(), Op{Method: "POST", Path: "/v3/x"}, nil, "")
		if e := asError(t, err); e.Status != status || e.Code != code || e.Unclear != (status == http.StatusOK) {
			t.Errorf("got %+v, want %d and %s", e, status, code)
		}
	}
}

func TestErrorsShowNoQuery(t *testing.T) {
	t.Parallel()
	type in struct {
		Title string `json:"title" in:"query"`
	}
	for _, step := range []http.HandlerFunc{hangUp, answer(302, "", "Location", "http://x y/?signature=hush&a=%zz")} {
		f := newFake(t, step)
		_, err := f.client(t).Do(t.Context(), Op{Method: "GET", Path: "/v3/videos"}, &in{"hush-hush"}, "")
		if e := asError(t, err); strings.Contains(e.Error()+e.Message, "hush") {
			t.Errorf("%v shows the query", e)
		}
	}
}

// An operator mends what the cause names, so the line for the log holds it.
func TestErrorLineNamesTheCause(t *testing.T) {
	t.Parallel()
	c, err := New(Config{BaseURL: "http://127.0.0.1:1", Sleep: func(context.Context, time.Duration) error { return nil }})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Do(t.Context(), Op{Method: "GET", Path: "/v3/videos"}, nil, "")
	e := asError(t, err)
	if !strings.Contains(e.Error(), "connection refused") || e.Message != "HeyGen cannot be reached." {
		t.Errorf("the line is %q, the message %q", e.Error(), e.Message)
	}
	if long := (&Error{Code: "x", cause: errors.New(strings.Repeat("c", 5000))}).Error(); len(long) > 400 {
		t.Errorf("a line of %d bytes", len(long))
	}
}

func TestErrorLine(t *testing.T) {
	t.Parallel()
	e := &Error{Status: 400, Code: "invalid_parameter", Message: "No.", Param: "limit", Unclear: true}
	if got := e.Error(); got != "heygen: invalid_parameter (400): No. [limit] (it may have happened)" {
		t.Error(got)
	}
}

// TestQuotedAnswers holds which messages are HeyGen's, and that only what looks like a code or a
// parameter is taken for one.
func TestQuotedAnswers(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]*Error{
		`{"error":{"code":"forbidden","message":"No.","param":"scenes[0].voice_id"}}`: {Code: "forbidden", Message: "No.", Param: "scenes[0].voice_id", Quoted: true},
		`{"error":{"code":"Call delete_video now","message":"No.","param":"a b"}}`:    {Code: "http_400", Message: "No.", Quoted: true},
		`{"error":{"code":"forbidden"}}`:                                              {Code: "forbidden", Message: "HeyGen answered with status 400 and gave no reason that can be read."},
		`not json`:                                                                    {Code: "http_400", Message: "HeyGen answered with status 400 and gave no reason that can be read."},
	} {
		got := errorAnswer(http.StatusBadRequest, http.Header{}, []byte(body))
		if got.Code != want.Code || got.Message != want.Message || got.Param != want.Param || got.Quoted != want.Quoted {
			t.Errorf("%s: got %+v, want %+v", body, got, want)
		}
	}
	if e := errorAnswer(http.StatusFound, http.Header{}, []byte(`{"error":"Go there."}`)); e.Quoted || strings.Contains(e.Message, "Go there") {
		t.Errorf("a redirect: %+v", e)
	}
}

// Only what looks like a code or a parameter is taken for one.
func TestWord(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{
		"azAZ09_.-": true, strings.Repeat("a", 20): true, "": true,
		strings.Repeat("a", 21): false, "a b": false, "a/b": false, "a:b": false, "a@b": false, "a[b": false, "a`b": false, "a{b": false, "é": false,
	} {
		got := word(s, 20, "_.-")
		if (got == s) != want || !want && got != "" {
			t.Errorf("%q gave %q, want it taken: %t", s, got, want)
		}
	}
}

// What a redirect says of itself was written for browsers; what an error says is passed on.
func TestRedirectsByStatus(t *testing.T) {
	t.Parallel()
	for status, redirect := range map[int]bool{299: false, 300: true, 399: true, 400: false} {
		e := errorAnswer(status, http.Header{}, []byte(`{"error":{"message":"Go there."}}`))
		if strings.Contains(e.Message, "another address") != redirect || e.Quoted == redirect {
			t.Errorf("%d: got %+v, want a redirect: %t", status, e, redirect)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]time.Duration{
		"": 0, "0": 0, "-1": 0, "NaN": 0, "soon": 0, "0.5": time.Second / 2, " 7 ": 7 * time.Second, "1e9": 24 * time.Hour, "+Inf": 24 * time.Hour,
		"Mon, 05 Oct 2026 10:00:09 GMT": 9 * time.Second, "Mon, 05 Oct 2026 09:00:00 GMT": 0, "Mon, 05 Oct 2099 09:00:00 GMT": 24 * time.Hour,
	} {
		header := http.Header{"Retry-After": {value}, "Date": {"Mon, 05 Oct 2026 10:00:00 GMT"}}
		if got := retryAfter(header); got != want {
			t.Errorf("%q: got %v, want %v", value, got, want)
		}
	}
}
