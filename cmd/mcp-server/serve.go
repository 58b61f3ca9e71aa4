package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/rs/zerolog"

	"heygen-mcp/cmd/mcp-server/app"
	"heygen-mcp/cmd/mcp-server/observe"
	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/internal/memory"
	"heygen-mcp/internal/release"
)

// serve runs the server until ctx ends, which a signal does.
func serve(ctx context.Context, args, env []string, stdout, stderr io.Writer) int {
	if asksHelp(args) {
		return printed(io.WriteString(stdout, usage()))
	}
	memory.Tune(env) // before the start takes what it takes
	cfg, err := settings.Load("serve", args, env)
	if err != nil {
		fmt.Fprintf(stderr, "mcp-server serve cannot start:\n%v\n", err)
		return exitUsage
	}
	log, flush := observe.NewServerLog(stderr, cfg.LogFormat)
	defer flush()
	log = log.Level(cfg.LogLevel)
	warn(log, cfg)
	a, err := app.Build(ctx, cfg, log)
	if err != nil {
		log.Error().Err(err).Msg("cannot start")
		return exitFailure
	}
	defer a.Close()
	defer a.AuditLog.ReopenOnHangup(ctx, log)()
	announce(a, log, cfg)
	flush() // whoever waits for it has waited enough
	go func() {
		a.Server.RegisterTools() // the last of the start, before what that has taken is given back
		memory.Rest(ctx, time.Tick(memory.RestsAfter), memory.Allocated, memory.GiveBack)
	}()
	if err := a.Server.Serve(ctx, a.Listener); err != nil {
		log.Error().Err(err).Msg("serving failed")
		return exitFailure
	}
	log.Info().Msg("stopped")
	return exitOK
}

// warn logs what was given and is not used.
func warn(log zerolog.Logger, cfg *settings.Config) {
	for _, w := range cfg.Warnings {
		log.Warn().Msg(w)
	}
}

// announce logs that the server is ready. The listener accepts already, so a client that reads the
// line and connects is served.
func announce(a *app.App, log zerolog.Logger, cfg *settings.Config) {
	log.Info().Str("version", release.Version()).Str("auth", cfg.Auth).Str("mcp_url", a.MCPURL).Func(func(line *zerolog.Event) {
		if a.Sandbox != nil {
			line.Str("sandbox_url", a.Sandbox.URL.String())
		}
	}).Str("callers", cfg.WhoMayCall()).Str("data", cfg.WhereDataLie()).Msg("ready")
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
