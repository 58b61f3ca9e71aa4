package main

import (
	"fmt"
	"io"
	"runtime/debug"
)

// serverName is what the server calls itself to clients and in logs.
const serverName = "heygen-mcp"

// version prints the version. It takes nothing, so that a flag that was meant for another command is
// not passed over.
func version(args []string, stdout, stderr io.Writer) int {
	switch {
	case asksHelp(args):
		return printed(io.WriteString(stdout, usage()))
	case len(args) > 0:
		fmt.Fprintf(stderr, "mcp-server version: %s is not known; it takes nothing.\n", shown(args[0]))
		return exitUsage
	}
	return printed(fmt.Fprintln(stdout, serverName, buildVersion()))
}

// linkedVersion is the version that whoever built the program gave it: -ldflags "-X
// main.linkedVersion=v1.2.3". An image is built from files without their history.
var linkedVersion string //nolint:gochecknoglobals // the linker sets no other kind

// buildVersion is that version, and without one what the Go toolchain wrote into the binary: the
// tag or commit that it was built from, or "devel" where neither is known.
func buildVersion() string {
	if linkedVersion != "" {
		return linkedVersion
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "devel"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return "devel-" + s.Value[:12]
		}
	}
	return "devel"
}
