package forms

import (
	"slices"

	"heygen-mcp/tools/args/spelling"
)

// Gather moves the members of an object into its member into, unless there is one already: what lies beside a name is
// then its arguments. Members that but names, and those that clients add by themselves, stay where they are.
func Gather(object map[string]any, into string, but ...string) {
	inner := map[string]any{}
	for name, v := range object {
		plain := spelling.Plain(name)
		switch {
		case plain == spelling.Plain(into) && v != nil:
			return
		case plain == spelling.Plain(into) || v == nil || spelling.AddedByClients(name):
		case !slices.ContainsFunc(but, func(other string) bool { return spelling.Plain(other) == plain }):
			inner[name] = v
		}
	}
	for name := range inner {
		delete(object, name)
	}
	if len(inner) > 0 {
		object[into] = inner
	}
}
