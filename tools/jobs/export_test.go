package jobs

import (
	"context"

	"heygen-mcp/tools/engine"
)

// The limits that tests step over.
const (
	TaskLife      = taskLife
	SettleTime    = settleTime
	MaxSilentWait = maxSilentWait
)

// SealTaskID is the id of a task of jobs that a tool has begun.
func SealTaskID(ctx context.Context, e *engine.Engine, kind string, ids []string, tool string) (id string, ok bool) {
	return sealTaskID(ctx, e, &taskToken{Kind: kind, Jobs: ids, Tool: tool, At: e.Now().UnixMilli()})
}
