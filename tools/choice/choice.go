// Package choice owns which tools a request may list and call: the toolsets, the operator's limit, a
// request's own choice, and the tools that find and call the others. It knows tools by what the engine
// says of them, and nothing of how they are reached or who calls.
//
// Reading order: choice.go (what a request is offered), narrow.go (selections), discover.go, find.go and
// describe.go (the tools that find, describe and call others), asked.go (what the search learns from), reach.go
// (where the other tools are), effect.go.
package choice

import (
	"context"
	"iter"
	"slices"
	"sync"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/search"
)

// The toolsets that are not a resource's.
const (
	// Core is what a request gets that chooses nothing: the tools of the common jobs, few enough
	// for clients that load every definition into the model's context.
	Core = "core"
	// All is every tool of v3 that HeyGen offers to every account, and all of Core.
	All = "all"
	// Previews are the tools that work where HeyGen has enabled them for the account. They are in the
	// sets of their resources, and not in All, whose sessions mostly could not use them, but for those of Core.
	Previews = "previews"
	// Discover finds, describes and calls the other tools, for the smallest contexts.
	Discover = "discover"
	// Apps are the tools that are there for their pages. A client that shows pages is given them with Core.
	Apps = "apps"
)

// Choice is all tools, and which of them a request may use. Offer and Limit are called once, before
// any request.
type Choice struct {
	tools    []engine.BoundTool
	byName   map[string]int // names and aliases
	toolsets []string
	limit    *selection           // what the operator allows
	initial  *selection           // what a request gets that chooses nothing
	index    func() *search.Index // made for the first search
}

// Offer sets the tools, in the order of lists, and the toolsets that can be chosen. Two tools of one
// name are a fault in the catalog and panic.
func (ch *Choice) Offer(tools []engine.BoundTool, toolsets []string) {
	ch.tools, ch.toolsets = tools, toolsets
	ch.byName = make(map[string]int, 2*len(tools))
	for i := range tools {
		for _, name := range append([]string{tools[i].Name}, tools[i].Aliases...) {
			if _, twice := ch.byName[name]; twice {
				panic("choice: " + name + " is the name of two tools")
			}
			ch.byName[name] = i
		}
	}
	ch.index = sync.OnceValue(func() *search.Index { return indexOf(tools) })
}

// Tools are all tools in the order of lists.
func (ch *Choice) Tools() []engine.BoundTool { return ch.tools }

// Methods are those of HTTP by which tools call operations on a path.
func (ch *Choice) Methods(path string) (methods []string) {
	for i := range ch.tools {
		for _, op := range ch.tools[i].Operations {
			if op.Path == path {
				methods = append(methods, op.Method)
			}
		}
	}
	return methods
}

// Find finds a tool by its name or by one it had, whatever may be chosen.
func (ch *Choice) Find(name string) (*engine.BoundTool, bool) {
	i, ok := ch.byName[name]
	if !ok {
		return nil, false
	}
	return &ch.tools[i], true
}

// Listed finds a tool that the request in ctx may list, and call by its name.
func (ch *Choice) Listed(ctx context.Context, name string) (*engine.BoundTool, bool) {
	i, ok := ch.byName[name]
	if !ok || !ch.chosen(ctx).lists(ctx, i) {
		return nil, false
	}
	return &ch.tools[i], true
}

// Callable finds a tool that the request in ctx may reach in any way.
func (ch *Choice) Callable(ctx context.Context, name string) (*engine.BoundTool, bool) {
	i, ok := ch.byName[name]
	if !ok || !ch.chosen(ctx).callable[i] {
		return nil, false
	}
	return &ch.tools[i], true
}

// Allowed reports whether any request may reach a tool; of listed, whether any may list it.
func (ch *Choice) Allowed(name string) (callable, listed bool) {
	i, ok := ch.byName[name]
	if !ok {
		return false, false
	}
	return ch.limit.callable[i], ch.limit.listed[i]
}

