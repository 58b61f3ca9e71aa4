package choice

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/engine"
)

// selection is a choice of tools, by their places in the catalog.
type selection struct {
	listed   []bool // listed, and called by their names
	callable []bool // reached through the tools of discover, read as records and to complete what is typed
	shown    []bool // listed besides, and called, by clients that show pages
}

// lists reports whether a request may list the tool at a place.
func (s *selection) lists(ctx context.Context, i int) bool {
	return s.listed[i] || s.shown[i] && exchange.From(ctx).TakesApps()
}

// everything is all tools.
func (ch *Choice) everything() *selection {
	all := make([]bool, len(ch.tools))
	for i := range all {
		all[i] = true
	}
	return ch.keep(&selection{listed: all, callable: all, shown: all}, func(int) (bool, bool, bool) { return true, true, true })
}

// narrow keeps the tools of s that are in any of the named sets. Sets besides discover also bound
// what discover reaches; on its own it reaches all that s does.
func (ch *Choice) narrow(s *selection, sets []string) (*selection, error) {
	names := ch.toolsets
	sets = lowerCased(sets)
	bounded := false
	for _, set := range sets {
		if !slices.Contains(names, set) {
			return nil, fmt.Errorf("there is no toolset %q: choose from %s", faults.Clip(set), strings.Join(names, ", "))
		}
		bounded = bounded || set != Discover
	}
	return ch.keep(s, func(i int) (listed, callable, shown bool) {
		own := ch.tools[i].Toolsets
		preview := ch.tools[i].Preview
		for _, set := range sets {
			in := slices.Contains(own, set)
			if set == All && !slices.Contains(own, Discover) { // discover would only repeat all
				// What finds tools in all finds the previews too, and one that is in core is in all.
				in, callable = in || !preview || slices.Contains(own, Core), true
			}
			listed = listed || in
		}
		return listed, listed || callable || !bounded, listed || slices.Contains(sets, Core) && slices.Contains(own, Apps)
	}), nil
}

// lowerCased are names of toolsets in lower case, in which all are written: people type an address with a capital.
func lowerCased(sets []string) []string {
	lower := make([]string, len(sets))
	for i, set := range sets {
		lower[i] = strings.ToLower(set)
	}
	return lower
}

// only keeps the named tools of s.
func (ch *Choice) only(s *selection, tools []string) (*selection, error) {
	wanted := make([]bool, len(ch.tools))
	for _, name := range tools {
		i, ok := ch.byName[name]
		if !ok {
			return nil, fmt.Errorf("there is no tool %q: tools/list on the toolset %s shows all", faults.Clip(name), All)
		}
		wanted[i] = true
	}
	return ch.keep(s, func(i int) (bool, bool, bool) { return wanted[i], wanted[i], wanted[i] }), nil
}

// onlyReads keeps the tools of s that change nothing.
func (ch *Choice) onlyReads(s *selection) *selection {
	kept := ch.keep(s, func(i int) (bool, bool, bool) {
		reads := ch.tools[i].Effect == engine.Reads
		return reads, reads, reads
	})
	for i := range ch.tools {
		kept.shown[i] = kept.shown[i] && ch.tools[i].Effect == engine.Reads
	}
	return kept
}

// keep makes a selection of what s has and which allows. Nothing is ever added to s. What only pages call is there
// where a tool is that has such a page, whatever which says.
func (ch *Choice) keep(s *selection, which func(i int) (listed, callable, shown bool)) *selection {
	kept := &selection{listed: make([]bool, len(ch.tools)), callable: make([]bool, len(ch.tools)), shown: make([]bool, len(ch.tools))}
	for i := range ch.tools {
		if len(ch.tools[i].Helps) > 0 {
			continue
		}
		listed, callable, shown := which(i)
		kept.listed[i] = s.listed[i] && listed
		kept.callable[i] = s.callable[i] && callable
		kept.shown[i] = s.shown[i] && shown
	}
	for i := range ch.tools {
		kept.shown[i] = kept.shown[i] || s.shown[i] && slices.ContainsFunc(ch.tools[i].Helps, func(name string) bool {
			at, ok := ch.byName[name]
			return ok && (kept.listed[at] || kept.shown[at])
		})
	}
	return kept
}

// whyNothing is the error of a choice that leaves no tool, by the first narrowing after which none is
// left.
func (ch *Choice) whyNothing(toolsets [][]string, tools []string, readOnly bool) error {
	wanted := make([]string, len(toolsets))
	for i, sets := range toolsets {
		wanted[i] = strings.Join(sets, ",")
	}
	left := func(s *selection, n int) *selection {
		for _, sets := range toolsets[:n] {
			s, _ = ch.narrow(s, sets)
		}
		return s
	}
	everything := ch.everything()
	for n := range toolsets {
		n++
		switch {
		case slices.Contains(left(ch.limit, n).listed, true):
		case slices.Contains(left(everything, n).listed, true):
			return fmt.Errorf("this server offers no tool of %s: it is limited to other tools", strings.Join(wanted[:n], " and "))
		default:
			return fmt.Errorf("no tool is in all of %s", strings.Join(wanted[:n], " and "))
		}
	}
	if len(tools) > 0 {
		s, _ := ch.only(left(ch.limit, len(toolsets)), tools)
		if !slices.Contains(s.listed, true) {
			return fmt.Errorf("none of the tools %s is offered here: other tools are", clipped(tools))
		}
	}
	if readOnly {
		return errors.New("none of the chosen tools only reads: leave readonly away, or choose other tools")
	}
	return errors.New("this server offers no tool at all: its operator has limited it to none")
}

// clipped names the first of several tools.
func clipped(names []string) string {
	const most = 5
	shown := []string{}
	for _, name := range names[:min(most, len(names))] {
		shown = append(shown, faults.Clip(name))
	}
	if len(names) > most {
		shown = append(shown, "…")
	}
	return strings.Join(shown, ", ")
}
