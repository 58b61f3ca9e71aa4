package tools

import (
	"errors"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
)

// outcome is what a call came to: exactly one of its members is set.
type outcome struct {
	// data is what the tool answers.
	data map[string]any
	// refusal is the tool's own: the call did not do what was asked.
	refusal *Refusal
	// question is what the client puts to its user before it calls again.
	question *mcp.CallToolResult
	// rejection answers the request with a JSON-RPC error.
	rejection *exchange.Refusal
	// task is what the call became: its work goes on.
	task *exchange.Task
}

// refuse is the outcome of a call that was refused.
func refuse(r *Refusal) outcome { return outcome{refusal: r} }

// sent is the outcome as the transport sends it. A result is written only here, so that none is
// written in vain.
func (o outcome) sent() exchange.Outcome {
	switch {
	case o.rejection != nil:
		return exchange.Outcome{Refusal: o.rejection}
	case o.task != nil:
		return exchange.Outcome{Task: o.task}
	case o.question != nil:
		return exchange.Outcome{Result: o.question}
	case o.refusal != nil:
		return exchange.Outcome{Result: answer(o.refusal, true)}
	}
	return exchange.Outcome{Result: answer(o.data, false)}
}

// question is the error of a run that has to ask the user first.
type question struct {
	text   string // what the user is asked
	result *mcp.CallToolResult
}

// Error is the text.
func (q *question) Error() string { return q.text }

// outcomeOf is the outcome of a call that ended in an error.
func outcomeOf(err error, a attempt) outcome {
	if q, ok := errors.AsType[*question](err); ok {
		return outcome{question: q.result}
	}
	if r, ok := errors.AsType[*exchange.Refusal](err); ok {
		return outcome{rejection: r}
	}
	return outcome{refusal: refusalOf(err, a)}
}
