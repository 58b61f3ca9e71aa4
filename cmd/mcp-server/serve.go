package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/rs/zerolog"

	"heygen-mcp/auth"
	"heygen-mcp/internal/hosts"
	"heygen-mcp/internal/sandbox"
)

// headerLimit bounds how long a client of the sandbox may take over its headers.
const headerLimit = 10 * time.Second

// serve runs the server until ctx ends, which a signal does.
func serve(ctx context.Context, args, env []string, stdout, stderr io.Writer) int {
	if asksHelp(args) {
		return printed(io.WriteString(stdout, usage()))
	}
	cfg, err := load("serve", args, env)
	if err != nil {
		fmt.Fprintf(stderr, "mcp-server serve cannot start:\n%v\n", err)
		return exitUsage
	}
	log := newLog(stderr, cfg.LogFormat).Level(cfg.LogLevel)
	warn(log, cfg)
	a, err := build(ctx, cfg, log)
	if err != nil {
		log.Error().Err(err).Msg("cannot start")
		return exitFailure
	}
	defer a.close()
	tuneMemory(env)
	go rest(ctx, time.Tick(restsAfter), allocatedBytes, giveBack)
	defer a.reopenOnHangup(ctx, log)()
	a.announce(log, cfg)
	if err := a.server.Serve(ctx, a.listener); err != nil {
		log.Error().Err(err).Msg("serving failed")
		return exitFailure
	}
	log.Info().Msg("stopped")
	return exitOK
}

// warn logs what was given and is not used.
func warn(log zerolog.Logger, cfg *config) {
	for _, w := range cfg.Warnings {
		log.Warn().Msg(w)
	}
}

// announce logs that the server is ready. The listener accepts already, so a client that reads the
// line and connects is served.
func (a *app) announce(log zerolog.Logger, cfg *config) {
	log.Info().Str("version", buildVersion()).Str("auth", cfg.Auth).Str("mcp_url", a.mcpURL).Func(func(line *zerolog.Event) {
		if a.sandbox != nil {
			line.Str("sandbox_url", a.sandbox.url.String())
		}
	}).Str("callers", cfg.whoMayCall()).Str("data", cfg.whereDataLie()).Msg("ready")
}

// whoMayCall says in words what --auth means here.
func (c *config) whoMayCall() string {
	switch {
	case auth.Mode(c.Auth) == auth.Broker:
		return "whoever signs in here with HeyGen or a key of theirs"
	case auth.Mode(c.Auth) == auth.Direct:
		return "whoever brings a credential of HeyGen's"
	case c.open():
		return "every program on this machine, with the operator's key"
	}
	return "whoever has HEYGEN_MCP_TOKEN, with the operator's key"
}

// whereDataLie says where records are kept; the address of a database may hold a password and is not told.
func (c *config) whereDataLie() string {
	switch {
	case c.DatabaseURL != "":
		return "PostgreSQL"
	case c.DataDir != "":
		return c.databaseFile()
	}
	return "memory, until the program ends"
}

// asksHelp says whether a command is asked what it takes.
func asksHelp(args []string) bool {
	for _, arg := range args {
		if arg == "--help" || arg == "-help" || arg == "-h" {
			return true
		}
	}
	return false
}

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
