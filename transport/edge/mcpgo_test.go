package edge_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
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

// TestHandlersOfMCPGo holds what is made of an answer of mcp-go's: it goes on as it is, a refusal of the handler takes
// its place while there is somebody to read it, and an error has a code for the operator in any case.
func TestHandlersOfMCPGo(t *testing.T) {
	t.Parallel()
	const internal = `{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"its words"}}`
	refuse := func(x *exchange.Exchange) { x.Refuse(-32002, "not here", nil) }
	for name, c := range map[string]struct {
		status int
		body   string
		note   func(x *exchange.Exchange)
		left   bool
		want   string // in the answer
		code   string
	}{
		"a result":                        {200, `{"jsonrpc":"2.0","id":1,"result":{}}`, nil, false, `"result":{}`, ""},
		"an error with a status":          {400, internal, nil, false, `"its words"`, "-32600"},
		"one of the server's":             {500, internal, nil, false, `"its words"`, "-32600"},
		"an error whose code was noted":   {400, internal, func(x *exchange.Exchange) { x.Fail(-32601) }, false, `"its words"`, "-32601"},
		"a refusal":                       {200, internal, refuse, false, `"error":{"code":-32002,"message":"not here"}`, "-32002"},
		"a refusal, and the client left":  {200, internal, refuse, true, `"its words"`, "-32002"},
		"a redirect, which is no refusal": {399, `{}`, nil, false, `{}`, ""},
	} {
		told := "nothing"
		e, err := edge.New(edge.Config{
			Call: edgetest.Tools(edgetest.NewGate()),
			Watch: func(ctx context.Context, _ edge.Operation) (context.Context, func(string)) {
				return ctx, func(code string) { told = code }
			},
		}, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if c.note != nil {
				c.note(exchange.From(r.Context()))
			}
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(c.status)
			_, _ = w.Write([]byte(c.body))
		}))
		if err != nil {
			t.Fatal(err)
		}
		ctx, leave := context.WithCancel(t.Context())
		if c.left {
			leave()
		}
		req := httptest.NewRequestWithContext(ctx, http.MethodPost, "/mcp", strings.NewReader(edgetest.RPC(1, "resources/read", `{"uri":"a"}`)))
		req.Header.Set("Content-Type", "application/json")
		res := httptest.NewRecorder()
		e.ServeHTTP(res, req)
		leave()
		if got := res.Body.String(); !strings.Contains(got, c.want) || told != c.code {
			t.Errorf("%s: got %s and the code %q, want %s and %q", name, got, told, c.want, c.code)
		}
	}
}
