package edge_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/transport/edge"
	"heygen-mcp/transport/edge/edgetest"
)

// TestAppsAreDeclared holds that a client that shows pages is known as one in both eras: in the older one by the
// session id that it was given when it said so, in the newer one by each request. No other client is given a session.
func TestAppsAreDeclared(t *testing.T) {
	t.Parallel()
	takes := false
	s := start(t, func(c *edge.Config) {
		c.List = func(ctx context.Context) (json.RawMessage, error) {
			takes = exchange.From(ctx).TakesApps()
			return json.RawMessage(`[]`), nil
		}
	})
	const apps = `{"extensions":{"io.modelcontextprotocol/ui":{"mimeTypes":["text/html;profile=mcp-app"]}}}`
	for _, c := range []struct {
		name, capabilities string
		want               bool
	}{
		{"pages", apps, true},
		{"pages among others", strings.Replace(apps, `["text`, `["text/plain","text`, 1), true},
		{"nothing", `{}`, false},
		{"another type of page", strings.Replace(apps, "mcp-app", "other", 1), false},
		{"no type of page", `{"extensions":{"io.modelcontextprotocol/ui":{}}}`, false},
		{"another extension", strings.Replace(apps, "/ui", "/tasks", 1), false},
	} {
		res := edgetest.Send(t.Context(), t, "POST", s.URL, edgetest.RPC(1, "initialize",
			`{"protocolVersion":"2025-11-25","clientInfo":{"name":"c","version":"1"},"capabilities":`+c.capabilities+`}`), nil)
		edgetest.Wants(t, edgetest.Text(t, res), `"protocolVersion":"2025-11-25"`)
		session := res.Header.Get("Mcp-Session-Id")
		if (session != "") != c.want {
			t.Errorf("%s: got the session %q", c.name, session)
		}
		for era, ask := range map[string]func() *http.Response{
			"older": func() *http.Response {
				return edgetest.Send(t.Context(), t, "POST", s.URL, edgetest.RPC(2, "tools/list", `{}`), func(r *http.Request) {
					if session != "" {
						r.Header.Set("Mcp-Session-Id", session)
					}
				})
			},
			"newer": func() *http.Response {
				meta := strings.Replace(edgetest.ModernMeta, `"io.modelcontextprotocol/clientCapabilities":{}`, `"io.modelcontextprotocol/clientCapabilities":`+c.capabilities, 1)
				return edgetest.Send(t.Context(), t, "POST", s.URL, edgetest.RPC(2, "tools/list", `{"_meta":{`+meta+`}}`), edgetest.Modern("tools/list", ""))
			},
		} {
			takes = !c.want
			res := ask()
			if got := edgetest.Text(t, res); res.StatusCode != http.StatusOK || takes != c.want {
				t.Errorf("%s, %s: takes pages %v, want %v: %d %s", c.name, era, takes, c.want, res.StatusCode, got)
			}
			_ = res.Body.Close()
			if id := res.Header.Get("Mcp-Session-Id"); id != "" {
				t.Errorf("%s, %s: a list answers with the session %q", c.name, era, id)
			}
		}
	}
}
