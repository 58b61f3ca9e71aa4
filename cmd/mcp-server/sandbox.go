package main

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"heygen-mcp/internal/hosts"
	"heygen-mcp/internal/sandbox"
)

// headerLimit bounds how long a client of the sandbox may take over its headers.
const headerLimit = 10 * time.Second

// sandboxServer is the imitation of HeyGen on a listener of its own: the server calls it over HTTP
// as it would call HeyGen.
type sandboxServer struct {
	url    *url.URL
	server *http.Server
	done   chan struct{}
}

// startSandbox serves the sandbox. Its webhooks knock on ports of this machine, so that it sends none where others than
// this machine's user may ask for them.
func startSandbox(ctx context.Context, cfg *config) (*sandboxServer, error) {
	local, err := loopback(cfg.Listen)
	if err != nil {
		return nil, err
	}
	box, err := sandbox.New(sandbox.Config{
		Speed: cfg.SandboxSpeed, Silent: !local || cfg.PublicURL != nil && !hosts.IsLoopback(cfg.PublicURL.Hostname()), Large: cfg.SandboxCatalogue == largeCatalogue,
	})
	if err != nil {
		return nil, err
	}
	ln, u, err := listen(ctx, "sandbox-listen", cfg.SandboxListen)
	if err != nil {
		return nil, err
	}
	var handler http.Handler = box
	if cfg.watch != nil {
		handler = cfg.watch(box)
	}
	s := &sandboxServer{
		url:    u,
		server: &http.Server{Handler: handler, ReadHeaderTimeout: headerLimit},
		done:   make(chan struct{}),
	}
	go func() {
		defer close(s.done)
		_ = s.server.Serve(ln) // it ends with ErrServerClosed, by close
	}()
	return s, nil
}

// close ends the sandbox at once: the server, its only caller that matters, has drained before.
func (s *sandboxServer) close() {
	_ = s.server.Close()
	<-s.done
}
