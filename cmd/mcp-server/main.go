// Command mcp-server is an MCP server for HeyGen. This package owns the command line, the settings
// and the wiring: it alone reads the environment and it alone knows all the other packages.
//
// Read main.go (the commands), serve.go, then package app. Most tests here try the whole program; those of one part
// stand beside that part.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"heygen-mcp/cmd/mcp-server/observe"
	"heygen-mcp/cmd/mcp-server/settings"
)

// Exit statuses: a fault in what was typed or set is told apart from a failure at work.
const (
	exitOK      = 0
	exitFailure = 1
	exitUsage   = 2
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// The first signal asks for an end, which waits for calls that run. The second ends at once:
	// from the first on, signals do again what they do by default.
	context.AfterFunc(ctx, stop)
	observe.CatchLibraryLogs(os.Stderr, observe.FormatOf(os.Args[1:], os.Environ()))
	code := run(ctx, os.Args[1:], os.Environ(), os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is the program: everything that it takes from the process is a parameter, so that tests run
// it as it is.
func run(ctx context.Context, args, env []string, stdout, stderr io.Writer) int {
	name, rest := "help", args
	if len(args) > 0 {
		name, rest = args[0], args[1:]
	}
	switch name {
	case "serve":
		return serve(ctx, rest, env, stdout, stderr)
	case "demo":
		return runDemo(ctx, rest, env, stdout, stderr)
	case "check":
		return check(ctx, rest, env, stdout, stderr)
	case "health":
		return health(ctx, rest, env, stdout, stderr)
	case "grants":
		return grants(ctx, rest, env, stdout, stderr)
	case "manifests":
		return manifests(rest, env, stdout, stderr)
	case "tools":
		return listTools(rest, stdout, stderr)
	case "drift":
		return drift(rest, stdout, stderr)
	case "version", "--version", "-version":
		return version(rest, stdout, stderr)
	case "help", "--help", "-help", "-h":
		return printed(io.WriteString(stdout, usage()))
	default:
		fmt.Fprintf(stderr, "mcp-server: there is no command %q.\n\n%s", name, usage())
		return exitUsage
	}
}

// printed turns the outcome of a print into an exit status: output that nobody got is a failure.
func printed(_ int, err error) int {
	if err != nil {
		return exitFailure
	}
	return exitOK
}

// usage is the text of help, with the settings from the one table that also reads them.
func usage() string {
	var text strings.Builder
	text.WriteString(`An MCP server for HeyGen.

Usage:
  mcp-server serve [flags]    serve MCP over HTTP
  mcp-server demo  [flags]    make a video in the built-in sandbox, through every layer
  mcp-server check [flags]    say what would keep serve from working with the same settings
  mcp-server health [URL]     ask a server whether it is ready; without a URL, that at HEYGEN_MCP_LISTEN
  mcp-server grants list [--json]
                              list the sign-ins in --data-dir or --database-url
  mcp-server grants end --account ID | --client ID | --all
                              end those of an account (the caller of log lines), of a client, or all
  mcp-server manifests DIR    write the files by which clients install the server at --public-url
  mcp-server tools [--json]   list the tools
  mcp-server drift --spec FILE [--json]
                              compare a newer OpenAPI document of HeyGen's with what is built
  mcp-server version          print the version
  mcp-server help             print this

Each flag can also be given as the variable named beside it; the flag wins.
`)
	for _, command := range []string{"serve", "demo"} {
		text.WriteString("\nFlags of " + command + ":\n")
		for _, s := range settings.Of(command) {
			fmt.Fprintf(&text, "  --%s (%s)\n        %s%s\n", s.Flag, s.Variable(), s.Meaning, defaultNote(s))
		}
	}
	text.WriteString("\nSecrets, from the environment only:\n")
	for _, s := range settings.Secrets() {
		fmt.Fprintf(&text, "  %s or %s_FILE\n        %s\n", s.Variable, s.Variable, s.Meaning)
	}
	return text.String()
}

// defaultNote says what a setting is when nobody sets it, where that is a value.
func defaultNote(s settings.Setting) string {
	if s.Default == "" {
		return ""
	}
	return " Default: " + s.Default + "."
}
