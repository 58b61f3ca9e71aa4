package transport_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/transport"
	"heygen-mcp/transport/edge/edgetest"
)

type choiceKey struct{}

// choosing serves toolsets a and b. A request shows what was chosen as the name of its one tool,
// and is let in by "Authorization: x" only.
func choosing(c *transport.Config, p *transport.Parts) {
	c.AllowedOrigins = []string{"https://page.example"}
	p.Choose = func(ctx context.Context, toolsets [][]string, tools []string, readOnly bool) (context.Context, error) {
		for _, sets := range toolsets {
			for _, set := range sets {
				if !slices.Contains([]string{"a", "b"}, set) {
					return nil, fmt.Errorf("there is no toolset %q: choose from a, b", set)
				}
			}
		}
		if slices.Contains(tools, "none") {
			return nil, fmt.Errorf("there is no tool %q", "none")
		}
		return context.WithValue(ctx, choiceKey{}, fmt.Sprintf("%v %v %v", toolsets, tools, readOnly)), nil
	}
	p.Visible = func(ctx context.Context, all []mcp.Tool) []mcp.Tool {
		choice, _ := ctx.Value(choiceKey{}).(string)
		return []mcp.Tool{{Name: "chosen:" + choice, RawInputSchema: all[0].RawInputSchema}}
	}
	p.Authenticate = func(_ bool, below func(*http.Request) string) func(http.Handler) http.Handler {
		return func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Header.Get("Authorization") == "" {
					w.Header().Set("WWW-Authenticate", "below="+below(r))
					w.WriteHeader(http.StatusUnauthorized)
					return
				}
				next.ServeHTTP(w, r)
			})
		}
	}
	p.Metadata = func(below func(*http.Request) string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte("about " + below(r))) })
	}
}

func TestChoosing(t *testing.T) {
	t.Parallel()
	s := start(t, func(c *transport.Config, p *transport.Parts) {
		c.PublicURL = parseURL(t, "http://127.0.0.1/readonly")
		choosing(c, p)
	})
	for _, c := range []struct {
		path    string
		headers []string
		status  int
		want    string
	}{
		{"/mcp", nil, 200, `"chosen:"`},
		{"/mcp/key", nil, 200, `"chosen:"`},
		{"/readonly/mcp", nil, 200, `"chosen:"`},
		{"/mcp/x/a", nil, 200, `"chosen:[[a]] [] false"`},
		{"/mcp/x/a,b", nil, 200, `"chosen:[[a b]] [] false"`},
		{"/mcp/x/a%2Cb,a", nil, 200, `"chosen:[[a b]] [] false"`},
		{"/mcp/x/a/readonly", nil, 200, `"chosen:[[a]] [] true"`},
		{"/mcp/readonly", nil, 200, `"chosen:[] [] true"`},
		{"/mcp/key/x/b/readonly", nil, 200, `"chosen:[[b]] [] true"`},
		{"/mcp/key/readonly", nil, 200, `"chosen:[] [] true"`},
		{"/readonly/mcp/x/a?y=z", nil, 200, `"chosen:[[a]] [] false"`},
		{"/mcp/x/a", []string{"X-MCP-Toolsets", " b ,, a", "X-MCP-Toolsets", "b"}, 200, `"chosen:[[a] [b a]] [] false"`},
		{"/mcp", []string{"X-MCP-Tools", "t,u", "X-MCP-Readonly", "TRUE"}, 200, `"chosen:[] [t u] true"`},
		{"/mcp", []string{"X-MCP-Readonly", "no", "X-MCP-Readonly", "1"}, 200, `"chosen:[] [] true"`},
		{"/mcp/readonly", []string{"X-MCP-Readonly", "false"}, 200, `"chosen:[] [] true"`},
		{"/mcp", []string{"X-MCP-Readonly", "0", "X-MCP-Toolsets", "", "X-MCP-Tools", " , "}, 200, `"chosen:"`},
		{"/mcp", []string{"X-MCP-Readonly", "on"}, 400, `X-MCP-Readonly`},
		{"/mcp", []string{"X-MCP-Toolsets", "c"}, 400, `choose from a, b`},
		{"/mcp/x/a", []string{"X-MCP-Toolsets", "c"}, 400, `choose from a, b`},
		{"/mcp/x/a", []string{"X-MCP-Tools", "none"}, 400, `there is no tool`},
		{"/mcp/x/c", nil, 404, `choose from a, b`},
		{"/mcp/key/x/a,c", nil, 404, `choose from a, b`},
		{"/mcp/x/a,", nil, 404, `choose from a, b`},
		{"/mcp/x/a%252Cb", nil, 404, `choose from a, b`},
		{"/mcp/x/a/write", nil, 404, "nothing is served"},
		{"/mcp/x/", nil, 404, "nothing is served"},
	} {
		res := edgetest.Send(t.Context(), t, "POST", s.URL+c.path, edgetest.RPC(1, "tools/list", `{}`), func(r *http.Request) {
			r.Header.Set("Authorization", "x")
			for i := 0; i < len(c.headers); i += 2 {
				r.Header.Add(c.headers[i], c.headers[i+1])
			}
		})
		body := edgetest.Text(t, res)
		if res.StatusCode != c.status {
			t.Errorf("%s %v: got %d %s, want %v", c.path, c.headers, res.StatusCode, body, c.status)
		}
		edgetest.Wants(t, body, c.want, `"jsonrpc":"2.0"`)
	}
}

