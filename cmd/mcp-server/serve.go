package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"heygen-mcp/internal/release"

	"github.com/rs/zerolog"
)

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
	defer a.auditLog.reopenOnHangup(ctx, log)()
	announce(a, log, cfg)
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
func announce(a *app, log zerolog.Logger, cfg *config) {
	log.Info().Str("version", release.Version()).Str("auth", cfg.Auth).Str("mcp_url", a.mcpURL).Func(func(line *zerolog.Event) {
		if a.sandbox != nil {
			line.Str("sandbox_url", a.sandbox.url.String())
		}
	}).Str("callers", cfg.whoMayCall()).Str("data", cfg.whereDataLie()).Msg("ready")
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
