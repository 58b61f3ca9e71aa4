package app_test

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"heygen-mcp/cmd/mcp-server/app"
	"heygen-mcp/cmd/mcp-server/demo"
	"heygen-mcp/cmd/mcp-server/observe"
	"heygen-mcp/cmd/mcp-server/settings"
)

// loaded are the settings of a server with a fast sandbox.
func loaded(t *testing.T, args ...string) *settings.Config {
	t.Helper()
	cfg, err := settings.Load("serve", append([]string{"--sandbox", "--listen", "127.0.0.1:0", "--sandbox-speed", "50"}, args...), nil)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Pause = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	return cfg
}

// serving builds a server and serves until the test ends.
func serving(t *testing.T, cfg *settings.Config, log io.Writer) *app.App {
	t.Helper()
	a, err := app.Build(t.Context(), cfg, observe.NewLog(log, settings.LogJSON))
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
	return a
}

// get asks for a page and gives its text.
func get(t *testing.T, address string, header ...string) (status int, text string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(raw)
}

// signedIn is a client of an account that has signed in.
func signedIn(t *testing.T, a *app.App, account string, scopes ...string) *demo.Session {
	t.Helper()
	token, err := demo.SignIn(t.Context(), a.MCPURL, account, func(string, string) {}, scopes...)
	if err != nil {
		t.Fatal(err)
	}
	s, err := demo.Connect(t.Context(), a.MCPURL, token, "2025-11-25")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// makes has a video made, and gives its id and the page on which it is watched.
func makes(t *testing.T, s *demo.Session) (id, page string) {
	t.Helper()
	look, voice, err := demo.ChooseAvatar(t.Context(), s, func(string, string) {})
	if err != nil {
		t.Fatal(err)
	}
	var made struct {
		ID   string `json:"video_id"`
		Page string `json:"page_url"`
	}
	args := map[string]any{"avatar_id": look, "voice_id": voice, "script": "Hello there, and welcome.", "title": "A film"}
	if err := s.Call(t.Context(), "create_video_from_avatar", args, &made); err != nil {
		t.Fatal(err)
	}
	if err := demo.WaitForVideo(t.Context(), s, made.ID, io.Discard); err != nil {
		t.Fatal(err)
	}
	if err := s.Call(t.Context(), "get_video", map[string]any{"video_id": made.ID}, &made); err != nil {
		t.Fatal(err)
	}
	return made.ID, made.Page
}

// TestBuildConnectsEverything goes the way of a person and their client through a whole server, and asks each part of
// it what it has seen: the pages, the documents, the metrics, the audit log and the files.
func TestBuildConnectsEverything(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	audit := filepath.Join(dir, "audit.log")
	cfg := loaded(t, "--auth", "broker", "--data-dir", dir, "--audit-log", audit, "--metrics-listen", "127.0.0.1:0", "--spend-cap-daily", "5",
		"--operator-name", "Example Films", "--operator-url", "https://films.example", "--privacy-url", "https://films.example/privacy")
	a := serving(t, cfg, io.Discard)
	base := strings.TrimSuffix(a.MCPURL, "/mcp")
	s := signedIn(t, a, "mia")
	id, page := makes(t, s)
	if want := base + "/v/" + id; page != want {
		t.Errorf("the page of the video is %q, want %s", page, want)
	}
	if status, text := get(t, page, "Accept", "text/html"); status != http.StatusOK || !strings.Contains(text, `name="api_key"`) {
		t.Errorf("a stranger is shown %d %s", status, text)
	}
	for path, want := range map[string]string{
		"/":                "Example Films",
		"/mcp.json":        a.MCPURL,
		"/mcp/server-card": `"title": "HeyGen"`,
		"/readyz":          "",
	} {
		if status, text := get(t, base+path, "Accept", "text/html"); status != http.StatusOK || !strings.Contains(text, want) {
			t.Errorf("%s: %d %s, want %q in it", path, status, text, want)
		}
	}
	var deleted map[string]any
	err := s.Call(t.Context(), "delete_video", map[string]any{"video_id": id}, &deleted)
	if err == nil {
		t.Error("a client that was not given the scope deleted a video")
	}
	_, counted := get(t, a.Metrics.URL.String()+"/metrics")
	for _, want := range []string{`tool="create_video_from_avatar"`, "heygen_mcp_"} {
		if !strings.Contains(counted, want) {
			t.Errorf("the metrics lack %s", want)
		}
	}
	raw, err := os.ReadFile(audit)
	if err != nil || !regexp.MustCompile(`"event":"call".*"tool":"create_video_from_avatar"`).Match(raw) {
		t.Errorf("the audit log has %s, %v", raw, err)
	}
	if _, err := os.Stat(filepath.Join(dir, app.IndexName)); err != nil {
		t.Errorf("there is no file of the index: %v", err)
	}
}

// TestBuildSaysWhatItCannotHave holds that a server which cannot be built says by which setting, and that nothing of it
// goes on to run.
func TestBuildSaysWhatItCannotHave(t *testing.T) {
	t.Parallel()
	ln, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ln.Close() }()
	taken, absent := ln.Addr().String(), filepath.Join(t.TempDir(), "absent", "audit.log")
	for name, c := range map[string]struct {
		change func(cfg *settings.Config)
		want   string
	}{
		"the address":     {func(cfg *settings.Config) { cfg.Listen = taken }, "--listen: "},
		"the sandbox's":   {func(cfg *settings.Config) { cfg.SandboxListen = taken }, "--sandbox-listen: "},
		"that of metrics": {func(cfg *settings.Config) { cfg.MetricsListen = taken }, "--metrics-listen: "},
		"the audit log":   {func(cfg *settings.Config) { cfg.AuditLog = absent }, "--audit-log: "},
		"the database": {func(cfg *settings.Config) {
			cfg.DatabaseURL = "postgres://" + taken + "/x?connect_timeout=1&sslmode=bogus"
		}, "--database-url: "},
		"the data directory": {func(cfg *settings.Config) { cfg.DataDir = filepath.Join(taken, "\x00") }, "--data-dir: "},
	} {
		cfg := loaded(t, "--auth", "broker")
		c.change(cfg)
		if a, err := app.Build(t.Context(), cfg, observe.NewLog(io.Discard, settings.LogJSON)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want an error that says %s", name, err, c.want)
			if a != nil {
				a.Close()
			}
		}
	}
}

