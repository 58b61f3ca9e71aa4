package transport_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// Codes, tokens and scripts travel in queries, headers and bodies.
func TestLogLine(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	res := send(t.Context(), t, "POST", s.URL+"/mcp?code=QUERY", call(1, "echo", `{"text":"BODY"}`, ""),
		func(r *http.Request) { r.Header.Set("Authorization", "Bearer HEADER") })
	wants(t, text(t, res), "BODY")
	s.Close() // the line is written when the handler has ended
	got := s.log.String()
	var fields map[string]any
	if err := json.Unmarshal([]byte(strings.TrimSpace(got)), &fields); err != nil {
		t.Fatalf("not one line: %q", got)
	}
	if fields["method"] != "POST" || fields["path"] != "/mcp" || fields["status"] != 200.0 ||
		fields["request_id"] != res.Header.Get("X-Request-Id") || fields["duration"] == nil {
		t.Error(got)
	}
	for _, secret := range []string{"QUERY", "BODY", "HEADER"} {
		if strings.Contains(got, secret) {
			t.Errorf("the log tells %s: %s", secret, got)
		}
	}
}

func TestRequestIDIsKeptIfFit(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	for given, kept := range map[string]bool{"proxy-1.a_B": true, "": false, "a b": false, strings.Repeat("x", 65): false} {
		res := send(t.Context(), t, "GET", s.URL+"/healthz", "", func(r *http.Request) { r.Header.Set("X-Request-Id", given) })
		if got := res.Header.Get("X-Request-Id"); (got == given) != kept || got == "" {
			t.Errorf("%q became %q", given, got)
		}
	}
}
