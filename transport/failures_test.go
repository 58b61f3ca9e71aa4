package transport_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/transport"
	"heygen-mcp/transport/edge/edgetest"
)

// failing is a server whose prompts, resources and completions fail in each way that there is.
func failing(_ *transport.Config, p *transport.Parts) {
	fail := func(ctx context.Context, how string) error {
		switch how {
		case "refuses":
			return fmt.Errorf("wrapped: %w", &exchange.Refusal{Code: exchange.From(ctx).NotFound(), Message: "ask again", Data: map[string]any{"next": 1}})
		case "errs":
			return errors.New("the secret of an error")
		case "bounds":
			_ = []int{}[len(how)]
		}
		panic("the secret of a panic")
	}
	p.Register = func(s *server.MCPServer) {
		s.AddTool(mcp.NewTool("echo"), nil)
		s.AddPrompt(mcp.NewPrompt("nothing"), func(context.Context, mcp.GetPromptRequest) (*mcp.GetPromptResult, error) { return nil, nil })
		for _, how := range []string{"refuses", "errs", "bounds", "panics"} {
			s.AddPrompt(mcp.NewPrompt(how), func(ctx context.Context, _ mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
				return nil, fail(ctx, how)
			})
			s.AddResource(mcp.NewResource("r://"+how, how), func(ctx context.Context, _ mcp.ReadResourceRequest) ([]mcp.ResourceContents, error) {
				return nil, fail(ctx, how)
			})
		}
		s.AddResourceTemplate(mcp.NewResourceTemplate("t://{how}", "t"), func(ctx context.Context, req mcp.ReadResourceRequest) ([]mcp.ResourceContents, error) {
			return nil, fail(ctx, strings.TrimPrefix(req.Params.URI, "t://"))
		})
	}
	p.Complete = func(ctx context.Context, of, _, _ string) (*mcp.Completion, error) { return nil, fail(ctx, of) }
}

// eras are both ways to ask: what the older one sends with 200, the newer sends with a status.
func eras() map[string]func(method, name string) (meta string, edit func(*http.Request)) {
	return map[string]func(method, name string) (string, func(*http.Request)){
		"older": func(string, string) (string, func(*http.Request)) { return ``, nil },
		"modern": func(method, name string) (string, func(*http.Request)) {
			return `,"_meta":{` + edgetest.ModernMeta + `}`, edgetest.Modern(method, name)
		},
	}
}

// What is ours to show is shown with its code and data, whatever wraps it; of the rest a client has the
// request's id, and the log the cause.
func TestFailuresOfPromptsAndResources(t *testing.T) {
	t.Parallel()
	s := start(t, failing)
	for era, dress := range eras() {
		for _, how := range []string{"refuses", "errs", "bounds", "panics"} {
			for _, c := range []struct{ method, name, params string }{
				{"prompts/get", how, `"name":"` + how + `"`},
				{"resources/read", "r://" + how, `"uri":"r://` + how + `"`},
				{"resources/read", "t://" + how, `"uri":"t://` + how + `"`},
				{"completion/complete", "", `"ref":{"type":"ref/prompt","name":"` + how + `"},"argument":{"name":"a","value":""}`},
				{"completion/complete", "", `"ref":{"type":"ref/resource","uri":"` + how + `"},"argument":{"name":"a","value":""}`},
			} {
				meta, edit := dress(c.method, c.name)
				res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", edgetest.RPC(7, c.method, `{`+c.params+meta+`}`), edit)
				got, status, want := edgetest.Text(t, res), http.StatusOK, ""
				switch {
				case how != "refuses":
					want = `{"jsonrpc":"2.0","id":7,"error":{"code":-32603,"message":"internal error (request ` + res.Header.Get("X-Request-Id") + `)"}}`
				case era == "older":
					want = `{"jsonrpc":"2.0","id":7,"error":{"code":-32002,"message":"ask again","data":{"next":1}}}`
				default:
					want, status = `{"jsonrpc":"2.0","id":7,"error":{"code":-32602,"message":"ask again","data":{"next":1}}}`, http.StatusBadRequest
				}
				if got != want || res.StatusCode != status || res.Header.Get("Content-Type") != "application/json" {
					t.Errorf("%s, %s of %s: %d %s\nwant %s", era, c.method, how, res.StatusCode, got, want)
				}
				if how == "errs" {
					edgetest.Wants(t, s.log.String(), `"request_id":"`+res.Header.Get("X-Request-Id")+`","error":"the secret of an error"`)
				}
			}
		}
	}
	edgetest.Wants(t, s.log.String(), "index out of range", `"panic":"string"`, "failures_test.go")
	if strings.Contains(s.log.String(), "secret of a panic") {
		t.Error("the log has the words of a panic")
	}
}

