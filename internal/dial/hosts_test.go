package dial_test

import (
	"testing"

	"heygen-mcp/internal/dial"
)

func TestIsPrivate(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]bool{
		"localhost": true, "127.0.0.1": true, "[::1]": true, "::1": true, "10.0.0.1": true, "192.168.1.10": true, "172.16.0.1": true, "169.254.169.254": true,
		"0.0.0.0": true, "100.64.0.1": true, "intranet": true, "nas.local": true, "host.docker.internal": true, "fd00::1": true, "LOCALHOST.": true, "::ffff:10.0.0.1": true,
		"files.example": false, "8.8.8.8": false, "172.32.0.1": false, "2001:4860::1": false, "": false, "local.example": false,
	} {
		if got := dial.IsPrivate(host); got != want {
			t.Errorf("%s: got %v, want %v", host, got, want)
		}
	}
}
