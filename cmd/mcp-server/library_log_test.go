package main

import (
	"context"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"heygen-mcp/cmd/mcp-server/app"
	"heygen-mcp/cmd/mcp-server/demo"
	"heygen-mcp/cmd/mcp-server/observe"
	"heygen-mcp/cmd/mcp-server/settings"
)

// TestLibrariesTellNoSecrets holds what libraries write to Go's own log to a message and a status, in the server's own
// form: the OAuth library writes there what clients send it, and where it sends them.
//
//nolint:paralleltest // it changes Go's own log, which the whole process shares
func TestLibrariesTellNoSecrets(t *testing.T) {
	before := slog.Default()
	var log logLines
	observe.CatchLibraryLogs(&log, settings.LogJSON)
	defer slog.SetDefault(before)

	cfg, err := settings.Load("serve", append(fastSandbox(), "--auth", "broker"), nil)
	if err != nil {
		t.Fatal(err)
	}
	a, err := app.Build(t.Context(), cfg, observe.NewLog(&log, settings.LogJSON))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	served := make(chan error, 1)
	go func() { served <- a.Server.Serve(ctx, a.Listener) }()
	defer func() {
		stop()
		if err := <-served; err != nil {
			t.Error(err)
		}
		a.Close()
		http.DefaultClient.CloseIdleConnections()
	}()
	s := &stack{mcpURL: a.MCPURL}
	at := strings.TrimSuffix(a.MCPURL, "/mcp")
	client, err := demo.Browser{HTTP: http.DefaultClient}.Register(t.Context(), at+"/oauth/register")
	if err != nil {
		t.Fatal(err)
	}
	hush := func(more url.Values) {
		t.Helper()
		ask := url.Values{"response_type": {"code"}, "client_id": {client}, "redirect_uri": {demo.RedirectURI + "?hush-redirect"}, "state": {"hush-state"}, "code_challenge": {strings.Repeat("h", 43)},
			"code_challenge_method": {"S256"}, "scope": {"hush-scope"}}
		maps.Copy(ask, more)
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, at+"/oauth/authorize?"+ask.Encode(), nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close() // nothing in it is of use
		form := url.Values{"grant_type": {"authorization_code"}, "client_id": {client}, "code": {"hush-code"}, "redirect_uri": {demo.RedirectURI}, "code_verifier": {"hush-verifier"}, "client_secret": {"hush-secret"}}
		_ = demo.Browser{HTTP: http.DefaultClient}.PostForm(t.Context(), at+"/oauth/token", form, nil) // it is refused
		_, _, _ = s.post(t.Context(), s.mcpURL+"?hush-query", "Bearer hush-token", rpc("hush-tool", `{"hush":1}`, ""))
	}
	for _, more := range []url.Values{{}, {"redirect_uri": {demo.RedirectURI}}, {"redirect_uri": {demo.RedirectURI}, "prompt": {"none hush-prompt"}}, {"redirect_uri": {demo.RedirectURI}, "response_type": {"hush-type"}}, {"client_id": {"hush-client"}}} {
		hush(more)
	}
	slog.ErrorContext(t.Context(), "auth response URL", "url", demo.RedirectURI+"?code=hush-code", "status_code", 500)
	slog.With("state", "hush-state").WithGroup("hush-group").Error("another", "error", "hush-error")
	// A store that fails makes the library write at the level that is kept.
	if err := a.Store.Close(); err != nil {
		t.Fatal(err)
	}
	hush(url.Values{"redirect_uri": {demo.RedirectURI}})

	got := log.String()
	if strings.Contains(got, "hush") || strings.Contains(got, "?") || strings.Contains(got, demo.RedirectURI) {
		t.Errorf("the log tells:\n%s", got)
	}
	for _, want := range []string{`"level":"error","status":500,`, `"message":"a library says: auth response URL"`, `"message":"a library says: request error"`, `"path":"/oauth/token","status":400`} {
		if !strings.Contains(got, want) {
			t.Errorf("the log lacks %s:\n%s", want, got)
		}
	}
	for line := range strings.Lines(got) {
		if !strings.HasPrefix(line, "{") {
			t.Errorf("a line of another log: %s", line)
		}
	}
}
