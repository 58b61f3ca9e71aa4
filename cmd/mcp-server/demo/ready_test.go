package demo

import (
	"strings"
	"testing"
)

func TestReadySaysHowToConnect(t *testing.T) {
	t.Parallel()
	got := Ready("http://127.0.0.1:1234/mcp", "http://127.0.0.1:5678", Made{"/my films/v.mp4", "http://127.0.0.1:1234/v/x"})
	for _, want := range []string{
		"http://127.0.0.1:1234/mcp\n", "http://127.0.0.1:5678\n", "http://127.0.0.1:1234/mcp/key", "sk_sandbox_demo",
		"file:///my%20films/v.mp4\n", "http://127.0.0.1:1234/v/x\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("got %q, want it to contain %q", got, want)
		}
	}
}
