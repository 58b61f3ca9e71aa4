package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rs/zerolog"

	"heygen-mcp/cmd/mcp-server/app"
	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/internal/hosts"
	"heygen-mcp/tools"
)

// manifests writes the files by which clients find and install the server that the settings describe.
func manifests(args, env []string, stdout, stderr io.Writer) int {
	if asksHelp(args) {
		return printed(io.WriteString(stdout, usage()))
	}
	fail := func(code int, err error) int {
		fmt.Fprintf(stderr, "mcp-server manifests: %v\n", err)
		return code
	}
	if len(args) == 0 || strings.HasPrefix(args[0], "-") {
		return fail(exitUsage, errors.New("it needs the directory to write into first"))
	}
	dir := args[0]
	cfg, err := settings.Load("manifests", args[1:], env)
	if err != nil {
		return fail(exitUsage, err)
	}
	if cfg.PublicURL == nil {
		host, port, err := net.SplitHostPort(cfg.Listen)
		if err != nil || !hosts.IsLoopback(host) || port == "0" {
			return fail(exitUsage, errors.New("--public-url must say where clients reach the server"))
		}
		cfg.PublicURL = &url.URL{Scheme: "http", Host: cfg.Listen}
	}
	files, err := app.ManifestFiles(cfg, cfg.PublicURL)
	if err != nil {
		return fail(exitFailure, err)
	}
	front := app.FrontPage(cfg, cfg.PublicURL, tools.Describe(), nil, zerolog.Nop())
	if files["llms.txt"], err = front.Markdown(); err != nil {
		return fail(exitFailure, err)
	}
	files["claude-plugin/README.md"] = files["llms.txt"] // directories of plugins refuse one without
	for _, name := range slices.Sorted(maps.Keys(files)) {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil { //nolint:gosec // G703: the operator names the directory
			return fail(exitFailure, err)
		}
		if err := os.WriteFile(path, files[name], 0o600); err != nil { //nolint:gosec // G703: likewise
			return fail(exitFailure, err)
		}
		if code := printed(fmt.Fprintln(stdout, path)); code != exitOK {
			return code
		}
	}
	return exitOK
}
