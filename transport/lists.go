package transport

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/mark3labs/mcp-go/mcp"
)

// mostLists is how many sets of tools are kept written out. There are a few dozen that people use; a
// client that asks for ever new ones by X-MCP-Tools must not fill the memory.
const mostLists = 64

// lists are the tool lists that were asked for, each written once: what they say of a tool never
// changes while the server runs, but for some clients there are further forms, told apart by what their
// Meta has.
type lists struct {
	all     []mcp.Tool
	visible func(ctx context.Context, all []mcp.Tool) []mcp.Tool

	mu      sync.RWMutex
	written map[string]json.RawMessage
}

func newLists(all []mcp.Tool, visible func(ctx context.Context, all []mcp.Tool) []mcp.Tool) *lists {
	if visible == nil {
		visible = func(_ context.Context, all []mcp.Tool) []mcp.Tool { return all }
	}
	return &lists{all: all, visible: visible, written: map[string]json.RawMessage{}}
}

// of is the list of a request, as the JSON of an array.
func (l *lists) of(ctx context.Context) (json.RawMessage, error) {
	tools := l.visible(ctx, l.all)
	names := make([]string, len(tools))
	for i, t := range tools {
		names[i] = t.Name
		if t.Meta != nil {
			names[i] += "+" + strings.Join(slices.Sorted(maps.Keys(t.Meta.AdditionalFields)), "+")
		}
	}
	key := strings.Join(names, "\n")
	l.mu.RLock()
	raw, ok := l.written[key]
	l.mu.RUnlock()
	if ok {
		return raw, nil
	}
	if tools == nil {
		tools = []mcp.Tool{} // a client wants a list, not null
	}
	raw, err := json.Marshal(tools)
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	if len(l.written) < mostLists {
		l.written[key] = raw
	}
	l.mu.Unlock()
	return raw, nil
}
