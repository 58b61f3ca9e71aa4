package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"heygen-mcp/cmd/mcp-server/demo"
	"heygen-mcp/cmd/mcp-server/observe"
	"heygen-mcp/cmd/mcp-server/settings"
)

// audited reads an audit log.
func audited(t *testing.T, file string) (lines []map[string]any, all string) {
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
	return lines, string(raw)
}

// TestTheAuditLogTellsWhatHappens goes every way that a grant can go, and reads the file: each
// event is a line with who, by which client, when, and in which request; and none holds a token or
// an argument.
func TestTheAuditLogTellsWhatHappens(t *testing.T) {
	t.Parallel()
	heygen := newRotating(t, soon)
	file := filepath.Join(t.TempDir(), "audit.log")
	s := newStackWith(t, io.Discard, noPause, "--listen", "127.0.0.1:0", "--auth", "broker", "--heygen-url", heygen.URL,
		"--authorization-server", heygen.URL, "--audit-log", file)
	secrets := []string{"sk_sandbox", "sandbox_at_", "hgm_at_", "hgm_rt_", "Hello there"}

	g := connectAtHeyGen(t, s.mcpURL)
	secrets = append(secrets, g.access, g.refresh)
	args := s.create(t, "Bearer "+g.access)
	made := s.tool(t, "Bearer "+g.access, "create_video_from_avatar", args)
	if made["video_id"] == nil {
		t.Fatalf("got %v, want video_id not nil", made)
	}
	s.tool(t, "Bearer "+g.access, "get_video", `{"video_id":"hush"}`)
	old := *g
	for range 2 {
		if status, body := g.renew(t); status != http.StatusOK {
			t.Fatalf("got %d %s, want %v", status, body, http.StatusOK)
		}
	}
	if status, body := old.renew(t); status != http.StatusBadRequest {
		t.Errorf("a used token: %d %s", status, body)
	}
	revoked := connectAtHeyGen(t, s.mcpURL)
	web := demo.Browser{HTTP: http.DefaultClient}
	err := web.PostForm(t.Context(), strings.TrimSuffix(s.mcpURL, "/mcp")+"/oauth/revoke", url.Values{"client_id": {revoked.client}, "token": {revoked.refresh}}, new(string))
	if err != nil {
		t.Error(err)
	}
	ended := connectAtHeyGen(t, s.mcpURL)
	heygen.refuses.Store(true)
	if status, body := ended.renew(t); status != http.StatusBadRequest {
		t.Errorf("what HeyGen ended: %d %s", status, body)
	}

	lines, all := audited(t, file)
	for _, secret := range append(secrets, `"hush"`) {
		if strings.Contains(all, secret) {
			t.Errorf("the audit log holds %q", secret)
		}
	}
	wants := map[string][]string{
		"register": {"client"}, "sign_in": {"client", "caller"},
		"consent": {"client", "caller", "grant"}, "issue": {"client", "caller", "grant", "detail"}, "renew": {"client", "caller", "grant"},
		"refresh": {"client", "caller", "grant", "detail"}, "reuse": {"client", "caller", "grant", "detail"},
		"revoke": {"client", "caller", "grant", "detail"}, "end": {"client", "caller", "grant", "detail"},
		"call": {"client", "caller", "tool", "effect", "outcome"},
	}
	for event, fields := range wants {
		i := slices.IndexFunc(lines, func(l map[string]any) bool { return l["event"] == event })
		if i < 0 {
			t.Errorf("there is no %s in\n%s", event, all)
			continue
		}
		for _, field := range append(fields, "time", "request_id") {
			if text, _ := lines[i][field].(string); text == "" {
				t.Errorf("%s lacks %s: %v", event, field, lines[i])
			}
		}
	}
	calls := slices.DeleteFunc(lines, func(l map[string]any) bool { return l["event"] != "call" })
	if len(calls) != 3 {
		t.Fatalf("%d calls of 3 are there", len(calls))
	}
	if cost, _ := calls[1]["estimated_cost_usd"].(float64); calls[1]["tool"] != "create_video_from_avatar" || calls[1]["effect"] != "creates" || calls[1]["outcome"] != "ok" || cost <= 0 ||
		fmt.Sprint(calls[1]["result_ids"]) != fmt.Sprint([]any{made["video_id"]}) || calls[1]["remote"] != "127.0.0.1" {
		t.Errorf("the create is %v", calls[1])
	}
	if calls[2]["outcome"] == "ok" || calls[2]["heygen_request_id"] == nil || calls[2]["caller"] != calls[1]["caller"] {
		t.Errorf("the refusal is %v", calls[2])
	}
}

