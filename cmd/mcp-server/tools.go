package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"heygen-mcp/tools"
)

// listTools prints the catalog: a table for people, JSON for programs. It needs no credential
// and no network, since a tool is described by its literal.
func listTools(args []string, stdout, stderr io.Writer) int {
	asJSON := false
	for _, arg := range args {
		switch arg {
		case "--json", "-json":
			asJSON = true
		case "--help", "-help", "-h":
			return printed(io.WriteString(stdout, usage()))
		default:
			fmt.Fprintf(stderr, "mcp-server tools: %q is not known; the one flag is --json.\n", arg)
			return exitUsage
		}
	}
	if asJSON {
		enc := json.NewEncoder(stdout)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		if err := enc.Encode(tools.Describe()); err != nil {
			fmt.Fprintf(stderr, "mcp-server tools: %v\n", err)
			return exitFailure
		}
		return exitOK
	}
	w := tabwriter.NewWriter(stdout, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "TOOL\tEFFECT\tTITLE\tCALLS")
	for _, t := range tools.Describe() {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", t.Name, t.Effect, t.Title, operations(t, ", "))
	}
	if err := w.Flush(); err != nil {
		return exitFailure
	}
	return exitOK
}

// operations writes the endpoints of a tool in one line.
func operations(t tools.Info, sep string) string {
	ops := make([]string, len(t.Operations))
	for i, op := range t.Operations {
		ops[i] = op.Method + " " + op.Path
	}
	return strings.Join(ops, sep)
}
