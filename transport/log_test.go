package transport_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"heygen-mcp/transport/edge/edgetest"
)

// Codes, tokens and scripts travel in queries, headers and bodies.
func TestLogLine(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp?code=QUERY", edgetest.Call(1, "echo", `{"text":"BODY"}`, ""),
		func(r *http.Request) { r.Header.Set("Authorization", "Bearer HEADER") })
	edgetest.Wants(t, edgetest.Text(t, res), "BODY")
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
	for given, kept := range map[string]bool{
		"6f1b9c1e-0a52-4d8e-9f53-7a1f0c2d3e4b": true, "0123456789ABCDEFabcdef": true, strings.Repeat("a", 64): true,
		"": false, "a b": false, "sk_live_secret": false, "proxy-1": false, strings.Repeat("a", 65): false,
	} {
		res := edgetest.Send(t.Context(), t, "GET", s.URL+"/healthz", "", func(r *http.Request) { r.Header.Set("X-Request-Id", given) })
		if got := res.Header.Get("X-Request-Id"); (got == given) != kept || got == "" {
			t.Errorf("%q became %q", given, got)
		}
	}
	if strings.Contains(s.log.String(), "secret") {
		t.Error(s.log.String())
	}
}
