package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"heygen-mcp/auth"
	"heygen-mcp/cmd/mcp-server/app"
	"heygen-mcp/cmd/mcp-server/observe"
	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/internal/listen"
)

// inspectTime bounds each part of a check: who runs it waits for it.
const inspectTime = 15 * time.Second

// inspection is one thing that serve needs. Its words are what was found; an empty one was not looked for.
type inspection struct {
	name string
	run  func(ctx context.Context, cfg *settings.Config) (found string, err error)
}

// inspections are in the order in which serve needs them.
func inspections() []inspection {
	return []inspection{
		{"addresses", inspectAddresses},
		{"data directory", inspectDataDir},
		{"database", inspectDatabase},
		{"audit log", inspectAuditLog},
		{"HeyGen", inspectHeyGen},
		{"sign-in", inspectIssuer},
	}
}

// check says what would keep serve from working with the same flags and variables, without serving: it listens for a
// moment only, to see that it can, and changes no record. As serve does, it makes the data directory and the keys in it
// where they are missing.
func check(ctx context.Context, args, env []string, stdout, stderr io.Writer) int {
	if asksHelp(args) {
		return printed(io.WriteString(stdout, usage()))
	}
	cfg, err := settings.Load("check", args, env)
	if err != nil {
		fmt.Fprintf(stderr, "settings: failed\n%v\n", err)
		return exitUsage
	}
	for _, w := range cfg.Warnings {
		fmt.Fprintf(stdout, "warning: %s\n", w)
	}
	fmt.Fprintf(stdout, "settings: ok: --auth %s, for %s\n", cfg.Auth, cfg.WhoMayCall())
	code := exitOK
	for _, i := range inspections() {
		limited, cancel := context.WithTimeout(ctx, inspectTime)
		found, err := i.run(limited, cfg)
		cancel()
		switch {
		case err != nil:
			fmt.Fprintf(stderr, "%s: failed: %v\n", i.name, cfg.AsGiven(err))
			code = exitFailure
		case found != "":
			fmt.Fprintf(stdout, "%s: ok: %s\n", i.name, found)
		}
	}
	return code
}

// inspectAddresses listens where serve would, and stops. An address in use is no fault where such a server
// is what uses it: settings are checked beside one that runs.
func inspectAddresses(ctx context.Context, cfg *settings.Config) (found string, err error) {
	var held []net.Listener // as serve holds them: one address may be the other by another name
	defer func() {
		for _, ln := range held {
			err = errors.Join(err, ln.Close())
		}
	}()
	for _, one := range []struct{ flag, at, page, says string }{
		{"listen", cfg.Listen, "/healthz", `{"status":"ok"}`}, {"metrics-listen", cfg.MetricsListen, "/metrics", "# HELP "},
	} {
		if one.at == "" {
			continue
		}
		ln, _, err := listen.On(ctx, one.flag, one.at)
		state := " can be listened on"
		switch {
		case err == nil:
			held = append(held, ln)
			go hangUp(ln)
		case addressInUse(err, one.flag) && pageBegins(ctx, one.at, one.page, one.says):
			state, err = " is in use by a server such as this one", nil
		}
		if err != nil {
			return "", err
		}
		if found != "" {
			found += ", "
		}
		found += one.at + state
	}
	return found, nil
}

// hangUp ends every connection to a listener until that is closed, so that asking our own address is no wait.
func hangUp(ln net.Listener) {
	for {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		_ = conn.Close() // nobody is served
	}
}

// pageBegins reports whether who listens on an address has a page that begins with some words.
func pageBegins(ctx context.Context, listen, page, words string) bool {
	at, err := readyURL(listen)
	if err != nil {
		return false
	}
	status, body, err := get(ctx, strings.TrimSuffix(at, "/readyz")+page, nil)
	return err == nil && status == http.StatusOK && strings.HasPrefix(string(body), words)
}

// inspectDataDir makes a file where serve would.
func inspectDataDir(_ context.Context, cfg *settings.Config) (string, error) {
	if cfg.DataDir == "" {
		return "", nil
	}
	if err := settings.CanSaveIn(cfg.DataDir); err != nil {
		return "", fmt.Errorf("--data-dir: %w", err)
	}
	return cfg.DataDir + " can be written to", nil
}

// inspectDatabase opens the database and asks it something.
func inspectDatabase(ctx context.Context, cfg *settings.Config) (_ string, err error) {
	if cfg.DatabaseURL == "" && cfg.DataDir == "" {
		return "none; what is recorded ends with the process", nil
	}
	db, err := app.OpenDatabase(ctx, cfg)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	version := `SELECT 'SQLite ' || sqlite_version()`
	if db.Shared {
		version = `SELECT split_part(version(), ' on ', 1)`
	}
	var found string
	if err := db.QueryRowContext(ctx, version).Scan(&found); err != nil {
		if cfg.DatabaseURL != "" {
			return "", fmt.Errorf("--database-url: %w", err)
		}
		return "", fmt.Errorf("--data-dir: %s: %w", cfg.DatabaseFile(), err)
	}
	return found, nil
}

// inspectAuditLog opens the file, and makes it where it is missing.
func inspectAuditLog(_ context.Context, cfg *settings.Config) (string, error) {
	if cfg.AuditLog == "" || cfg.AuditLog == "-" {
		return "", nil
	}
	f := &observe.AppendFile{Path: cfg.AuditLog}
	if err := f.Reopen(); err != nil {
		return "", err
	}
	f.Close()
	return cfg.AuditLog + " can be written to", nil
}

// inspectIssuer reads what the authorization server says of itself, where people are sent to it.
func inspectIssuer(ctx context.Context, cfg *settings.Config) (string, error) {
	if cfg.Sandbox || auth.Mode(cfg.Auth) == auth.Single {
		return "", nil
	}
	said, err := issuerOf(ctx, cfg.AuthorizationServer)
	switch {
	case err != nil:
		return "", fmt.Errorf("--authorization-server %s: %w", cfg.AuthorizationServer, err)
	case said != cfg.AuthorizationServer:
		return "", fmt.Errorf("--authorization-server %s: it calls itself %s; write it so", cfg.AuthorizationServer, settings.Shown(said))
	}
	return said + " answers", nil
}
