package demo

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

// Session is a connected MCP client.
type Session struct {
	Client *client.Client
	Info   *mcp.InitializeResult
}

// Connect makes an MCP client that sends a bearer token. version is the protocol version to ask
// for; "" means the newest that both sides support.
func Connect(ctx context.Context, mcpURL, token, version string) (*Session, error) {
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
	req.Params.ClientInfo = mcp.Implementation{Name: clientName, Version: clientVersion}
	info, err := c.Initialize(ctx, req)
	if err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return &Session{Client: c, Info: info}, nil
}

// Call calls a tool and decodes its structured content into out. A refusal is an error that holds
// the JSON that an agent would get.
func (s *Session) Call(ctx context.Context, tool string, args map[string]any, out any) error {
	return s.callWith(ctx, tool, args, nil, out)
}

// callWith is Call with a progress token; nil asks for no progress notifications.
func (s *Session) callWith(
	ctx context.Context, tool string, args map[string]any, progress mcp.ProgressToken, out any,
) error {
	var req mcp.CallToolRequest
	req.Params.Name = tool
	req.Params.Arguments = args
	if progress != nil {
		req.Params.Meta = &mcp.Meta{ProgressToken: progress}
	}
	res, err := s.Client.CallTool(ctx, req)
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

// onProgress calls f with the message of each progress notification, from the goroutine of the client.
func (s *Session) onProgress(f func(message string)) {
	s.Client.OnNotification(func(n mcp.JSONRPCNotification) {
		if n.Method != "notifications/progress" {
			return
		}
		message, _ := n.Params.AdditionalFields["message"].(string)
		f(message)
	})
}

// Close closes the connection.
func (s *Session) Close() error { return s.Client.Close() }

// Download saves the file at a URL in dir under a name, and returns its path and its size in bytes.
// It writes a temporary file and renames it, so that no partial file has the name.
func Download(ctx context.Context, from, dir, name string) (path string, size int64, err error) {
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
