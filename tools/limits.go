package tools

import (
	"context"
	"encoding/json"
	"time"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/refusals"
)

// CallLimit is what a call beyond the most of a minute is answered. wait is how long until the next may be made.
func CallLimit(most int, wait time.Duration) exchange.Outcome {
	return engine.Refuse(refusals.CallLimit(most, wait)).Sent()
}

// TooManyAtOnce is what a call beyond those that may be at work at once is answered.
func TooManyAtOnce(most int) exchange.Outcome {
	return engine.Refuse(refusals.TooManyAtOnce(most)).Sent()
}

// Stopped tells the operator of a call that was refused before it came to its tool, as of one that the
// tool refused. code is that of the refusal.
func (c *Catalog) Stopped(ctx context.Context, name string, raw json.RawMessage, code string) {
	if t, given := c.choice.Called(name, raw); t != nil {
		c.engine.AuditRefusal(ctx, t, given, &refusals.Refusal{Code: code})
	}
}
