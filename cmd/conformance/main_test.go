package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"heygen-mcp/internal/leaktest"
)

func TestMain(m *testing.M) {
	leaktest.Main(m)
}

// serving runs the command and gives its URL.
func serving(t *testing.T, args ...string) string {
	t.Helper()
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	out, in := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		err := run(ctx, args, in, io.Discard)
		_ = in.CloseWithError(io.EOF)
		ended <- err
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		http.DefaultClient.CloseIdleConnections()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(line)
}

func call(t *testing.T, url, tool, host string) (int, string) {
	t.Helper()
	body := `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"` + tool + `"}}`
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Host = host
	req.Header.Set("Content-Type", "application/json")
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

// The suite itself needs Node; this needs nothing, and finds a fixture that cannot be served.
func TestEveryFixtureAnswers(t *testing.T) {
	t.Parallel()
	url := serving(t)
	f, err := newFixtures()
	if err != nil {
		t.Fatal(err)
	}
	for name := range f.tools {
		if status, body := call(t, url, name, ""); status != http.StatusOK || strings.Contains(body, "-32603") || strings.Contains(body, "unknown tool") {
			t.Errorf("%s: got %d %s, want %v, no %q in it and no %q in it", name, status, body, http.StatusOK, "-32603", "unknown tool")
		}
	}
}

// What the suite sends must reach the server as it is, or its tests of Host would test the proxy.
func TestProxyKeepsTheHost(t *testing.T) {
	t.Parallel()
	url := serving(t, "--to", serving(t), "--key", "k")
	if status, body := call(t, url, "test_simple_text", "localhost"); status != http.StatusOK || !strings.Contains(body, "simple text response") {
		t.Errorf("got %d %s, want %v and %q in it", status, body, http.StatusOK, "simple text response")
	}
	if status, body := call(t, url, "test_simple_text", "evil.example"); status != http.StatusForbidden {
		t.Errorf("got %d %s, want %v", status, body, http.StatusForbidden)
	}
}
