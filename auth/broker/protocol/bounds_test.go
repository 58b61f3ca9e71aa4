package protocol_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"heygen-mcp/auth/broker/protocol"
)

// TestDescribable holds the characters and the length of a description (RFC 6749, 5.2).
func TestDescribable(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"":                       "",
		" !#[]~":                 " !#[]~",
		"\x1f\x7f\"\\é\n":        "''''''",
		strings.Repeat("x", 300): strings.Repeat("x", 300),
		strings.Repeat("x", 301): strings.Repeat("x", 300),
	} {
		if got := protocol.Describable(given); got != want {
			t.Errorf("%.20q: got %.20q of %d, want %.20q of %d", given, got, len(got), want, len(want))
		}
	}
}

// TestReadProblem holds what a client learns of an answer of the library's.
func TestReadProblem(t *testing.T) {
	t.Parallel()
	failed := protocol.Problem{Code: "server_error", Why: "this server failed; try again"}
	for _, c := range []struct {
		status int
		body   string
		want   int
		says   protocol.Problem
	}{
		{400, `{"error":"invalid_grant","error_description":"é"}`, 400, protocol.Problem{Code: "invalid_grant", Why: "'"}},
		{499, `{"error":"invalid_grant"}`, 499, protocol.Problem{Code: "invalid_grant"}},
		{500, `{"error":"invalid_grant"}`, 500, failed},
		{400, `{"error":""}`, 500, failed},
		{400, `<html>`, 500, failed},
		{400, `{"error":"server_error","error_description":"strconv: x"}`, 400, protocol.Problem{Code: "invalid_request", Why: "the request cannot be read"}},
	} {
		answer := protocol.Buffer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(c.status)
			_, _ = w.Write([]byte(c.body))
		}), nil)
		if status, says := protocol.ReadProblem(answer); status != c.want || says != c.says {
			t.Errorf("%d %s: got %d %+v, want %d %+v", c.status, c.body, status, says, c.want, c.says)
		}
	}
}

// TestBuffer holds that the first status is an answer's, and 200 that of one which sets none.
func TestBuffer(t *testing.T) {
	t.Parallel()
	for want, handler := range map[int]http.HandlerFunc{
		200: func(http.ResponseWriter, *http.Request) {},
		201: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(201); w.WriteHeader(202) },
	} {
		if got := protocol.Buffer(handler, nil); got.Status != want {
			t.Errorf("got %d, want %d", got.Status, want)
		}
	}
}

// TestWriteJSON holds the status and the type of an answer, also of one that cannot be written.
func TestWriteJSON(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	protocol.WriteJSON(w, 201, map[string]int{"a": 1})
	if got := fmt.Sprint(w.Code, w.Header().Get("Content-Type"), w.Body); got != `201application/json{"a":1}` {
		t.Errorf("got %s", got)
	}
	w = httptest.NewRecorder()
	if protocol.WriteJSON(w, 201, func() {}); w.Code != 500 || w.Body.Len() != 0 {
		t.Errorf("what is no JSON: got %d %q, want 500 without a body", w.Code, w.Body)
	}
}

