package engine

import (
	"context"
	"fmt"
	"net/http"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/args"
	"heygen-mcp/tools/refusals"
)

// Events is what was read of a stream of events.
type Events struct {
	// Data is what each event carries, by the name of the event; names and data go by place.
	Names []string
	Data  []map[string]any
	// Ended says that the stream came to its end, and not only to the end of the time or the room that
	// there was for it.
	Ended bool
}

// Stream makes one call that HeyGen answers with events, and reads them until they end or a bound
// is reached. It is for a Run: a stream is no result by itself. An event that carries no object is
// left out.
func (c *Call) Stream(
	ctx context.Context, op heygen.Op, in any, bounds heygen.StreamBounds,
) (*Events, error) {
	if op.Access().KeyOnly && !c.engine.hasKey(ctx) {
		return nil, refusals.KeyRequired("This", c.engine.cfg.KeyHint)
	}
	if op.Method != http.MethodGet {
		ctx = context.WithoutCancel(ctx) // as for every call that may cost money
	}
	stream, err := c.engine.cfg.Client.Stream(ctx, op, in, bounds)
	if err != nil {
		return nil, err
	}
	out := &Events{Ended: stream.Ended}
	for _, event := range stream.Events {
		data, err := args.Decode(event.Data)
		if err != nil && bounds.Last != nil && bounds.Last(event) {
			continue // a mark of the end that carries nothing
		}
		if err != nil {
			return nil, fmt.Errorf("reading an event of %s: %w", op, err)
		}
		if object, ok := withoutAdvice(data).(map[string]any); ok {
			out.Names, out.Data = append(out.Names, event.Name), append(out.Data, object)
		}
	}
	return out, nil
}
