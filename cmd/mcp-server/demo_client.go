package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"

	"github.com/mark3labs/mcp-go/client"
	mcptransport "github.com/mark3labs/mcp-go/client/transport"
	"github.com/mark3labs/mcp-go/mcp"
)

// session is an MCP client that is connected.
type session struct {
	client *client.Client
	info   *mcp.InitializeResult
}

// connect makes an MCP client with a bearer token. An empty version speaks the newest protocol that
// both sides know.
func connect(ctx context.Context, mcpURL, token, version string) (*session, error) {
	c, err := client.NewStreamableHttpClient(mcpURL,
		mcptransport.WithHTTPHeaders(map[string]string{"Authorization": "Bearer " + token}))
	if err != nil {
		return nil, err
	}
	if err := c.Start(ctx); err != nil {
		return nil, err
	}
	var req mcp.InitializeRequest
	req.Params.ProtocolVersion = version
	req.Params.ClientInfo = mcp.Implementation{Name: serverName + "-demo", Version: buildVersion()}
	info, err := c.Initialize(ctx, req)
	if err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return &session{client: c, info: info}, nil
}

// call calls a tool and reads its structured content into out. A refusal is an error with the words
// that an agent would get.
func (s *session) call(ctx context.Context, tool string, args map[string]any, out any) error {
	return s.callWith(ctx, tool, args, nil, out)
}

// callWith is call with a progress token; nil asks for no progress.
func (s *session) callWith(ctx context.Context, tool string, args map[string]any, progress mcp.ProgressToken, out any) error {
	var req mcp.CallToolRequest
	req.Params.Name = tool
	req.Params.Arguments = args
	if progress != nil {
		req.Params.Meta = &mcp.Meta{ProgressToken: progress}
	}
	res, err := s.client.CallTool(ctx, req)
	if err != nil {
		return fmt.Errorf("%s: %w", tool, err)
	}
	raw, err := json.Marshal(res.StructuredContent)
	if err != nil {
		return fmt.Errorf("%s: %w", tool, err)
	}
	if res.IsError {
		return fmt.Errorf("%s refuses: %s", tool, raw)
	}
	if err := json.Unmarshal(raw, out); err != nil {
		return fmt.Errorf("%s: %w", tool, err)
	}
	return nil
}

// onProgress hands the progress that the server sends to f.
func (s *session) onProgress(f func(progress float64, message string)) {
	s.client.OnNotification(func(n mcp.JSONRPCNotification) {
		if n.Method != "notifications/progress" {
			return
		}
		fields := n.Params.AdditionalFields
		progress, _ := fields["progress"].(float64)
		message, _ := fields["message"].(string)
		f(progress, message)
	})
}

// close ends the session.
func (s *session) close() error { return s.client.Close() }

// download saves a file under dir and gives its path and size. It is written beside its place first,
// so that the place never holds half a video.
func download(ctx context.Context, from, dir, name string) (path string, size int64, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, from, nil)
	if err != nil {
		return "", 0, err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", 0, err
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		return "", 0, fmt.Errorf("downloading the video: %s", res.Status)
	}
	f, err := os.CreateTemp(dir, ".download-*")
	if err != nil {
		return "", 0, err
	}
	size, err = io.Copy(f, res.Body)
	path = filepath.Join(dir, name)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return "", 0, errors.Join(err, os.Remove(f.Name()))
	}
	return path, size, nil
}