// What a client may see depends on its path and headers, so nobody in between may keep it.
func TestToolsListIsPrivate(t *testing.T) {
	t.Parallel()
	s := start(t, choosing)
	res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp/x/a", edgetest.RPC(1, "tools/list", `{"_meta":{`+edgetest.ModernMeta+`}}`), func(r *http.Request) {
		edgetest.Modern("tools/list", "")(r)
		r.Header.Set("Authorization", "x")
	})
	edgetest.Wants(t, edgetest.Text(t, res), `"cacheScope":"private"`, `"chosen:[[a]] [] false"`)
}

// Each path is a resource of its own to a client: the 401 there leads to that path's document.
func TestDocumentsOfPaths(t *testing.T) {
	t.Parallel()
	s := start(t, func(c *transport.Config, p *transport.Parts) {
		c.PublicURL = parseURL(t, "http://127.0.0.1/pre")
		choosing(c, p)
	})
	const prm = "/.well-known/oauth-protected-resource"
	for _, narrowed := range []string{"", "/readonly", "/x/a", "/x/a,b", "/x/a%2Cb", "/x/b/readonly"} {
		for _, path := range []string{prm + "/mcp" + narrowed, prm + "/pre/mcp" + narrowed, "/pre" + prm + "/mcp" + narrowed,
			"/mcp" + narrowed + prm, "/pre/mcp" + narrowed + prm} {
			for _, method := range []string{"GET", "HEAD"} {
				res := edgetest.Send(t.Context(), t, method, s.URL+path+"?toolsets=b", "", func(r *http.Request) {
					r.Header.Set("X-MCP-Toolsets", "none")
					r.Header.Set("Origin", "https://anywhere.example")
				})
				got := edgetest.Text(t, res)
				if res.StatusCode != 200 || method == "GET" && got != "about "+narrowed || res.Header.Get("Access-Control-Allow-Origin") != "*" {
					t.Errorf("%s %s: %d %q", method, path, res.StatusCode, got)
				}
			}
		}
		for _, path := range []string{"/mcp" + narrowed, "/pre/mcp" + narrowed, "/pre/mcp/key" + narrowed} {
			res := edgetest.Send(t.Context(), t, "POST", s.URL+path, `{}`, nil)
			if got := res.Header.Get("WWW-Authenticate"); res.StatusCode != 401 || got != "below="+narrowed {
				t.Errorf("%s: got %d %q, want %v and %v", path, res.StatusCode, got, 401, "below="+narrowed)
			}
		}
	}
	for _, path := range []string{prm + "/mcp/x/c", "/mcp/x/a,c" + prm, prm + "/pre/mcp/x/c/readonly", prm + "/mcp/key", "/mcp/key" + prm, prm + "/mcp/key/x/a"} {
		res := edgetest.Send(t.Context(), t, "GET", s.URL+path, "", nil)
		if res.StatusCode != 404 {
			t.Errorf("%s: got %d, want %v", path, res.StatusCode, 404)
		}
		edgetest.Wants(t, edgetest.Text(t, res), `"jsonrpc":"2.0"`)
	}
}

func TestChoosingFromAPage(t *testing.T) {
	t.Parallel()
	s := start(t, choosing)
	res := edgetest.Send(t.Context(), t, "OPTIONS", s.URL+"/mcp/x/a", "", func(r *http.Request) {
		r.Header.Set("Origin", "https://page.example")
		r.Header.Set("Access-Control-Request-Method", "POST")
	})
	allowed := strings.ToLower(res.Header.Get("Access-Control-Allow-Headers"))
	if res.StatusCode != http.StatusNoContent {
		t.Error(res.StatusCode)
	}
	edgetest.Wants(t, allowed, "x-mcp-toolsets", "x-mcp-tools", "x-mcp-readonly")
}

// A client that asked for fewer tools must not be given all of them.
func TestNothingToChoose(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	for path, c := range map[string]struct {
		header string
		status int
	}{"/mcp/x/a": {"", 404}, "/mcp/readonly": {"", 404}, "/mcp": {"X-MCP-Readonly", 400}} {
		res := edgetest.Send(t.Context(), t, "POST", s.URL+path, edgetest.RPC(1, "tools/list", `{}`), func(r *http.Request) {
			if c.header != "" {
				r.Header.Set(c.header, "1")
			}
		})
		if res.StatusCode != c.status {
			t.Errorf("%s: got %d, want %v", path, res.StatusCode, c.status)
		}
		edgetest.Wants(t, edgetest.Text(t, res), `"jsonrpc":"2.0"`)
	}
}
