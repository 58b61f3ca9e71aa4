package contract

import (
	"slices"

	"heygen-mcp/internal/openapi"
	"heygen-mcp/tools/engine"
)

// Finding is one thing that a newer document says otherwise than the one that the tools were made
// for.
type Finding struct {
	Operation string       `json:"operation"`
	Part      openapi.Part `json:"part"`
	// Field leads to what has changed, "" where it is the part as a whole.
	Field string       `json:"field,omitempty"`
	Kind  openapi.Kind `json:"kind"`
	What  string       `json:"what"`
	// Tools are those that call the operation with what has changed. Breaks are those of them that
	// no longer do what they say, each with the reason.
	Tools  []string `json:"tools"`
	Breaks []Break  `json:"breaks"`
}

// Break is a tool that a change breaks.
type Break struct {
	Tool string `json:"tool"`
	Why  string `json:"why"`
}

// Drift tells what a newer document means for tools that were made for another one.
func Drift(tools []engine.BoundTool, built, given *openapi.Document) *Report {
	r := &Report{
		Built:    Edition{built.Version, len(built.Operations)},
		Given:    Edition{given.Version, len(given.Operations)},
		Aside:    given.Aside,
		Silent:   silent(built.Tells, given.Tells),
		Findings: []Finding{},
	}
	for _, op := range openapi.CompareDocuments(built, given) {
		for _, change := range op.Changes {
			r.add(tools, op, change)
		}
	}
	return r
}

// silent names the facts that a document does not tell, which are not compared then.
func silent(built, given openapi.Tells) []string {
	var names []string
	for _, fact := range []struct {
		name       string
		was, tells bool
	}{
		{"permissions", built.Scopes, given.Scopes},
		{"previews", built.Previews, given.Previews},
		{"error codes", built.Codes, given.Codes},
		{"kinds of credentials", built.Security, given.Security},
	} {
		if fact.was && !fact.tells {
			names = append(names, fact.name)
		}
	}
	return names
}

func (r *Report) add(tools []engine.BoundTool, op openapi.OperationChanges, change openapi.Change) {
	f := Finding{
		Operation: op.Name, Part: change.Part, Field: change.Path.String(),
		Kind: change.Kind, What: change.String(),
		Tools: []string{}, Breaks: []Break{},
	}
	for i := range tools {
		t := &tools[i]
		if !calls(t, op.Was) {
			continue
		}
		touched, why := judge(t, op, change)
		if touched {
			f.Tools = append(f.Tools, t.Name)
		}
		if why != "" {
			f.Breaks = append(f.Breaks, Break{t.Name, why})
		}
	}
	r.Findings = append(r.Findings, f)
}

// calls says whether a tool calls an operation.
func calls(t *engine.BoundTool, op *openapi.Operation) bool {
	return op != nil && slices.ContainsFunc(t.Operations, func(o engine.Operation) bool {
		return o.Method == op.Method && o.Path == op.Path
	})
}
