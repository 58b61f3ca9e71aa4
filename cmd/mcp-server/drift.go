package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/openapi"
	"heygen-mcp/tools"
)

// maxDocument bounds a document of HeyGen's, which is about half a megabyte, with its texts a few.
const maxDocument = 64 << 20

// drift compares a newer document of HeyGen's with what is built. It needs no credential and no
// network. Its status is 1 where a tool would break, and 2 where nothing could be compared.
func drift(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("drift", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	spec := flags.String("spec", "", "")
	asJSON := flags.Bool("json", false, "")
	fail := func(format string, a ...any) int {
		fmt.Fprintf(stderr, "mcp-server drift: "+format+"\n", a...)
		return exitUsage
	}
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return printed(io.WriteString(stdout, usage()))
	case err != nil:
		return fail("%v; the flags are --spec FILE and --json.", err)
	case flags.NArg() > 0:
		return fail("%q is not known; the flags are --spec FILE and --json.", flags.Arg(0))
	case *spec == "":
		return fail("--spec FILE is missing: the OpenAPI document of HeyGen's, in JSON, to compare with.")
	}
	built, err := openapi.Read([]byte(heygen.Document()))
	if err != nil {
		return fail("the document that this program was made from cannot be read: %v.", err)
	}
	given, err := readDocument(*spec)
	if err != nil {
		return fail("%s cannot be used: %v.", *spec, err)
	}
	report := tools.Drift(built, given)
	if *asJSON {
		enc := json.NewEncoder(stdout)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		err = enc.Encode(report)
	} else {
		err = report.Write(stdout)
	}
	switch {
	case err != nil:
		return fail("the report could not be written: %v.", err)
	case report.Breaks():
		return exitFailure
	}
	return exitOK
}

// readDocument reads a document from a file.
func readDocument(name string) (*openapi.Document, error) {
	file, err := os.Open(name) //nolint:gosec // G304: the operator names the file
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // it was only read
	raw, err := io.ReadAll(io.LimitReader(file, maxDocument+1))
	if err != nil {
		return nil, err
	}
	if len(raw) > maxDocument {
		return nil, fmt.Errorf("it is larger than %d MiB, which no document of HeyGen's is", maxDocument>>20)
	}
	return openapi.Read(raw)
}