// IsListed reports whether any request may list a tool by that name, which is none that it had elsewhere.
func (ch *Choice) IsListed(name string) bool {
	i, ok := ch.byName[name]
	return ok && ch.tools[i].Name == name && (ch.limit.listed[i] || ch.limit.shown[i])
}

// AllListed are the tools that any request may list, AllCallable those that any may reach. Neither
// holds the other: what finds tools is listed and cannot be reached through itself.
func (ch *Choice) AllListed() iter.Seq[*engine.BoundTool] {
	return func(yield func(*engine.BoundTool) bool) {
		for i := range ch.tools {
			if ch.IsListed(ch.tools[i].Name) && !yield(&ch.tools[i]) {
				return
			}
		}
	}
}

// AllCallable are the tools that any request may reach in any way.
func (ch *Choice) AllCallable() iter.Seq[*engine.BoundTool] {
	return func(yield func(*engine.BoundTool) bool) {
		for i := range ch.tools {
			if ch.limit.callable[i] && !yield(&ch.tools[i]) {
				return
			}
		}
	}
}

// chosenKey is where Choose leaves its selection.
type chosenKey struct{}

// chosen is the selection of a request.
func (ch *Choice) chosen(ctx context.Context) *selection {
	if s, ok := ctx.Value(chosenKey{}).(*selection); ok {
		return s
	}
	return ch.initial
}

// Limit sets the operator's limit, and with it what a request gets that chooses nothing: no request
// reaches a tool outside toolsets, or with readOnly one that does more than read. No toolsets are no
// limit, and a request that chooses nothing then gets Core.
func (ch *Choice) Limit(toolsets []string, readOnly bool) error {
	ch.limit = ch.everything()
	initial := toolsets
	if len(initial) > 0 {
		limit, err := ch.narrow(ch.limit, initial)
		if err != nil {
			return err
		}
		// The tools of discover reach no further than the limit, so they widen nothing. An operator
		// who allows all has not forbidden the previews, which all leaves out for their length.
		for i, e := range ch.tools {
			limit.listed[i] = limit.listed[i] || slices.Contains(e.Toolsets, Discover) ||
				e.Preview && slices.Contains(initial, All)
		}
		ch.limit = limit
	} else {
		initial = []string{Core}
	}
	if readOnly {
		ch.limit = ch.onlyReads(ch.limit)
	}
	var err error
	if ch.initial, err = ch.narrow(ch.limit, initial); err != nil {
		return err
	}
	// Core is no limit: it is small because definitions are long. What needs none may use the rest.
	ch.initial.callable = ch.limit.callable
	return nil
}

// Choose narrows what a request may list and call: each list of toolsets to what is in it, tools,
// if there are any, to those names, readOnly to what only reads. The operator's limit always holds.
// The error is for the client and names the choices.
func (ch *Choice) Choose(
	ctx context.Context, toolsets [][]string, tools []string, readOnly bool,
) (context.Context, error) {
	s := ch.limit
	if len(toolsets) == 0 && len(tools) == 0 {
		s = ch.initial
	}
	var err error
	for _, sets := range toolsets {
		if s, err = ch.narrow(s, sets); err != nil {
			return nil, err
		}
	}
	if len(tools) > 0 {
		if s, err = ch.only(s, tools); err != nil {
			return nil, err
		}
	}
	if readOnly {
		s = ch.onlyReads(s)
	}
	if !slices.Contains(s.listed, true) {
		return nil, ch.whyNothing(toolsets, tools, readOnly)
	}
	return context.WithValue(ctx, chosenKey{}, s), nil
}

// Visible leaves of all tools those that were chosen for a request, in the order of the catalog.
func (ch *Choice) Visible(ctx context.Context, all []mcp.Tool) []mcp.Tool {
	s := ch.chosen(ctx)
	visible := slices.DeleteFunc(slices.Clone(all), func(t mcp.Tool) bool {
		i, ok := ch.byName[t.Name]
		return !ok || !s.lists(ctx, i)
	})
	slices.SortStableFunc(visible, func(a, b mcp.Tool) int { return ch.byName[a.Name] - ch.byName[b.Name] })
	return visible
}