// TestBuildWithoutAnIndexFile holds that a file of the index that cannot be used is told, and keeps no server from
// serving.
func TestBuildWithoutAnIndexFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, app.IndexName), 0o700); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	cfg := loaded(t, "--auth", "direct", "--data-dir", dir)
	a, err := app.Build(t.Context(), cfg, observe.NewLog(&log, settings.LogJSON))
	if err != nil {
		t.Fatal(err)
	}
	a.Close()
	if !strings.Contains(log.String(), "in memory") {
		t.Errorf("the log says %s", &log)
	}
}

// TestDirectServesSomeTools holds what the front page tells of a server that is not for everything, and how a caller
// brings a key.
func TestDirectServesSomeTools(t *testing.T) {
	t.Parallel()
	a := serving(t, loaded(t, "--auth", "direct", "--toolsets", "videos,voices", "--read-only", "--argument-case", "camel"), io.Discard)
	base := strings.TrimSuffix(a.MCPURL, "/mcp")
	_, page := get(t, base+"/", "Accept", "text/html")
	for text, want := range map[string]bool{"videos": true, "voices": true, "podcasts": false} {
		if got := strings.Contains(page, "<code>"+text+"</code>") || strings.Contains(page, "/mcp/x/"+text); got != want {
			t.Errorf("the page tells of %s: %t, want %t", text, got, want)
		}
	}
	s, err := demo.Connect(t.Context(), a.MCPURL, settings.SandboxKey, "")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	var user map[string]any
	if err := s.Call(t.Context(), "list_videos", map[string]any{}, &user); err != nil {
		t.Error(err)
	}
	if err := s.Call(t.Context(), "create_video_from_avatar", map[string]any{}, &user); err == nil {
		t.Error("a tool that changes something was called")
	}
}

// TestHeyGenCallsBack holds that a create tells HeyGen where to call when the job has ended, and that such a call is
// taken.
func TestHeyGenCallsBack(t *testing.T) {
	t.Parallel()
	var to atomic.Pointer[httputil.ReverseProxy]
	answers := make(chan int, 100)
	door := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, "/hooks/") {
			to.Load().ServeHTTP(w, r)
			return
		}
		answer := httptest.NewRecorder()
		to.Load().ServeHTTP(answer, r)
		w.WriteHeader(answer.Code)
		answers <- answer.Code
	}))
	t.Cleanup(door.Close)
	a := serving(t, loaded(t, "--auth", "broker", "--public-url", door.URL), io.Discard)
	over := &http.Transport{}
	t.Cleanup(over.CloseIdleConnections)
	to.Store(&httputil.ReverseProxy{Transport: over, Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(&url.URL{Scheme: "http", Host: a.Listener.Addr().String()})
		r.Out.Host = r.In.Host
	}})
	if want := door.URL + "/mcp"; a.MCPURL != want {
		t.Fatalf("the endpoint is %s, want %s", a.MCPURL, want)
	}
	makes(t, signedIn(t, a, "mia"))
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	select {
	case status := <-answers:
		if status != http.StatusNoContent {
			t.Errorf("HeyGen's call was answered with %d", status)
		}
	case <-ctx.Done():
		t.Error("HeyGen called nobody")
	}
}
