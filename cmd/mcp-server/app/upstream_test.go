package app

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/heygen"
	"heygen-mcp/internal/fastget"
)

// TestPollsOfASandbox holds that a sandbox is looked at as much more often as it is faster, though never in a busy
// loop, and that HeyGen is polled as the tools choose.
func TestPollsOfASandbox(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		cfg  settings.Config
		want time.Duration
	}{
		{settings.Config{}, 0},
		{settings.Config{Poll: time.Hour}, time.Hour},
		{settings.Config{Sandbox: true, SandboxSpeed: 1}, 5 * time.Second},
		{settings.Config{Sandbox: true, SandboxSpeed: 10}, 500 * time.Millisecond},
		{settings.Config{Sandbox: true, SandboxSpeed: 1e6}, ShortestPoll},
	} {
		if got := pollEvery(&c.cfg); got != c.want {
			t.Errorf("at a speed of %v: got %v, want %v", c.cfg.SandboxSpeed, got, c.want)
		}
	}
}

// TestFilesOfAnotherOrigin holds that only where HeyGen is somewhere else are files taken from there.
func TestFilesOfAnotherOrigin(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{heygen.DefaultBaseURL: "", "http://127.0.0.1:8081": "http://127.0.0.1:8081", "https://heygen.example/api": "https://heygen.example"} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := fileOrigin(u); got != want {
			t.Errorf("%s: got %q, want %q", address, got, want)
		}
	}
}

// TestNetwork holds that calls to HeyGen go over connections that are kept, unless the settings have another way.
func TestNetwork(t *testing.T) {
	t.Parallel()
	other := &http.Transport{}
	if got, err := Network(&settings.Config{Upstream: other}); err != nil || got != http.RoundTripper(other) {
		t.Errorf("got %T, %v, want the one of the settings", got, err)
	}
	got, err := Network(&settings.Config{})
	if _, ok := got.(*fastget.Transport); !ok || err != nil {
		t.Errorf("got %T, %v", got, err)
	}
}
