package brokertest

import (
	"context"
	"slices"
	"sync"

	"heygen-mcp/auth"
)

// EventLog keeps what the audit log was told.
type EventLog struct {
	mu  sync.Mutex
	all []auth.Event
}

func (l *EventLog) add(_ context.Context, e auth.Event) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all = append(l.all, e)
}

// Count is how often something happened.
func (l *EventLog) Count(what string) (n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range l.all {
		if e.What == what {
			n++
		}
	}
	return n
}

// All are the events until now.
func (l *EventLog) All() []auth.Event {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.all)
}
