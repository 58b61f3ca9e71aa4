package tools

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"heygen-mcp/tools/engine"
)

// maxNamedTools is how many tools are named of those that a key cannot call; more are counted,
// since names cost tokens and an agent that needs one learns of it from its refusal.
const maxNamedTools = 3

// reach is a group of resources of which a key can do the same.
type reach struct {
	resources []string
	tools     []string // those that it cannot call
}

// keyReach says in words which of the tools an API key can call, and which not.
func keyReach(all iter.Seq[*engine.BoundTool], mode string, scopes []string) (can, cannot string) {
	lost := map[string][]string{} // tools by the resource whose permission is missing; none of some
	var other reach               // tools that change something and need no permission that has a name
	for t := range all {
		missing := ""
		for _, permission := range t.Permissions {
			resource, action, _ := strings.Cut(permission, ":")
			if lost[resource] == nil {
				lost[resource] = []string{}
			}
			if missing == "" && !permits(scopes, resource, action) {
				missing = resource
			}
		}
		if missing != "" {
			lost[missing] = append(lost[missing], t.Name)
		}
		if len(t.Permissions) == 0 && t.CallsHeyGen() && t.Effect != engine.Reads &&
			mode == "read_only" {
			other.tools = append(other.tools, t.Name)
		}
	}
	var whole, reads, none reach
	for _, resource := range slices.Sorted(maps.Keys(lost)) {
		group := &none
		switch {
		case len(lost[resource]) == 0:
			group = &whole
		case permits(scopes, resource, "read"):
			group = &reads
		}
		group.resources = append(group.resources, strings.ReplaceAll(resource, "_", " "))
		group.tools = append(group.tools, lost[resource]...)
	}
	var cans, cannots []string
	if len(whole.resources) > 0 {
		cans = append(cans, "everything with "+whole.names())
	}
	if len(reads.resources) > 0 {
		cans = append(cans, "read "+reads.names())
		cannots = append(cannots, "change "+reads.names()+reads.counted())
	}
	if len(none.resources) > 0 {
		cannots = append(cannots, "do anything with "+none.names()+none.counted())
	}
	if len(other.tools) > 0 {
		cannots = append(cannots, "change anything else"+other.counted())
	}
	if len(cannots) == 0 {
		return "everything that the tools here do", ""
	}
	can = cmp.Or(strings.Join(cans, "; "), "nothing that needs a permission")
	return can, strings.Join(cannots, "; ")
}

// names are the resources in words.
func (r reach) names() string { return strings.Join(r.resources, ", ") }

// counted names a few tools, or counts them.
func (r reach) counted() string {
	if len(r.tools) > maxNamedTools {
		return fmt.Sprintf(" (%d tools)", len(r.tools))
	}
	return " (" + strings.Join(r.tools, ", ") + ")"
}

// permits reports whether the permissions of a key hold an action on a resource. To write is to
// read as well.
func permits(scopes []string, resource, action string) bool {
	for _, does := range []string{action, "write", "*"} {
		if slices.Contains(scopes, resource+":"+does) || slices.Contains(scopes, "*:"+does) {
			return true
		}
	}
	return false
}
