package engine

import (
	"encoding/json"
	"slices"
	"strings"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/fieldtags"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/refusals"
)

// emptyNote tells of a first page without items which arguments have narrowed the list, and what
// they may be, or which tool shows it; "" where there is nothing to tell.
func (r *Extras) emptyNote(p *inputs.Spec, canonical map[string]any, op heygen.Op, tools refusals.Tools) string {
	items, isList := r.object["items"].([]any)
	if !isList || len(items) > 0 || !p.Has("token") || canonical["token"] != nil {
		return ""
	}
	var filters, choices []string
	for i := range p.Fields {
		f := &p.Fields[i]
		shown := filterText(canonical[f.Name])
		if shown == "" || f.Place != fieldtags.Query || slices.Contains([]string{"limit", "token"}, f.Name) {
			continue
		}
		filters = append(filters, f.Name+" "+shown)
		if said := filterChoices(f, op, tools); said != "" {
			choices = append(choices, said)
		}
	}
	if len(filters) == 0 {
		return ""
	}
	return strings.Join(append([]string{"Nothing fits " + strings.Join(filters, " and ") + "."}, choices...), " ")
}

// filterText is a filter as it is told, "" for none.
func filterText(v any) string {
	switch v := v.(type) {
	case string:
		return faults.Clip(v)
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "true"
		}
		return "false"
	}
	return ""
}

// filterChoices says what a filter may be, "" where its name says it: a text to look for.
func filterChoices(f *inputs.Field, op heygen.Op, tools refusals.Tools) string {
	if words := slices.Concat(f.Enum, f.Means); len(words) > 0 {
		return f.Name + " may be " + strings.Join(words, " or ") + "."
	}
	if source := tools.Source(f.Name, op); source != "" {
		return source
	}
	if f.Required || f.Lang != "" { // the list itself says which languages it has
		return ""
	}
	return f.Name + ": " + f.Doc
}
