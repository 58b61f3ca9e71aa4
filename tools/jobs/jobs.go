// Package jobs owns what goes on after a call was answered: the kinds of jobs, the tool that waits
// for them, and MCP's tasks, each of which stands for the jobs that one call began. It knows kinds
// as the catalog declares them and asks HeyGen through the engine. It keeps nothing but how far jobs were
// when somebody last asked: a task's id holds all that there is to know.
//
// Reading order: jobs.go, wait.go and waiter.go (wait_for_jobs), tasks.go and task_token.go (MCP's tasks),
// result.go and rows.go (what a wait answers), poll.go and watch.go (how far jobs are), identify.go (of which kind
// ids are), list.go, since.go, refresh.go and charged.go (list_jobs, and what jobs have cost), kinds.go.
package jobs

import (
	"context"
	"time"

	"golang.org/x/sync/singleflight"

	"heygen-mcp/internal/memo"
	"heygen-mcp/internal/poller"
	"heygen-mcp/tools/choice"
)

// Config is what waits and tasks need.
type Config struct {
	// Kinds are the kinds of jobs, in the order that the schema shows them.
	Kinds []Kind
	// Choice has the tools. They may be offered later, but before any call.
	Choice *choice.Choice
	// PollEvery is the least time between two polls of jobs of one kind with one credential; 0 is DefaultPollEvery.
	PollEvery time.Duration
	// Clock tells the time; nil is time.Now.
	Clock func() time.Time
	// CostsUSD is what jobs of a kind have cost, by their ids, as far as that is known; nil knows none.
	CostsUSD func(ctx context.Context, kind string, ids []string) map[string]float64
	// Stopping is closed when the server is about to end: waits then answer with what they know.
	Stopping <-chan struct{}
	// Polled is told of every request for the states of jobs of a kind, and Waiting how many more jobs a call waits
	// for, or fewer; nil tells nobody.
	Polled  func(kind string)
	Waiting func(change int)
}

// Jobs waits for jobs and tells of tasks.
type Jobs struct {
	kinds     []Kind
	choice    *choice.Choice
	pollEvery time.Duration
	costs     func(ctx context.Context, kind string, ids []string) map[string]float64
	polled    func(kind string)
	waiting   func(change int)
	stopper   *stopper
	poller    *poller.Poller[jobStatus]
	sweeps    singleflight.Group   // looks under way at all jobs of a group
	resting   memo.Memo[time.Time] // until when it is not asked what an account's jobs have cost
}

// New makes Jobs. What contradicts itself in the kinds is found by Check, once the tools are
// offered.
func New(cfg Config) *Jobs {
	if cfg.PollEvery <= 0 {
		cfg.PollEvery = DefaultPollEvery
	}
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	return &Jobs{
		kinds: cfg.Kinds, choice: cfg.Choice, pollEvery: cfg.PollEvery, costs: cfg.CostsUSD,
		polled: cfg.Polled, waiting: cfg.Waiting,
		stopper: &stopper{stopping: cfg.Stopping},
		poller:  poller.New[jobStatus](poller.Config{Every: cfg.PollEvery, Limit: maxPollTime, Now: cfg.Clock}),
	}
}