// TestReadForm holds what is read of forms, and what is wrong with others.
func TestReadForm(t *testing.T) {
	t.Parallel()
	const kind = "application/x-www-form-urlencoded"
	const cannot, unclear = "the form cannot be read, or is too long", "a parameter is given more than once"
	const wrongKind, noText = "send the parameters as application/x-www-form-urlencoded", "a parameter is not text in UTF-8"
	for _, c := range []struct{ kind, body, page, client string }{
		{kind, "a=1&b=", "a=1&b=", "a=1"},
		{" Application/X-WWW-Form-Urlencoded ; charset=utf-8", "a=1", "a=1", "a=1"},
		{"text/plain", "a=1", wrongKind, wrongKind},
		{kind, "a=1&a=2", unclear, unclear},
		{kind, "a=&a=", unclear, unclear},
		{kind, "resource=1&resource=2", "resource=1&resource=2", "resource=1&resource=2"},
		{kind, "a=%00", noText, noText},
		{kind, "a=%ff", noText, noText},
		{kind, "resource=1&resource=%ff", noText, noText},
		{kind, "a=" + strings.Repeat("x", 32<<10-2), "a=" + strings.Repeat("x", 32<<10-2), "a=" + strings.Repeat("x", 32<<10-2)},
		{kind, "a=" + strings.Repeat("x", 32<<10-1), cannot, cannot},
		{kind, "a=%zz", cannot, cannot},
	} {
		for name, read := range map[string]struct {
			read func(http.ResponseWriter, *http.Request) string
			want string
		}{"a page": {protocol.ReadPageForm, c.page}, "a client": {protocol.ReadForm, c.client}} {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader(c.body))
			r.Header.Set("Content-Type", c.kind)
			got := read.read(httptest.NewRecorder(), r)
			if got == "" {
				got = r.PostForm.Encode()
			}
			if got != read.want {
				t.Errorf("%s: %.30q as %s: got %.60q, want %.60q", name, c.body, c.kind, got, read.want)
			}
		}
	}
}

// TestReadQuery holds what is read of authorization requests, and what is wrong with others.
func TestReadQuery(t *testing.T) {
	t.Parallel()
	long := "state=" + strings.Repeat("x", 8<<10-6)
	for given, want := range map[string]string{
		"":                                   "",
		"client_id=a&unknown=b&scope=":       "client_id=a",
		"resource=a&resource=":               "resource=a&resource=",
		"resource=&resource=":                "",
		"state=a&state=b":                    "In the address, a parameter is given more than once.",
		"state=%00":                          "In the address, a parameter is not text in UTF-8.",
		"state=%zz":                          "The address cannot be read.",
		long:                                 long,
		long + "x":                           "The request is too long.",
		"request=a&request_uri=b&nonce=c%ff": "In the address, a parameter is not text in UTF-8.",
	} {
		q, got := protocol.ReadQuery(given)
		if got == "" {
			got = q.Encode()
		}
		if got != want {
			t.Errorf("%.30q: got %.60q, want %.60q", given, got, want)
		}
		if _, err := url.ParseQuery(got); err != nil {
			t.Errorf("%.30q: got %v, want no error", given, err)
		}
	}
}

// TestErrors holds what is logged of an error, and that a client learns when to come again.
func TestErrors(t *testing.T) {
	t.Parallel()
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	for name, c := range map[string]struct {
		gone   bool
		err    error
		logged bool
		wait   time.Duration
		says   string
	}{
		"a failure":        {false, errors.New("the disk is full"), true, 0, "this server failed; try again"},
		"after the caller": {true, errors.New("the disk is full"), false, 0, "this server failed; try again"},
		"a limit":          {false, fmt.Errorf("begin: %w", &protocol.BusyError{Wait: time.Minute, Why: "too many"}), false, time.Minute, "too many"},
	} {
		ctx := t.Context()
		if c.gone {
			ctx = canceled
		}
		var text bytes.Buffer
		log := zerolog.New(&text)
		r, later := protocol.WithLater(httptest.NewRequestWithContext(ctx, http.MethodGet, "/", nil))
		err := protocol.ServerError(r.Context(), &log, c.err)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: the client learns %v, want %s", name, err, c.says)
		}
		if got := strings.Contains(text.String(), "the disk is full"); got != c.logged {
			t.Errorf("%s: logged: %t, want %t: %s", name, got, c.logged, &text)
		}
		if later.Wait != c.wait {
			t.Errorf("%s: the wait is %s, want %s", name, later.Wait, c.wait)
		}
		// Without a place for the wait there is an error all the same.
		if err := protocol.TryLater(ctx, time.Second, "too many"); err == nil || !strings.Contains(err.Error(), "too many") {
			t.Errorf("%s: got %v, want too many", name, err)
		}
	}
}
