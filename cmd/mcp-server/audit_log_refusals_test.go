package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"heygen-mcp/cmd/mcp-server/demo"
)

// submitForm opens a page, fills in its form as mia would except for one field, and sends it.
func submitForm(t *testing.T, b demo.Browser, page, field, value string) (at string, back url.Values, err error) {
	t.Helper()
	text, at, _, err := b.Page(t.Context(), http.MethodGet, page, nil)
	if err != nil {
		t.Fatal(err)
	}
	action, fields, err := demo.FillForm(text, at, "mia")
	if err != nil {
		t.Fatal(err)
	}
	fields.Set(field, value)
	_, at, back, err = b.Page(t.Context(), http.MethodPost, action, fields)
	return at, back, err
}

// TestTheAuditLogTellsOfRefusals holds that what does not end in a grant is there too: a key that
// HeyGen does not know, a person who says no, and a sign-in that is for the list of connections
// alone.
func TestTheAuditLogTellsOfRefusals(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "audit.log")
	s := newStackWith(t, io.Discard, noPause, append(fastSandbox(), "--auth", "broker", "--audit-log", file)...)
	issuer := strings.TrimSuffix(s.mcpURL, "/mcp")
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	b := demo.Browser{HTTP: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	client, err := b.Register(t.Context(), issuer+"/oauth/register")
	if err != nil {
		t.Fatal(err)
	}
	_, page, _, err := b.Page(t.Context(), http.MethodGet, issuer+"/oauth/authorize?"+url.Values{"response_type": {"code"}, "client_id": {client},
		"redirect_uri": {demo.RedirectURI}, "code_challenge": {"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"}, "code_challenge_method": {"S256"}}.Encode(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := submitForm(t, b, page, "api_key", "sk_nobody"); err == nil {
		t.Error("a key of nobody's is taken")
	}
	consent, _, err := submitForm(t, b, page, "api_key", "sk_sandbox_mia")
	if err != nil {
		t.Fatal(err)
	}
	if _, back, err := submitForm(t, b, consent, "action", "cancel"); err != nil || back.Get("error") != "access_denied" {
		t.Errorf("sent back with %v, %v", back, err)
	}
	if at, _, err := submitForm(t, b, issuer+"/connections", "api_key", "sk_sandbox_mia"); err != nil || at != issuer+"/connections" {
		t.Errorf("signing in to the connections ends at %s, %v", at, err)
	}

	lines, all := audited(t, file)
	if strings.Contains(all, "sk_") {
		t.Errorf("the audit log holds a key:\n%s", all)
	}
	var got []string
	caller := ""
	for _, line := range lines {
		who, _ := line["caller"].(string)
		if caller == "" {
			caller = who
		}
		if line["event"] != "sign_in_failed" && line["event"] != "register" && (who == "" || who != caller) {
			t.Errorf("%v is not of %q", line, caller)
		}
		if id, _ := line["request_id"].(string); id == "" {
			t.Errorf("%v names no request", line)
		}
		event, _ := line["event"].(string)
		if line["client"] == client {
			event += " of the client"
		}
		got = append(got, event)
	}
	if want := "register of the client, sign_in_failed of the client, sign_in of the client, consent_refused of the client, sign_in"; strings.Join(got, ", ") != want {
		t.Errorf("it tells of %s, want %s:\n%s", strings.Join(got, ", "), want, all)
	}
}

// TestTheAuditLogOnStandardOutput holds that - is standard output, that nothing else is there, and
// that no audit line is among those of the log.
func TestTheAuditLogOnStandardOutput(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), storyLimit)
	defer cancel()
	p := start(ctx, t, binary(t), "serve", "--listen", "127.0.0.1:0", "--sandbox", "--audit-log", "-")
	s := &stack{mcpURL: p.mcpURL}
	s.tool(t, "ana", "list_videos", `{}`)
	s.tool(t, "ana", "get_current_user", `{}`)
	p.stop(t)
	var tools []string
	for text := range strings.Lines(p.out.String()) {
		var line struct{ Event, Tool, Caller string }
		if err := json.Unmarshal([]byte(text), &line); err != nil || line.Event != "call" || line.Caller == "" {
			t.Errorf("standard output has %q: %v", text, err)
		}
		tools = append(tools, line.Tool)
	}
	if strings.Join(tools, " ") != "list_videos get_current_user" {
		t.Errorf("it tells of %q", tools)
	}
	if strings.Contains(p.logged(), `"event":`) {
		t.Errorf("the log has audit lines:\n%s", p.logged())
	}
}
