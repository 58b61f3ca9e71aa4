package engine

import (
	"encoding/base64"
	"errors"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/tools/consent"
	"heygen-mcp/tools/refusals"
)

// Outcome is what a call came to: exactly one of its members is set.
type Outcome struct {
	// Data is what the tool answers, and Pictures what goes after it.
	Data     map[string]any
	Pictures []Picture
	facts    facts // of Data
	// Refusal is the tool's own: the call did not do what was asked.
	Refusal *refusals.Refusal
	// Question is what the client puts to its user before it calls again.
	Question *mcp.CallToolResult
	// rejection answers the request with a JSON-RPC error.
	Rejection *exchange.Refusal
	// Task is what the call became: its work goes on.
	Task *exchange.Task
	// Pause is what a call waits by that has not ended.
	Pause *exchange.Pause
}

// Refuse is the outcome of a call that was refused.
func Refuse(r *refusals.Refusal) Outcome { return Outcome{Refusal: r} }

// Sent is the outcome as the transport sends it. A result is written only here, so that none is
// written in vain.
func (o Outcome) Sent() exchange.Outcome {
	switch {
	case o.Rejection != nil:
		return exchange.Outcome{Refusal: o.Rejection}
	case o.Pause != nil:
		return exchange.Outcome{Pause: o.Pause}
	case o.Task != nil:
		return exchange.Outcome{Task: o.Task}
	case o.Question != nil:
		return exchange.Outcome{Result: o.Question}
	case o.Refusal != nil:
		return exchange.Outcome{Result: Answer(o.Refusal, true), Code: o.Refusal.Code}
	}
	result := Answer(o.Data, false)
	for _, p := range o.Pictures {
		result.Content = append(result.Content, mcp.NewImageContent(base64.StdEncoding.EncodeToString(p.Data), p.Type))
	}
	return exchange.Outcome{Result: result}
}

// Picture is something to look at.
type Picture struct {
	Data []byte
	Type string // its media type
}

// outcomeOf is the outcome of a call that ended in an error.
func outcomeOf(err error, a refusals.Attempt) Outcome {
	if q, ok := errors.AsType[*consent.Question](err); ok {
		return Outcome{Question: q.Result}
	}
	if r, ok := errors.AsType[*exchange.Refusal](err); ok {
		return Outcome{Rejection: r}
	}
	return Outcome{Refusal: refusals.From(err, a)}
}
