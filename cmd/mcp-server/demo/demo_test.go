package demo_test

import (
	"context"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/rs/zerolog"

	"heygen-mcp/cmd/mcp-server/app"
	"heygen-mcp/cmd/mcp-server/demo"
	"heygen-mcp/cmd/mcp-server/settings"
)

// served is the URL of a server that has a sandbox behind it, until the test ends.
func served(t *testing.T) (mcpURL string) {
	t.Helper()
	cfg, err := settings.Load("serve", []string{"--sandbox", "--auth", "broker", "--listen", "127.0.0.1:0", "--sandbox-speed", "50"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	a, err := app.Build(t.Context(), cfg, zerolog.Nop())
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	ended := make(chan error, 1)
	go func() { ended <- a.Server.Serve(ctx, a.Listener) }()
	t.Cleanup(func() {
		http.DefaultClient.CloseIdleConnections()
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		a.Close()
	})
	return a.MCPURL
}

// TestRunMakesAVideo is the whole demo against the server that it is for: it ends with a file, and has told each step.
func TestRunMakesAVideo(t *testing.T) {
	t.Parallel()
	mcpURL, dir := served(t), t.TempDir()
	var out strings.Builder
	made, err := demo.Run(t.Context(), mcpURL, dir, &out)
	if err != nil {
		t.Fatalf("%v after:\n%s", err, &out)
	}
	if raw, err := os.ReadFile(made.Path); err != nil || len(raw) < 1000 || !strings.Contains(string(raw[:16]), "ftyp") {
		t.Errorf("what was saved is no film: %d bytes, %v", len(raw), err)
	}
	if want := strings.TrimSuffix(mcpURL, "/mcp") + "/v/"; !strings.HasPrefix(made.Page, want) {
		t.Errorf("the page is %q, want one below %s", made.Page, want)
	}
	at := 0
	for _, step := range []string{
		"Signing in", "POST " + mcpURL, "GET ", "registered as ", "signed in as demo", "an access token", "Connecting", "server/discover", "Choosing", "get_current_user",
		"list_avatar_looks", "list_voices", "Making the video", "create_video_from_avatar", "wait_for_jobs", "] created", "] completed", "get_video", "Saved ",
	} {
		i := strings.Index(out.String()[at:], step)
		if i < 0 {
			t.Fatalf("%q is not told, or not in its place:\n%s", step, &out)
		}
		at += i
	}
}

// TestSessionTellsRefusals holds that what an agent would be told of a refusal is in the error, and that a film which
// does not exist is not waited for.
func TestSessionTellsRefusals(t *testing.T) {
	t.Parallel()
	mcpURL := served(t)
	token, err := demo.SignIn(t.Context(), mcpURL, "ana", func(string, string) {})
	if err != nil {
		t.Fatal(err)
	}
	s, err := demo.Connect(t.Context(), mcpURL, token, "2025-11-25")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	if got := s.Info.ProtocolVersion; got != "2025-11-25" {
		t.Errorf("the version is %s, want the one that was asked for", got)
	}
	var video map[string]any
	err = s.Call(t.Context(), "get_video", map[string]any{"video_id": "nothing"}, &video)
	if err == nil || !strings.Contains(err.Error(), "get_video refuses: ") || !strings.Contains(err.Error(), "next_step") {
		t.Errorf("a video that is not there: %v", err)
	}
	if err := s.Call(t.Context(), "get_current_user", nil, new(int)); err == nil || !strings.HasPrefix(err.Error(), "get_current_user: ") {
		t.Errorf("an answer that does not fit: %v", err)
	}
	if err := s.Call(t.Context(), "no_such_tool", nil, &video); err == nil || !strings.HasPrefix(err.Error(), "no_such_tool") {
		t.Errorf("a tool that is not there: %v", err)
	}
	if err := demo.WaitForVideo(t.Context(), s, "nothing", &strings.Builder{}); err == nil {
		t.Error("a video that is not there was waited for and made")
	}
	if _, err := demo.Connect(t.Context(), mcpURL, "wrong", ""); err == nil {
		t.Error("connected with a token that is none")
	}
}
