package engine

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"

	"heygen-mcp/internal/exchange"
)

// Waits is what a Run waits for.
type Waits interface {
	// Turn looks at what there is to see, and says whether the wait is over.
	Turn() (over bool)
	// Sleep waits until there may be something to see.
	Sleep()
}

// errWaits is the error of a Run that waits.
var errWaits = errors.New("the call waits")

// Wait gives the error with which a Run ends that has to wait, so that nothing of the call is on a stack meanwhile.
// Turn is called next, and Sleep and Turn again until the wait is over; then Run is called once more, and Waited gives
// w.
func (c *Call) Wait(w Waits) error {
	c.waits = w
	return errWaits
}

// Waited is what an earlier Run of this call has waited for; nil is nothing.
func (c *Call) Waited() Waits { return c.waits }

// pause is the outcome of a call that waits. Where whoever called takes no pauses it is empty, and Run waits.
func (t *BoundTool) pause(ctx context.Context, c *Call, raw json.RawMessage) Outcome {
	c.given, c.passedOver = nil, nil // which the second Run has again
	raw = bytes.Clone(raw)           // of a longer message
	if !exchange.From(ctx).Pauses {
		return Outcome{}
	}
	return Outcome{Pause: &exchange.Pause{
		Sleep: c.waits.Sleep,
		Resume: func() (exchange.Outcome, bool) {
			if !c.waits.Turn() {
				return exchange.Outcome{}, false
			}
			out := t.outcome(ctx, c, raw)
			c.engine.tellElsewhere(ctx, &out)
			return out.Sent(), true
		},
	}}
}

// waited waits, and gives what the call came to.
func (t *BoundTool) waited(ctx context.Context, c *Call, raw json.RawMessage) Outcome {
	for !c.waits.Turn() {
		c.waits.Sleep()
	}
	return t.outcome(ctx, c, raw)
}
