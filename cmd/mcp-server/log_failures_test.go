package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"heygen-mcp/cmd/mcp-server/observe"
	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/tools"
)

// logLines is a log that is read while it is written.
type logLines struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *logLines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logLines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// find is the first line whose message is this.
func (l *logLines) find(message string) map[string]any {
	for s := bufio.NewScanner(strings.NewReader(l.String())); s.Scan(); {
		var line map[string]any
		if json.Unmarshal(s.Bytes(), &line) == nil && line["message"] == message {
			return line
		}
	}
	return nil
}

// TestCausesReachTheLog holds that an operator reads why HeyGen cannot be reached, and under which
// request, while the caller does not.
func TestCausesReachTheLog(t *testing.T) {
	t.Parallel()
	// A HeyGen that knows the caller and then goes away.
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"data":{"username":"ana"}}`)) // fails when the server has gone
	}))
	defer upstream.Close()
	var log logLines
	s := newStackWith(t, &log, noPause, "--listen", "127.0.0.1:0", "--heygen-url", upstream.URL)
	s.tool(t, "ana", "get_current_user", `{}`)
	upstream.Close()

	res := s.tool(t, "ana", "list_videos", `{"title":"hush"}`)
	if res["error_code"] != "connection_failed" || strings.Contains(res["message"].(string), "refused") {
		t.Errorf("the caller is told %v", res)
	}
	line := log.find("a tool failed")
	if line == nil {
		t.Fatalf("no line in\n%s", log.String())
	}
	cause, _ := line["error"].(string)
	if line["level"] != "warn" || line["tool"] != "list_videos" || !strings.Contains(cause, "connection refused") {
		t.Errorf("the line is %v", line)
	}
	if id, _ := line["request_id"].(string); id == "" || !strings.Contains(log.String(), `"path":"/mcp","status":200`) ||
		strings.Count(log.String(), id) != 2 {
		t.Errorf("the failure and its request are not to be found by one id:\n%s", log.String())
	}

	// Someone new cannot be checked, and the log says why as well.
	if status, _, err := s.post(t.Context(), s.mcpURL, "bo", rpc("list_videos", `{}`, "")); err != nil || status != http.StatusServiceUnavailable {
		t.Errorf("status %d, %v", status, err)
	}
	line = log.find("a credential could not be checked with HeyGen")
	if cause, _ := line["error"].(string); !strings.Contains(cause, "connection refused") || line["request_id"] == nil {
		t.Errorf("the line is %v", line)
	}
	for _, secret := range []string{"sk_sandbox", "hush", "?"} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log holds %q:\n%s", secret, log.String())
		}
	}
}

// TestOnlyOurFailuresAreLogged holds what is worth an operator's time.
func TestOnlyOurFailuresAreLogged(t *testing.T) {
	t.Parallel()
	for outcome, want := range map[string]bool{
		"ok": false, "invalid_parameter": false, "insufficient_credit": false, "canceled": false,
		"internal": true, "connection_failed": true, "timeout": true, "bad_response": true,
	} {
		var log logLines
		observe.Failures(observe.NewLog(&log, settings.LogJSON))(t.Context(), tools.Event{Tool: "x", Outcome: outcome, Err: errors.New("why")})
		if (log.String() != "") != want {
			t.Errorf("%s: %q", outcome, log.String())
		}
	}
}

// TestStatusesOfHeyGensMachinesAreLogged holds it for an answer that names a code of its own.
func TestStatusesOfHeyGensMachinesAreLogged(t *testing.T) {
	t.Parallel()
	answers := map[string]string{"/v3/videos": `{"error":{"code":"internal_error","message":"Oops."}}`}
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if body, broken := answers[r.URL.Path]; broken {
			w.Header().Set("X-Request-Id", "theirs")
			w.WriteHeader(http.StatusInternalServerError)
			_, _ = w.Write([]byte(body)) // fails when the server has gone
			return
		}
		_, _ = w.Write([]byte(`{"data":{"username":"ana"}}`)) // fails when the server has gone
	}))
	defer upstream.Close()
	var log logLines
	s := newStackWith(t, &log, noPause, "--listen", "127.0.0.1:0", "--heygen-url", upstream.URL)
	s.tool(t, "ana", "list_videos", `{}`)
	if line := log.find("a tool failed"); line["outcome"] != "internal_error" || line["heygen_request_id"] != "theirs" {
		t.Errorf("the line is %v in\n%s", line, log.String())
	}
}