// What mcp-go finds wrong with a request is said in words that help, and never in those of Go's.
func TestWordsForMistakes(t *testing.T) {
	t.Parallel()
	s := start(t, failing)
	name, uri := strings.Repeat("z", 256), strings.Repeat("z", 2048)
	for _, c := range []struct {
		method, name, params string
		older, modern        int
		says                 string
	}{
		{"prompts/get", "none", `"name":"none"`, -32602, -32602, "unknown prompt: none; prompts/list"},
		{"prompts/get", name, `"name":"` + name + `"`, -32602, -32602, "prompts/list"},
		{"prompts/get", "nothing", `"name":"nothing"`, -32603, -32603, "internal error (request "},
		{"prompts/get", "errs", `"name":"errs","arguments":[7]`, -32602, -32602, "the params are not those of prompts/get"},
		{"prompts/list", "", `"cursor":"%%"`, -32602, -32602, "that cursor is none of ours"},
		{"prompts/list", "", `"cursor":7`, -32602, -32602, "the params are not those of prompts/list"},
		{"tools/list", "", `"cursor":"%%"`, -32602, -32602, "that cursor is none of ours"},
		{"resources/list", "", `"cursor":"%%"`, -32602, -32602, "that cursor is none of ours"},
		{"resources/templates/list", "", `"cursor":"%%"`, -32602, -32602, "that cursor is none of ours"},
		{"resources/read", "x://none", `"uri":"x://none"`, -32002, -32602, `; resources/list and resources/templates/list show what can be read","data":{"uri":"x://none"}`},
		{"resources/read", uri, `"uri":"` + uri + `"`, -32002, -32602, "resources/list"},
		{"completion/complete", "", `"ref":{"type":"ref/tool","name":"echo"},"argument":{"name":"a","value":""}`, -32602, -32602, "the params are not those of completion/complete"},
		{"completion/complete", "", `"ref":7`, -32602, -32602, "the params are not those of completion/complete"},
		{"completion/complete", "", `"argument":{"name":"a"}`, -32602, -32602, "the params are not those of completion/complete"},
	} {
		for era, dress := range eras() {
			meta, edit := dress(c.method, c.name)
			res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", edgetest.RPC(7, c.method, `{`+c.params+meta+`}`), edit)
			got, code, status := edgetest.Text(t, res), c.older, http.StatusOK
			if era == "modern" {
				if code = c.modern; code != -32603 {
					status = http.StatusBadRequest
				}
			}
			var reply struct {
				Error struct {
					Code int `json:"code"`
				} `json:"error"`
			}
			if err := json.Unmarshal([]byte(got), &reply); err != nil || reply.Error.Code != code || res.StatusCode != status || len(got) > 1000 {
				t.Errorf("%s, %s %.60s: got %d %.600s, want no error, reply.Error.Code %v, %v and len(got) at most %v", era, c.method, c.params, res.StatusCode, got, code, status, 1000)
			}
			edgetest.Wants(t, got, c.says, `"id":7`)
			for _, word := range []string{"json:", "Go struct", "base64", "mcp.", "handler"} {
				if strings.Contains(got, word) {
					t.Errorf("%s %.60s speaks of %s: %.300s", c.method, c.params, word, got)
				}
			}
		}
	}
}

// A client that has left is no fault to log.
func TestLeavingIsNoFailure(t *testing.T) {
	t.Parallel()
	entered, ended := make(chan struct{}), make(chan struct{})
	s := start(t, func(_ *transport.Config, p *transport.Parts) {
		p.Register = func(s *server.MCPServer) {
			s.AddPrompt(mcp.NewPrompt("p"), func(ctx context.Context, _ mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
				defer close(ended)
				close(entered)
				<-ctx.Done()
				return nil, ctx.Err()
			})
		}
	})
	ctx, leave := context.WithCancel(t.Context())
	go func() {
		<-entered
		leave()
	}()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL+"/mcp", strings.NewReader(edgetest.RPC(1, "prompts/get", `{"name":"p"}`)))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if res, err := edgetest.Client().Do(req); err == nil {
		_ = res.Body.Close()
		t.Error(res.StatusCode)
	}
	<-ended
	s.Close()
	if got := s.log.String(); strings.Contains(got, "failed") || !strings.Contains(got, "499") {
		t.Errorf("got %v, want no %q in it and %q in it", got, "failed", "499")
	}
}
