package choice

import (
	"context"
	"slices"
	"strings"

	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/engine"
)

// Elsewhere says how to come to the tools that texts name and that the request in ctx does not
// list; "" where it lists all of them. The texts are the same for everybody, so that they stay
// short where everything is at hand.
func (ch *Choice) Elsewhere(ctx context.Context, texts ...string) string {
	var through, elsewhere, nowhere []string
	by := map[string][]string{} // the tools of elsewhere by where they are
	s := ch.chosen(ctx)
	for _, i := range ch.named(texts) {
		t := &ch.tools[i]
		switch at := ch.urlOf(t, i); {
		case s.lists(ctx, i):
		case s.callable[i] && ch.caller(s, t) != "":
			through = append(through, t.Name)
		case at == "":
			nowhere = append(nowhere, t.Name)
		default:
			if by[at] == nil {
				elsewhere = append(elsewhere, at)
			}
			by[at] = append(by[at], t.Name)
		}
	}
	var told []string
	if len(through) > 0 {
		told = append(told, "Call "+strings.Join(through, ", ")+" by "+ch.callerOf(s, through)+".")
	}
	if len(elsewhere) > 0 {
		for i, at := range elsewhere {
			elsewhere[i] = strings.Join(by[at], ", ") + " (at " + at + ")"
		}
		told = append(told, "Not in this session: "+strings.Join(elsewhere, ", ")+".")
	}
	if len(nowhere) > 0 {
		told = append(told, "This server does not offer "+strings.Join(nowhere, ", ")+".")
	}
	return strings.Join(told, " ")
}

// WhyUnknown says of a name that the request in ctx does not list where the tool is, or which tool may be
// meant.
func (ch *Choice) WhyUnknown(ctx context.Context, name string) string {
	text := "unknown tool: " + faults.Clip(name)
	if t, ok := ch.Find(name); ok {
		if where := ch.Elsewhere(ctx, t.Name); where != "" {
			return text + ". " + where
		}
	}
	if near := ch.nearName(ctx, name); near != "" {
		text += "; did you mean " + near + "?"
		if where := ch.Elsewhere(ctx, near); where != "" {
			text += " " + where
		}
		return text
	}
	return text + "; tools/list names those of this endpoint"
}

// named are the places in the catalog of the tools that texts name, in the order of the texts.
func (ch *Choice) named(texts []string) []int {
	var found []int
	for _, text := range texts {
		for word := range strings.FieldsFuncSeq(text, isNoName) {
			i, known := ch.byName[word]
			if known && ch.tools[i].Name == word && !slices.Contains(found, i) {
				found = append(found, i)
			}
		}
	}
	return found
}

// isNoName reports whether a character is in no name of a tool.
func isNoName(c rune) bool {
	return c != '_' && (c < 'a' || c > 'z') && (c < '0' || c > '9')
}

// caller is the tool by which a selection calls t without listing it, "" for none.
func (ch *Choice) caller(s *selection, t *engine.BoundTool) string {
	if slices.Contains(t.Toolsets, Discover) {
		return ""
	}
	for _, name := range []string{callReadTool, callTool} {
		if i := ch.byName[name]; s.listed[i] && (name == callTool || t.Effect == engine.Reads) {
			return name
		}
	}
	return ""
}

// callerOf is the tool by which a selection calls all of several.
func (ch *Choice) callerOf(s *selection, names []string) string {
	last := ""
	for _, name := range names {
		t, _ := ch.Find(name)
		if one := ch.caller(s, t); last == "" || one == callTool {
			last = one
		}
	}
	return last
}

// urlOf is where this server lists a tool, "" for nowhere.
func (ch *Choice) urlOf(t *engine.BoundTool, i int) string {
	set := Discover
	switch {
	case !ch.limit.callable[i] && !ch.limit.listed[i]:
		return ""
	case ch.limit.listed[i]:
		at := slices.IndexFunc(t.Toolsets, func(set string) bool { return set != Core && set != Previews })
		set = t.Toolsets[at]
	}
	return "/mcp/x/" + set
}
