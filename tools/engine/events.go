package engine

import (
	"context"
	"fmt"
	"net/http"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/jsonread"
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
	out := &Events{}
	ended, err := c.listen(ctx, op, in, bounds, func(name string, object map[string]any) {
		out.Names, out.Data = append(out.Names, name), append(out.Data, object)
	})
	out.Ended = ended
	if err != nil {
		return nil, err
	}
	return out, nil
}

// Listen is Stream for events that are too large to be kept all: each is given the name of an event
// as it comes, and as much of it as E names, read as View does. So minutes of sound can be passed
// over. ended says that the stream came to its end.
func Listen[E any](
	ctx context.Context, c *Call, op heygen.Op, in any, bounds heygen.StreamBounds,
	each func(name string, event E),
) (ended bool, err error) {
	return c.listen(ctx, op, in, bounds, func(name string, object map[string]any) {
		each(name, View[E](object))
	})
}

// listen reads a stream. Of several events that cannot be read, the error is that of the first.
func (c *Call) listen(
	ctx context.Context, op heygen.Op, in any, bounds heygen.StreamBounds,
	each func(name string, object map[string]any),
) (ended bool, err error) {
	if op.Access().KeyOnly && !c.engine.hasKey(ctx) {
		return false, refusals.KeyRequired("This", c.engine.cfg.KeyHint)
	}
	if op.Method != http.MethodGet {
		ctx = context.WithoutCancel(ctx) // as for every call that may cost money
	}
	var unread error
	bounds.Each = func(event heygen.Event) {
		data, err := jsonread.Decode(event.Data)
		switch {
		case err == nil:
			if object, ok := withoutAdvice(data).(map[string]any); ok {
				each(event.Name, object)
			}
		case bounds.Last != nil && bounds.Last(event): // a mark of the end that carries nothing
		case unread == nil:
			unread = fmt.Errorf("reading an event of %s: %w", op, err)
		}
	}
	stream, err := c.engine.cfg.Client.Stream(ctx, op, in, bounds)
	if err != nil {
		return false, err
	}
	return stream.Ended, unread
}
