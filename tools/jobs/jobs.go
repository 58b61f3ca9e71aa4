// Package jobs owns what goes on after a call was answered: the kinds of jobs, the tool that waits
// for them, and MCP's tasks, each of which stands for the jobs that one call began. It knows kinds
// as the catalog declares them and asks HeyGen through the engine. It keeps nothing: a task's id
// holds all that there is to know.
//
// Reading order: jobs.go, wait.go (wait_for_jobs), tasks.go and task_token.go (MCP's tasks),
// result.go and rows.go (what a wait answers), poll.go (how far jobs are), identify.go (of which kind
// ids are), list.go, since.go and refresh.go (list_jobs), kinds.go.
package jobs

import (
	"context"
	"time"

	"heygen-mcp/tools/choice"
)

// Config is what waits and tasks need.
type Config struct {
	// Kinds are the kinds of jobs, in the order that the schema shows them.
	Kinds []Kind
	// Choice has the tools. They may be offered later, but before any call.
	Choice *choice.Choice
	// PollEvery is how long a wait leaves between two polls; 0 is DefaultPollEvery.
	PollEvery time.Duration
	// CostsUSD is what jobs of a kind have cost, by their ids, as far as that is known; nil knows none.
	CostsUSD func(ctx context.Context, kind string, ids []string) map[string]float64
	// Stopping is closed when the server is about to end: waits then answer with what they know.
	Stopping <-chan struct{}
}

// Jobs waits for jobs and tells of tasks.
type Jobs struct {
	kinds     []Kind
	choice    *choice.Choice
	pollEvery time.Duration
	costs     func(ctx context.Context, kind string, ids []string) map[string]float64
	stopping  <-chan struct{}
}

// New makes Jobs. What contradicts itself in the kinds is found by Check, once the tools are
// offered.
func New(cfg Config) *Jobs {
	if cfg.PollEvery <= 0 {
		cfg.PollEvery = DefaultPollEvery
	}
	return &Jobs{
		kinds: cfg.Kinds, choice: cfg.Choice, pollEvery: cfg.PollEvery, costs: cfg.CostsUSD,
		stopping: cfg.Stopping,
	}
}
