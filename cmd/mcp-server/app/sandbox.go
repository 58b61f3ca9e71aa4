package app

import (
	"context"
	"net/http"

	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/internal/hosts"
	"heygen-mcp/internal/listen"
	"heygen-mcp/internal/sandbox"
)

// StartSandbox serves the imitation of HeyGen on a listener of its own: the server calls it over HTTP as it would call
// HeyGen. Its webhooks knock on ports of this machine, so that it sends none where others than this machine's user may
// ask for them.
func StartSandbox(ctx context.Context, cfg *settings.Config) (*listen.Server, error) {
	local, err := settings.IsLoopback(cfg.Listen)
	if err != nil {
		return nil, err
	}
	box, err := sandbox.New(sandbox.Config{
		Speed: cfg.SandboxSpeed, Silent: !local || cfg.PublicURL != nil && !hosts.IsLoopback(cfg.PublicURL.Hostname()), Large: cfg.SandboxCatalogue == settings.LargeCatalogue,
	})
	if err != nil {
		return nil, err
	}
	ln, u, err := listen.On(ctx, "sandbox-listen", cfg.SandboxListen)
	if err != nil {
		return nil, err
	}
	var handler http.Handler = box
	if cfg.Watch != nil {
		handler = cfg.Watch(box)
	}
	return listen.Serve(ln, u, handler), nil
}
