package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"maps"
	"sync"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/transport"
)

// job is the work behind a fixture's task. It ends by itself at a time, or once all that it asks is
// answered.
type job struct {
	exchange.Task
	ends    time.Time
	outcome *mcp.CallToolResult // nil for one that breaks with an error of the protocol
}

// jobs are the fixtures' tasks. The product keeps none: it asks HeyGen.
type jobs struct {
	mu   sync.Mutex
	byID map[string]*job
}

// parts is Parts.Tasks.
func (j *jobs) parts() *transport.Tasks {
	return &transport.Tasks{
		Get: func(_ context.Context, id string) (exchange.Outcome, bool) {
			var seen *exchange.Task
			known := j.with(id, func(one *job) {
				now := one.Task
				now.Seen, now.Questions = time.Now(), maps.Clone(one.Questions)
				seen = &now
			})
			return exchange.Outcome{Task: seen}, known
		},
		Update: func(_ context.Context, id string, answers mcp.InputResponses) (exchange.Outcome, bool) {
			return exchange.Outcome{}, j.with(id, func(one *job) {
				for key := range answers {
					delete(one.Questions, key)
				}
			})
		},
		Cancel: func(_ context.Context, id string) (exchange.Outcome, bool) {
			return exchange.Outcome{}, j.with(id, func(one *job) {
				if one.Status == exchange.Working || one.Status == exchange.InputRequired {
					one.Status, one.Questions = exchange.Cancelled, nil
				}
			})
		},
	}
}

// with looks at a task after what has happened to it meanwhile.
func (j *jobs) with(id string, look func(*job)) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	one, ok := j.byID[id]
	if !ok {
		return false
	}
	one.settle()
	look(one)
	return true
}

func (one *job) settle() {
	switch {
	case one.Status == exchange.InputRequired && len(one.Questions) > 0, one.Status != exchange.Working && one.Status != exchange.InputRequired:
	case time.Now().Before(one.ends):
		one.Status = exchange.Working
	case one.outcome == nil:
		one.Status, one.Message, one.Fault = exchange.Failed, "it broke", &exchange.Refusal{Code: mcp.INTERNAL_ERROR, Message: "the job broke"}
	default:
		one.Status, one.Result = exchange.Completed, one.outcome
	}
}

// begin makes a task of a call.
func (j *jobs) begin(takes time.Duration, questions mcp.InputRequests, outcome *mcp.CallToolResult) exchange.Outcome {
	now := time.Now()
	one := &job{ends: now.Add(takes), outcome: outcome, Task: exchange.Task{
		ID: rand.Text(), Status: exchange.Working, Created: now, Seen: now, Life: time.Hour, Poll: 200 * time.Millisecond, Questions: questions,
	}}
	if len(questions) > 0 {
		one.Status = exchange.InputRequired
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.byID[one.ID] = one
	made := one.Task
	return exchange.Outcome{Task: &made}
}

// addTasks adds the tools that become tasks.
func (f *fixtures) addTasks() {
	f.tools["greet"] = fixture{run: func(_ context.Context, args json.RawMessage, _ progressFunc) *mcp.CallToolResult {
		return mcp.NewToolResultText("Hello, " + argumentsOf(args).Name + "!")
	}}
	f.tools["slow_compute"] = fixture{outcome: func(ctx context.Context, args json.RawMessage, _ progressFunc) exchange.Outcome {
		a, done := argumentsOf(args), mcp.NewToolResultText("computed")
		if exchange.From(ctx).TakesTasks() {
			return f.jobs.begin(time.Duration(a.Seconds*float64(time.Second)), nil, done)
		}
		return exchange.Outcome{Result: done}
	}}
	f.tools["failing_job"] = fixture{outcome: f.onlyAsTask(time.Second, nil, mcp.NewToolResultError("the job failed"))}
	f.tools["protocol_error_job"] = fixture{outcome: f.onlyAsTask(0, nil, nil)}
	sure := elicit("Delete it?", "confirm", "boolean")
	// The first tool of the list is also called by a scenario that takes no tasks.
	f.tools["confirm_delete"] = fixture{outcome: func(ctx context.Context, args json.RawMessage, p progressFunc) exchange.Outcome {
		if !exchange.From(ctx).TakesTasks() {
			return exchange.Outcome{Result: mcp.NewToolResultText("not deleted: nobody can be asked")}
		}
		return f.onlyAsTask(0, mcp.InputRequests{"sure": sure}, mcp.NewToolResultText("deleted"))(ctx, args, p)
	}}
	f.tools["multi_input"] = fixture{outcome: f.onlyAsTask(0, mcp.InputRequests{"one": elicit("Your name?", "name", "string"), "two": sure}, mcp.NewToolResultText("both known"))}
	f.tools["test_tool_with_task"] = fixture{outcome: func(ctx context.Context, args json.RawMessage, p progressFunc) exchange.Outcome {
		x := exchange.From(ctx)
		if server.ElicitationResponse(x.InputResponses, "user_name") == nil {
			return exchange.Outcome{Result: ask(mcp.InputRequests{"user_name": elicit("What is your name?", "name", "string")}, "")}
		}
		told, _ := answers(x, mcp.InputRequests{"user_name": elicit("What is your name?", "name", "string")})
		return f.onlyAsTask(0, nil, mcp.NewToolResultText(told))(ctx, args, p)
	}}
}

// onlyAsTask is a tool that cannot answer at once.
func (f *fixtures) onlyAsTask(
	takes time.Duration, questions mcp.InputRequests, outcome *mcp.CallToolResult,
) outcomeFunc {
	return func(ctx context.Context, _ json.RawMessage, _ progressFunc) exchange.Outcome {
		if !exchange.From(ctx).TakesTasks() {
			return exchange.Refused(mcp.MISSING_REQUIRED_CLIENT_CAPABILITY, "this tool answers with a task only", map[string]any{
				"requiredCapabilities": map[string]any{"extensions": map[string]any{exchange.TasksExtension: map[string]any{}}}})
		}
		return f.jobs.begin(takes, maps.Clone(questions), outcome)
	}
}

// arguments are those of greet and slow_compute.
type arguments struct {
	Name    string  `json:"name"`
	Seconds float64 `json:"seconds"`
}

func argumentsOf(raw json.RawMessage) (a arguments) {
	_ = json.Unmarshal(raw, &a) // the suite sends what it wants
	return a
}
