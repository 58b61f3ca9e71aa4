package exchange

import "github.com/mark3labs/mcp-go/mcp"

// Outcome is what a call, or a request about a task, came to. Of a call exactly one of Result,
// Refusal, Task and Pause is set.
type Outcome struct {
	// Result is what the tool answers; failures of a tool are results too, and so is a question to
	// the user.
	Result *mcp.CallToolResult
	// Code is the error code that a failure of a tool has in its result, "" for a success. It is for the operator.
	Code string
	// Refusal is a JSON-RPC error in place of a result.
	Refusal *Refusal
	// Task is the task that the call became, or the one that was asked about.
	Task *Task
	// Pause is set where the call has not ended, and only for a request that takes pauses.
	Pause *Pause
	// Note says what the cancel of a task could not do, "" where there is nothing to say.
	Note string
}

// Refused is the outcome of what is answered with a JSON-RPC error.
func Refused(code int, message string, data any) Outcome {
	return Outcome{Refusal: &Refusal{Code: code, Message: message, Data: data}}
}
