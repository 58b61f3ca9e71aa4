package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"syscall"

	"github.com/rs/zerolog"

	"heygen-mcp/cmd/mcp-server/app"
	"heygen-mcp/cmd/mcp-server/demo"
	"heygen-mcp/cmd/mcp-server/observe"
	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/internal/listen"
)

// runDemo starts the sandbox and the server as serve does, and makes a video as a client from
// outside would: over HTTP, knowing nothing but the endpoint.
func runDemo(ctx context.Context, args, env []string, stdout, stderr io.Writer) int {
	if asksHelp(args) {
		return printed(io.WriteString(stdout, usage()))
	}
	cfg, err := settings.Load("demo", args, env)
	if err != nil {
		fmt.Fprintf(stderr, "mcp-server demo cannot start:\n%v\n", err)
		return exitUsage
	}
	log := observe.NewLog(stderr, cfg.LogFormat).Level(cfg.LogLevel)
	warn(log, cfg)
	// The request log would bury what the demo prints; warnings stay.
	a, err := app.Build(ctx, cfg, log.Level(max(cfg.LogLevel, zerolog.WarnLevel)))
	if addressInUse(err, "listen") && !cfg.Given["listen"] {
		cfg.Listen = "127.0.0.1:0"
		a, err = app.Build(ctx, cfg, log.Level(max(cfg.LogLevel, zerolog.WarnLevel)))
	}
	if err != nil {
		log.Error().Err(err).Msg("cannot start")
		return exitFailure
	}
	defer a.Close()

	ctx, stop := context.WithCancel(ctx)
	served := make(chan error, 1)
	go func() { served <- a.Server.Serve(ctx, a.Listener) }()

	made, err := demo.Run(ctx, a.MCPURL, cfg.Out, stdout)
	if err == nil && !cfg.Exit {
		fmt.Fprint(stdout, demo.Ready(a.MCPURL, a.Sandbox.URL.String(), made))
		<-ctx.Done()
	}
	stop()
	if err = errors.Join(err, <-served); err != nil {
		log.Error().Err(err).Msg("the demo failed")
		return exitFailure
	}
	if cfg.Exit {
		return printed(fmt.Fprintln(stdout, made.Path))
	}
	return exitOK
}

// addressInUse reports whether the listener of a flag failed because the address is in use.
func addressInUse(err error, flag string) bool {
	failed, ok := errors.AsType[*listen.Error](err)
	return ok && failed.Flag == flag && errors.Is(failed, syscall.EADDRINUSE)
}
