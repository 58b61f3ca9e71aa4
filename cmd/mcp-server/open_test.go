package main

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"heygen-mcp/cmd/mcp-server/settings"
)

// TestSingleWithoutATokenIsForProgramsAlone holds that where no credential is asked for, a page
// that somebody opens spends nothing, whichever program of this computer serves it; and that a
// token, or a credential of the caller's own, lets pages of this computer in as before.
func TestSingleWithoutATokenIsForProgramsAlone(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		args, env []string
		want      int // for a page on another port
	}{
		"single":              {[]string{"--auth", "single"}, nil, http.StatusForbidden},
		"single with a token": {[]string{"--auth", "single"}, []string{"HEYGEN_MCP_TOKEN=0123456789abcdef"}, http.StatusOK},
		"single, and allowed": {[]string{"--auth", "single", "--allowed-origins", "http://localhost:3000"}, nil, http.StatusOK},
		"direct":              {[]string{"--auth", "direct"}, nil, http.StatusOK},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg, err := settings.Load("serve", append(fastSandbox(), c.args...), c.env)
			if err != nil {
				t.Fatal(err)
			}
			at := serving(t, cfg, io.Discard).MCPURL
			token := settings.SandboxKey
			if len(c.env) > 0 {
				token = "0123456789abcdef"
			}
			for what, try := range map[string]struct {
				headers http.Header
				want    int
			}{
				"a program":              {nil, http.StatusOK},
				"a page on another port": {http.Header{"Origin": {"http://localhost:3000"}}, c.want},
				"a page on the web":      {http.Header{"Origin": {"https://evil.example"}}, http.StatusForbidden},
			} {
				req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, at, strings.NewReader(rpc("get_current_user", `{}`, "")))
				if err != nil {
					t.Fatal(err)
				}
				if try.headers != nil {
					req.Header = try.headers
				}
				req.Header.Set("Content-Type", "application/json")
				req.Header.Set("Accept", "application/json, text/event-stream")
				req.Header.Set("Authorization", "Bearer "+token)
				res, err := http.DefaultClient.Do(req)
				if err != nil {
					t.Fatal(err)
				}
				if err := res.Body.Close(); err != nil || res.StatusCode != try.want {
					t.Errorf("%s: got %d, %v, want %d", what, res.StatusCode, err, try.want)
				}
			}
		})
	}
}
