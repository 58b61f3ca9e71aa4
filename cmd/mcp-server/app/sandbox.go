package app

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/internal/hosts"
	"heygen-mcp/internal/listen"
	"heygen-mcp/internal/sandbox"
)

// headerLimit bounds how long a client of the sandbox may take over its headers.
const headerLimit = 10 * time.Second

// SandboxServer is the imitation of HeyGen on a listener of its own: the server calls it over HTTP
// as it would call HeyGen.
type SandboxServer struct {
	URL    *url.URL
	server *http.Server
	done   chan struct{}
}

// StartSandbox serves the sandbox. Its webhooks knock on ports of this machine, so that it sends none where others than
// this machine's user may ask for them.
func StartSandbox(ctx context.Context, cfg *settings.Config) (*SandboxServer, error) {
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
	s := &SandboxServer{
		URL:    u,
		server: &http.Server{Handler: handler, ReadHeaderTimeout: headerLimit},
		done:   make(chan struct{}),
	}
	go func() {
		defer close(s.done)
		_ = s.server.Serve(ln) // it ends with ErrServerClosed, by close
	}()
	return s, nil
}

// Close ends the sandbox at once: the server, its only caller that matters, has drained before.
func (s *SandboxServer) Close() {
	_ = s.server.Close()
	<-s.done
}
