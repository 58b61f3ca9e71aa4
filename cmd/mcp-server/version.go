package main

import (
	"fmt"
	"io"

	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/internal/release"
)

// version prints the version. It takes nothing, so that a flag that was meant for another command is
// not passed over.
func version(args []string, stdout, stderr io.Writer) int {
	switch {
	case asksHelp(args):
		return printed(io.WriteString(stdout, usage()))
	case len(args) > 0:
		fmt.Fprintf(stderr, "mcp-server version: %s is not known; it takes nothing.\n", settings.Shown(args[0]))
		return exitUsage
	}
	return printed(fmt.Fprintln(stdout, release.Name, release.Version()))
}
