package main

import (
	"strings"
	"testing"
)

func TestAllFaultsAtOnce(t *testing.T) {
	t.Parallel()
	for command, args := range map[string][]string{
		"serve": {"--listen=x", "--auth=single", "--nonsense=1", "--sandbox-speed=-1", "--allowed-origins=a b", "--allowed-hosts=*", "--toolsets=none",
			"--public-url=https://mcp.example/{a}", "--heygen-url=x", "--authorization-server=https://a.example?b", "--data-dir=/dev/null/data", "--argument-case=kebab"},
		"demo": {"--out=/dev/null/out", "--listen=x", "--sandbox-listen=:0"},
	} {
		code, out, errs := commandWith(t, []string{"HEYGEN_MCP_READ_ONLY=maybe", "HEYGEN_API_KEY_FILE=/nowhere/key"}, append([]string{command}, args...)...)
		if code != exitUsage || out != "" {
			t.Errorf("%s: status %d, %q", command, code, out)
		}
		want := args
		if command == "serve" {
			want = append(want, "HEYGEN_MCP_READ_ONLY", "HEYGEN_API_KEY_FILE=")
		}
		for _, arg := range want {
			name, _, _ := strings.Cut(arg, "=")
			if name != "--auth" && !strings.Contains(errs, name) {
				t.Errorf("%s: %s is missing from:\n%s", command, name, errs)
			}
		}
	}
}
