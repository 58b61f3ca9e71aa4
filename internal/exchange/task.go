package exchange

import (
	"time"

	"github.com/mark3labs/mcp-go/mcp"
)

// TasksExtension is the name of MCP's Tasks extension (SEP-2663).
const TasksExtension = "io.modelcontextprotocol/tasks"

// Task is work that goes on after its call was answered, as its client is told of it.
type Task struct {
	ID string
	// Status is Working, InputRequired, Completed, Failed or Cancelled; the last three are final.
	Status  string
	Message string // for people, "" for none
	// Created is when the work began, Seen when Status was read.
	Created, Seen time.Time
	// Life is how long after Created the task can be asked for, Poll how long to leave between two requests.
	Life, Poll time.Duration
	// Result is what the call would have answered, of a completed task: failures of a tool are results too.
	Result *mcp.CallToolResult
	// Fault is the JSON-RPC error of a failed task.
	Fault *Refusal
	// Questions are what a task that needs input waits for.
	Questions mcp.InputRequests
}

// The states of a task.
const (
	Working       = "working"
	InputRequired = "input_required"
	Completed     = "completed"
	Failed        = "failed"
	Cancelled     = "cancelled"
)

// TakesTasks says whether the client can be answered with a task: it must have declared so for this very request.
func (x *Exchange) TakesTasks() bool {
	_, declared := x.Capabilities.Extensions[TasksExtension]
	return declared
}
