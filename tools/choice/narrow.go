package choice

import (
	"fmt"
	"slices"
	"strings"

	"heygen-mcp/tools/args"
	"heygen-mcp/tools/engine"
)

// selection is a choice of tools, by their places in the catalog.
type selection struct {
	listed   []bool // listed, and called by their names
	callable []bool // reached through the tools of discover, read as records and to complete what is typed
}

// narrow keeps the tools of s that are in any of the named sets. Sets besides discover also bound
// what discover reaches; on its own it reaches all that s does.
func (ch *Choice) narrow(s *selection, sets []string) (*selection, error) {
	names := ch.toolsets
	bounded := false
	for _, set := range sets {
		if !slices.Contains(names, set) {
			return nil, fmt.Errorf("there is no toolset %q: choose from %s", args.Clip(set), strings.Join(names, ", "))
		}
		bounded = bounded || set != Discover
	}
	return ch.keep(s, func(i int) (listed, callable bool) {
		own := ch.tools[i].Toolsets
		preview := ch.tools[i].Preview
		for _, set := range sets {
			in := slices.Contains(own, set)
			if set == All && !slices.Contains(own, Discover) { // discover would only repeat all
				// What finds tools in all finds the previews too.
				in, callable = in || !preview, true
			}
			listed = listed || in
		}
		return listed, listed || callable || !bounded
	}), nil
}

// only keeps the named tools of s.
func (ch *Choice) only(s *selection, tools []string) (*selection, error) {
	wanted := make([]bool, len(ch.tools))
	for _, name := range tools {
		i, ok := ch.byName[name]
		if !ok {
			return nil, fmt.Errorf("there is no tool %q: tools/list on the toolset %s shows all", args.Clip(name), All)
		}
		wanted[i] = true
	}
	return ch.keep(s, func(i int) (bool, bool) { return wanted[i], wanted[i] }), nil
}

// onlyReads keeps the tools of s that change nothing.
func (ch *Choice) onlyReads(s *selection) *selection {
	return ch.keep(s, func(i int) (bool, bool) {
		reads := ch.tools[i].Effect == engine.Reads
		return reads, reads
	})
}

// keep makes a selection of what s has and which allows. Nothing is ever added to s.
func (ch *Choice) keep(s *selection, which func(i int) (listed, callable bool)) *selection {
	kept := &selection{listed: make([]bool, len(ch.tools)), callable: make([]bool, len(ch.tools))}
	for i := range ch.tools {
		listed, callable := which(i)
		kept.listed[i] = s.listed[i] && listed
		kept.callable[i] = s.callable[i] && callable
	}
	return kept
}
