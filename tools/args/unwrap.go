package args

import (
	"maps"
	"slices"
	"strings"

	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/args/spelling"
)

// mostWrappers is how many objects a client is believed to have put around arguments.
const mostWrappers = 3

// unwrapped are the arguments of a call without the objects that a client has put around them: under a name for
// arguments, or under that of the tool, which has several words. What lies beside these and is an argument stays,
// unless it is within as well.
func unwrapped(p *inputs.Spec, object map[string]any) map[string]any {
	for range mostWrappers {
		inner, ok := inner(p, object)
		if !ok {
			break
		}
		object = inner
	}
	return object
}

// inner are the arguments in the one wrapper of an object.
func inner(p *inputs.Spec, object map[string]any) (map[string]any, bool) {
	if p.Has("arguments") && len(object) > 1 {
		return nil, false // what lies beside the name of another tool is arguments of that one
	}
	wrapper := ""
	var within map[string]any
	for name, v := range object {
		if _, known := p.Resolve(name); known {
			continue
		}
		given, isObject := spelling.ObjectFromText(spelling.OnlyMember(v)).(map[string]any)
		wraps := wrapsArguments(name) || len(object) == 1 && strings.Contains(name, "_") && hasAll(p, given)
		if !isObject || len(given) == 0 || !wraps {
			continue
		}
		if wrapper != "" {
			return nil, false // which of them is meant nobody knows
		}
		wrapper, within = name, given
	}
	if wrapper == "" {
		return nil, false
	}
	out := make(map[string]any, len(object)+len(within))
	maps.Copy(out, within)
	for name, v := range object {
		_, known := p.Resolve(name)
		_, twice := wrapperName(p, within, name)
		switch {
		case name == wrapper || v == nil || spelling.IsEmpty(v):
		case twice && known && !saysWhichTool(name):
			return nil, false
		case known && !twice, !known && !saysWhichTool(name):
			out[name] = v
		}
	}
	return out, true
}

// wrapperName is the name under which an object has the argument of another one.
func wrapperName(p *inputs.Spec, object map[string]any, name string) (string, bool) {
	at, known := p.Resolve(name)
	for other := range object {
		if i, ok := p.Resolve(other); other == name || ok && known && i == at {
			return other, true
		}
	}
	return "", false
}

// hasAll reports whether all names of an object are arguments.
func hasAll(p *inputs.Spec, object map[string]any) bool {
	for name := range object {
		if _, known := p.Resolve(name); !known {
			return false
		}
	}
	return true
}

// wrapsArguments reports whether a name is one under which clients send all arguments.
func wrapsArguments(name string) bool {
	return slices.Contains([]string{
		"arguments", "args", "arg", "arg1", "kwargs", "params", "parameters", "input", "inputs", "payload", "body", "request", "requestbody", "data", "json",
		"properties", "toolinput", "toolargs", "toolarguments", "functionargs",
	}, spelling.Plain(name))
}

// saysWhichTool reports whether a name beside a wrapper is one that says which tool the arguments are for.
func saysWhichTool(name string) bool {
	return slices.Contains([]string{"name", "tool", "toolname", "function", "functionname", "method"}, spelling.Plain(name))
}

// fromNamedValues are the arguments that are sent as a list of names and values, [{name, value}]; what is no such
// list is as it was.
func fromNamedValues(v any) any {
	list, ok := v.([]any)
	if !ok || len(list) == 0 {
		return v
	}
	object := make(map[string]any, len(list))
	for _, m := range list {
		one, isObject := m.(map[string]any)
		name, isText := one["name"].(string)
		value, given := one["value"]
		if _, twice := object[name]; !isObject || !isText || !given || len(one) != 2 || twice {
			return v
		}
		object[name] = value
	}
	return object
}
