package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

// peerNames are the servers that are compared, the first being what the others are measured by. Beside them there are
// silent, the product in direct mode without its log, and observed, the same with metrics too.
func peerNames() []string {
	return []string{"proxy", "direct", "broker", "mcp-go", "go-sdk", "typescript"}
}

// serve is one of the servers in a process of its own. args are HeyGen's URL, and the file with the product's tools.
func serve(ctx context.Context, name string, args []string) error {
	if name == "heygen" {
		return listenOn(ctx, heygen(), "")
	}
	if len(args) != 2 {
		return errors.New("serve NAME HEYGEN TOOLS")
	}
	c, err := newCaller(args[0], args[1])
	if err != nil {
		return err
	}
	switch name {
	case "proxy":
		to, err := url.Parse(args[0])
		if err != nil {
			return err
		}
		return listenOn(ctx, &httputil.ReverseProxy{
			Rewrite:   func(r *httputil.ProxyRequest) { r.SetURL(to) },
			Transport: c.http.Transport,
		}, "")
	case "mcp-go":
		return listenOn(ctx, serveMCPGo(c), "/mcp")
	case "go-sdk":
		return listenOn(ctx, serveGoSDK(c), "/mcp")
	}
	return fmt.Errorf("there is no server %s", name)
}

// declared is a tool as the product lists it.
type declared struct {
	Name         string          `json:"name"`
	Description  string          `json:"description"`
	InputSchema  json.RawMessage `json:"inputSchema"`
	OutputSchema json.RawMessage `json:"outputSchema"`
}

// caller does what a bare server's tools do: one request to HeyGen each, whose data it passes on as it came.
type caller struct {
	heygen string
	http   *http.Client
	tools  []declared
}

func newCaller(heygen, tools string) (*caller, error) {
	raw, err := os.ReadFile(tools) //nolint:gosec // G304: the parent names the file
	if err != nil {
		return nil, err
	}
	c := &caller{heygen: heygen, http: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 256, DisableCompression: true}}}
	return c, json.Unmarshal(raw, &c.tools)
}

// call is the data of HeyGen's answer.
func (c *caller) call(ctx context.Context, tool string, arguments json.RawMessage, key string) (json.RawMessage, error) {
	method, path := http.MethodGet, "/v3/avatars/looks?limit=20"
	var body io.Reader
	switch tool {
	case "get_video":
		var in struct {
			VideoID string `json:"video_id"`
		}
		if err := json.Unmarshal(arguments, &in); err != nil {
			return nil, err
		}
		path = "/v3/videos/" + url.PathEscape(in.VideoID)
	case "create_video_from_avatar":
		method, path, body = http.MethodPost, "/v3/videos", bytes.NewReader(arguments)
	}
	req, err := http.NewRequestWithContext(ctx, method, c.heygen+path, body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("X-Api-Key", key)
	req.Header.Set("Content-Type", "application/json")
	res, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(io.LimitReader(res.Body, 1<<20))
	if err != nil {
		return nil, err
	}
	var answer struct {
		Data json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal(raw, &answer); err != nil {
		return nil, err
	}
	if answer.Data[0] == '[' {
		return raw, nil // structured content is an object
	}
	return answer.Data, nil
}

// serveMCPGo is a bare server of mcp-go: no checks, no log, no limits.
func serveMCPGo(c *caller) http.Handler {
	s := server.NewMCPServer("mcp-go", "1")
	for _, d := range c.tools {
		s.AddTool(mcp.Tool{Name: d.Name, Description: d.Description, RawInputSchema: d.InputSchema, RawOutputSchema: d.OutputSchema},
			func(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
				arguments, err := json.Marshal(req.Params.Arguments)
				if err != nil {
					return nil, err
				}
				data, err := c.call(ctx, req.Params.Name, arguments, req.Header.Get("X-Api-Key"))
				if err != nil {
					return nil, err
				}
				res := mcp.NewToolResultText(string(data))
				res.RawStructuredContent = data
				return res, nil
			})
	}
	return server.NewStreamableHTTPServer(s, server.WithStateLess(true))
}
