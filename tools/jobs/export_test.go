package jobs

import (
	"context"
	"time"

	"heygen-mcp/tools/engine"
)

// The limits that tests step over.
const (
	TaskLife      = taskLife
	SettleTime    = settleTime
	MaxSilentWait = maxSilentWait
)

// SinceOf is tested by itself.
func SinceOf(s string, now time.Time) []time.Time { return sinceOf(s, now) }

// SealTaskID is the id of a task of jobs that a tool has begun.
func SealTaskID(ctx context.Context, e *engine.Engine, kind string, ids []string, tool string) (id string, ok bool) {
	return sealTaskID(ctx, e, &taskToken{Kind: kind, Jobs: ids, Tool: tool, At: e.Now().UnixMilli()})
}
