package engine

import (
	"strings"

	"heygen-mcp/internal/fieldtags"
	"heygen-mcp/tools/args"
)

// emptyNote tells of a first page without items which arguments have narrowed the list, and what
// they may be where that is known; "" where there is nothing to tell.
func (r *Result[O]) emptyNote(p *args.InputSpec, canonical map[string]any) string {
	items, isList := r.object["items"].([]any)
	if !isList || len(items) > 0 || !p.Has("token") || canonical["token"] != nil {
		return ""
	}
	var filters, choices []string
	for _, f := range p.Fields {
		value, isText := canonical[f.Name].(string)
		if !isText || value == "" || f.Place != fieldtags.Query || f.Required {
			continue
		}
		filters = append(filters, f.Name+" "+args.Clip(value))
		if words := append(f.Enum, f.Means...); len(words) > 0 {
			choices = append(choices, " "+f.Name+" may be "+strings.Join(words, " or ")+".")
		}
	}
	if len(filters) == 0 {
		return ""
	}
	return "Nothing fits " + strings.Join(filters, " and ") + "." + strings.Join(choices, "")
}
