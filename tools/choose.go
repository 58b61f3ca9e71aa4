package tools

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/tools/args"
)

// The toolsets that are not a resource's.
const (
	// Core is what a request gets that chooses nothing: the tools of the common jobs, few enough
	// for clients that load every definition into the model's context.
	Core = "core"
	// All is every tool of v3.
	All = "all"
	// discover finds, describes and calls the other tools, for the smallest contexts.
	discover = "discover"
)

// isCore reports whether a tool is in the default set.
func isCore(name string) bool {
	return slices.Contains([]string{
		"get_current_user", "list_avatar_groups", "list_avatar_looks", "get_avatar_look", "list_voices", "design_voice",
		"create_video_from_avatar", "create_video_from_image", "get_video", "wait_for_jobs", "list_videos", "delete_video",
		"create_asset_upload", "complete_asset_upload",
		"create_video_agent", "get_video_agent_session", "send_video_agent_message",
		"create_video_translation", "get_video_translation", "list_video_translation_languages",
		"create_speech", "create_lipsync", "get_lipsync",
	}, name)
}

// selection is a choice of tools, by their places in the catalogue.
type selection struct {
	lists   []bool // listed, and called by their names
	reaches []bool // reached through the tools of discover, read as records and to complete what is typed
}

// Toolsets are the names that can be chosen from.
func Toolsets() []string {
	names := []string{Core, All}
	for _, r := range resources() {
		names = append(names, r.name)
	}
	return names
}

// chosenKey is where Choose leaves its selection.
type chosenKey struct{}

// chosen is the selection of a request.
func (c *Catalog) chosen(ctx context.Context) *selection {
	if s, ok := ctx.Value(chosenKey{}).(*selection); ok {
		return s
	}
	return c.initial
}

// settleLimit works out the operator's limit and what a request gets that chooses nothing.
func (c *Catalog) settleLimit() error {
	everything := make([]bool, len(c.tools))
	for i := range everything {
		everything[i] = true
	}
	c.limit = &selection{lists: everything, reaches: everything}
	initial := c.cfg.Toolsets
	if len(initial) > 0 {
		limit, err := c.narrow(c.limit, initial)
		if err != nil {
			return err
		}
		// The tools of discover reach no further than the limit, so they widen nothing.
		for i, e := range c.tools {
			limit.lists[i] = limit.lists[i] || slices.Contains(e.info.Toolsets, discover)
		}
		c.limit = limit
	} else {
		initial = []string{Core}
	}
	if c.cfg.ReadOnly {
		c.limit = c.onlyReads(c.limit)
	}
	var err error
	if c.initial, err = c.narrow(c.limit, initial); err != nil {
		return err
	}
	// Core is no limit: it is small because definitions are long. What needs none may use the rest.
	c.initial.reaches = c.limit.reaches
	return nil
}

// Choose narrows what a request may list and call: each list of toolsets to what is in it, tools,
// if there are any, to those names, readOnly to what only reads. The operator's limit always holds.
// The error is for the client and names the choices.
func (c *Catalog) Choose(ctx context.Context, toolsets [][]string, tools []string, readOnly bool) (context.Context, error) {
	s := c.limit
	if len(toolsets) == 0 && len(tools) == 0 {
		s = c.initial
	}
	var err error
	for _, sets := range toolsets {
		if s, err = c.narrow(s, sets); err != nil {
			return nil, err
		}
	}
	if len(tools) > 0 {
		if s, err = c.only(s, tools); err != nil {
			return nil, err
		}
	}
	if readOnly {
		s = c.onlyReads(s)
	}
	return context.WithValue(ctx, chosenKey{}, s), nil
}

// narrow keeps the tools of s that are in any of the named sets. Sets besides discover also bound
// what discover reaches; on its own it reaches all that s does.
func (c *Catalog) narrow(s *selection, sets []string) (*selection, error) {
	names := Toolsets()
	bounded := false
	for _, set := range sets {
		if !slices.Contains(names, set) {
			return nil, fmt.Errorf("there is no toolset %q: choose from %s", args.Clip(set), strings.Join(names, ", "))
		}
		bounded = bounded || set != discover
	}
	return c.keep(s, func(i int) (lists, reaches bool) {
		own := c.tools[i].info.Toolsets
		for _, set := range sets {
			// all is all of v3: discover would only repeat it.
			in := slices.Contains(own, set) || set == All && !slices.Contains(own, discover)
			lists = lists || in
		}
		return lists, lists || !bounded
	}), nil
}

// only keeps the named tools of s.
func (c *Catalog) only(s *selection, tools []string) (*selection, error) {
	wanted := make([]bool, len(c.tools))
	for _, name := range tools {
		i, ok := c.byName[name]
		if !ok {
			return nil, fmt.Errorf("there is no tool %q: tools/list on the toolset %s shows all", args.Clip(name), All)
		}
		wanted[i] = true
	}
	return c.keep(s, func(i int) (bool, bool) { return wanted[i], wanted[i] }), nil
}

// onlyReads keeps the tools of s that change nothing.
func (c *Catalog) onlyReads(s *selection) *selection {
	return c.keep(s, func(i int) (bool, bool) {
		reads := c.tools[i].info.Effect == Reads
		return reads, reads
	})
}

// keep makes a selection of what s has and which allows. Nothing is ever added to s.
func (c *Catalog) keep(s *selection, which func(i int) (lists, reaches bool)) *selection {
	kept := &selection{lists: make([]bool, len(c.tools)), reaches: make([]bool, len(c.tools))}
	for i := range c.tools {
		lists, reaches := which(i)
		kept.lists[i] = s.lists[i] && lists
		kept.reaches[i] = s.reaches[i] && reaches
	}
	return kept
}

// Visible leaves of all tools those that were chosen for a request, in the order of the catalogue.
func (c *Catalog) Visible(ctx context.Context, all []mcp.Tool) []mcp.Tool {
	s := c.chosen(ctx)
	visible := slices.DeleteFunc(slices.Clone(all), func(t mcp.Tool) bool {
		i, ok := c.byName[t.Name]
		return !ok || !s.lists[i]
	})
	slices.SortStableFunc(visible, func(a, b mcp.Tool) int { return c.byName[a.Name] - c.byName[b.Name] })
	return visible
}