// TestTheAuditLogTellsArguments holds that they are there where that was asked for, and of what length.
func TestTheAuditLogTellsArguments(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "audit.log")
	s := newStack(t, "--audit-log", file, "--audit-arguments")
	short := `{"video_id":"one"}`
	long := `{"video_id":"` + strings.Repeat("é", observe.MaxArguments) + `"}`
	s.tool(t, "ana", "get_video", short)
	s.tool(t, "ana", "get_video", long)
	lines, _ := audited(t, file)
	if len(lines) != 2 || lines[0]["arguments"] != short || lines[0]["arguments_bytes"] != nil {
		t.Fatalf("got %v, want len(lines) %v, %v and arguments_bytes nil", lines, 2, short)
	}
	cut, _ := lines[1]["arguments"].(string)
	if len(cut) > observe.MaxArguments || len(cut) < observe.MaxArguments-4 || !strings.HasPrefix(long, cut) || lines[1]["arguments_bytes"] != float64(len(long)) {
		t.Errorf("of %d bytes %d were kept: %v", len(long), len(cut), lines[1]["arguments_bytes"])
	}
}

// TestTheAuditLogCanBeTruncated is what logrotate's copytruncate does: what comes next is the file's beginning, and not
// behind a hole as long as what was there.
func TestTheAuditLogCanBeTruncated(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "audit.log")
	s := newStack(t, "--audit-log", file)
	for range 3 {
		s.tool(t, "ana", "list_videos", `{}`)
	}
	if err := os.Truncate(file, 0); err != nil {
		t.Fatal(err)
	}
	s.tool(t, "ana", "get_current_user", `{}`)
	if lines, all := audited(t, file); len(lines) != 1 || lines[0]["tool"] != "get_current_user" {
		t.Errorf("the file holds %q", all)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read it: %v, %v", info.Mode(), err)
	}
}

// TestTheAuditLogIsOpenedAgain is what logrotate does without copytruncate: it renames the file and sends SIGHUP.
func TestTheAuditLogIsOpenedAgain(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), storyLimit)
	defer cancel()
	file := filepath.Join(t.TempDir(), "audit.log")
	p := start(ctx, t, binary(t), "serve", "--listen", "127.0.0.1:0", "--sandbox", "--audit-log", file)
	s := &stack{mcpURL: p.mcpURL}
	s.tool(t, "ana", "list_videos", `{}`)
	if err := os.Rename(file, file+".1"); err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	again := time.NewTicker(10 * time.Millisecond)
	defer again.Stop()
	for !strings.Contains(p.logged(), "opened again") {
		select {
		case <-again.C:
		case <-ctx.Done():
			t.Fatalf("it is not opened again:\n%s", p.logged())
		}
	}
	s.tool(t, "ana", "get_current_user", `{}`)
	for name, want := range map[string]string{file + ".1": "list_videos", file: "get_current_user"} {
		lines, all := audited(t, name)
		if len(lines) != 1 || lines[0]["tool"] != want || lines[0]["remote"] != "127.0.0.1" || lines[0]["duration_ms"] == nil {
			t.Errorf("%s holds %s", name, all)
		}
	}
	p.stop(t)
}

func TestArgumentsNeedAnAuditLog(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]bool{"--audit-arguments": true, "--audit-arguments --audit-log=-": false} {
		cfg, err := settings.Load("serve", strings.Fields(args), nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := slices.Contains(cfg.Warnings, "--audit-arguments is ignored without --audit-log"); got != want {
			t.Errorf("%s: got %q, want %v", args, cfg.Warnings, want)
		}
	}
}
