package tools

import (
	"context"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/files"
	"heygen-mcp/internal/openapi"
	"heygen-mcp/tools/choice"
	"heygen-mcp/tools/consent"
	"heygen-mcp/tools/contract"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/jobs"
	"heygen-mcp/tools/spend"
)

// What cmd needs of the packages below, so that it need not know them.
type (
	// Effect says what a tool does to the caller's account.
	Effect = engine.Effect
	// Event is what an operator may know of one call of a tool.
	Event = engine.Event
	// CallConfig is what calls of tools need from whoever builds the server.
	CallConfig = engine.Config
	// Spending is what may be spent by a caller.
	Spending = spend.Limits
	// Length is how long a media file is.
	Length = spend.Length
	// Info is what can be said of a tool without calling it.
	Info = engine.Info
	// Operation is an endpoint of v3 that a tool calls.
	Operation = engine.Operation
	// DriftReport is what a newer document of HeyGen's means for the tools.
	DriftReport = contract.Report
)

// OutcomeOK is the outcome of a call that did what was asked.
const OutcomeOK = engine.OutcomeOK

// The effects, from harmless to final.
const (
	Reads   = engine.Reads
	Creates = engine.Creates
	Changes = engine.Changes
	Deletes = engine.Deletes
)

// The values of Config.Confirm.
const (
	ConfirmNever   = consent.Never
	ConfirmDeletes = consent.Deletes
	ConfirmAll     = consent.All
)

// Waits says whether a tool takes as long as what it waits for.
func Waits(tool string) bool { return tool == jobs.WaitToolName }

// LookUps are the operations by which any tool may look up what its arguments name, besides its own, a create that
// was made before how far its jobs are, and what tells of a job what it has cost.
func LookUps() []Operation {
	all := append(lookUps(), videoScenesOp())
	kinds := jobKinds()
	ops := map[string]heygen.Op{}
	for _, t := range Declared() {
		ops[t.Name] = t.Op
	}
	for _, k := range kinds {
		all = append(all, k.Get, k.Statuses)
		for _, item := range kinds {
			if item.Name == k.Items {
				all = append(all, ops[item.ListTool])
			}
		}
	}
	var told []Operation
	for _, op := range all {
		told = append(told, Operation{Method: op.Method, Path: op.Path})
	}
	return told
}

// LengthReader is the Config.Length that reads the header of a file.
func LengthReader(c *files.Client) func(context.Context, string) Length {
	return spend.LengthReader(c)
}

// CheckCallbackHost reports whether an entry of Config.CallbackHosts is a host name or an address, with or
// without a port.
func CheckCallbackHost(given string) error { return consent.CheckCallbackHost(given) }

// Drift compares a newer document of HeyGen's with the one that the tools were made for.
func Drift(built, given *openapi.Document) *DriftReport {
	return contract.Drift(Declared(), built, given)
}

// The toolsets that are not a resource's.
const (
	Core     = choice.Core
	All      = choice.All
	Previews = choice.Previews
)
