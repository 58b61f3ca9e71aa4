package observe

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"heygen-mcp/auth"
	"heygen-mcp/tools"
)

// at is what the clock of the audit log says.
func at() time.Time { return time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC) }

// audited are the lines of an audit log.
func audited(t *testing.T, file string) (lines []map[string]any) {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for text := range strings.Lines(string(raw)) {
		var line map[string]any
		if err := json.Unmarshal([]byte(text), &line); err != nil {
			t.Fatalf("%q is no JSON: %v", text, err)
		}
		lines = append(lines, line)
	}
	return lines
}

// TestAuditLines holds what is written of a sign-in and of a call: what is known, and nothing for what is not.
func TestAuditLines(t *testing.T) {
	t.Parallel()
	for _, arguments := range []bool{false, true} {
		file := filepath.Join(t.TempDir(), "audit.log")
		log, err := OpenAuditLog(file, arguments, at)
		if err != nil {
			t.Fatal(err)
		}
		log.SignIns(t.Context(), auth.Event{What: "sign_in", Client: "claude", Grant: "g"})
		passed := 0
		calls := log.Calls(func(context.Context, tools.Event) { passed++ })
		calls(t.Context(), tools.Event{Tool: "get_video", Outcome: "ok", Took: 1500 * time.Microsecond, Arguments: []byte(`{"a":1}`)})
		calls(t.Context(), tools.Event{
			Tool: "create_video", Outcome: "ok", Jobs: []string{"j"}, CostUSD: 0.5, RequestID: "r", Arguments: []byte(strings.Repeat("é", MaxArguments)),
		})
		log.Close()
		lines := audited(t, file)
		if len(lines) != 3 || passed != 2 {
			t.Fatalf("%d lines, and %d calls were passed on, want 3 and 2", len(lines), passed)
		}
		signIn, read, made := lines[0], lines[1], lines[2]
		if signIn["event"] != "sign_in" || signIn["client"] != "claude" || signIn["grant"] != "g" || signIn["time"] != "2026-12-01T12:00:00Z" {
			t.Errorf("the sign-in is %v", signIn)
		}
		for _, name := range []string{"caller", "detail", "request_id", "remote"} {
			if _, told := signIn[name]; told {
				t.Errorf("the sign-in has %s, of which nothing is known: %v", name, signIn)
			}
		}
		if read["event"] != "call" || read["tool"] != "get_video" || read["duration_ms"] != 1.5 {
			t.Errorf("the call is %v", read)
		}
		for _, name := range []string{"result_ids", "estimated_cost_usd", "heygen_request_id", "arguments_bytes"} {
			if _, told := read[name]; told {
				t.Errorf("the read has %s: %v", name, read)
			}
			if _, told := made[name]; told != (arguments || name != "arguments_bytes") {
				t.Errorf("with arguments %t, that the create has %s is %t", arguments, name, told)
			}
		}
		given, told := made["arguments"].(string)
		if told != arguments || len(given) > MaxArguments || arguments && (made["arguments_bytes"] != float64(2*MaxArguments) || !strings.HasPrefix(given, "éé")) {
			t.Errorf("with arguments %t, %d bytes of %v are written", arguments, len(given), made["arguments_bytes"])
		}
	}
}

// TestNoAuditLog holds that a server without an audit log is asked nothing, and passes calls on as they are.
func TestNoAuditLog(t *testing.T) {
	t.Parallel()
	log, err := OpenAuditLog("", true, at)
	if log != nil || err != nil {
		t.Fatalf("got %v, %v", log, err)
	}
	passed := 0
	log.Calls(func(context.Context, tools.Event) { passed++ })(t.Context(), tools.Event{})
	log.SignIns(t.Context(), auth.Event{What: "sign_in"})
	if err := log.reopen(); err != nil || passed != 1 {
		t.Errorf("%d calls were passed on, %v", passed, err)
	}
	log.Close()
	out, err := OpenAuditLog("-", false, at)
	if err != nil || out.file != nil {
		t.Errorf("on standard output: %v, %v", out, err)
	}
	out.Close()
	if _, err := OpenAuditLog(filepath.Join(t.TempDir(), "absent", "audit.log"), false, at); err == nil || !strings.Contains(err.Error(), "--audit-log: ") {
		t.Errorf("a directory that is not there: %v", err)
	}
}
