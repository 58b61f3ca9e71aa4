package args

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/args/spelling"
)

// Located is the argument that an error of HeyGen's speaks of.
type Located struct {
	// Path is where it is, as it is published.
	Path string
	// Given is what was sent there, nil for nothing, and Rule what it may be.
	Given any
	Rule  string
}

// Locate finds the argument that another API means by a path such as body.videos.0.voice_id, in
// arguments in their canonical form.
func Locate(p *inputs.Spec, path string, given map[string]any) (Located, bool) {
	parts := partsOf(path)
	for len(parts) > 1 && isWrapper(parts[0]) && !p.Has(parts[0]) {
		parts = parts[1:]
	}
	if len(parts) == 0 {
		return Located{}, false
	}
	if found, ok := followPath(p, parts, given, ""); ok {
		return found, true
	}
	if found, ok := findGiven(p, parts, given); ok {
		return found, true
	}
	if near := ownArgument(p, parts[len(parts)-1]); near != "" {
		return followPath(p, partsOf(near), given, "")
	}
	return Located{}, false
}

// LocateIn finds the first argument that a text names as it is published. Only a name that can be
// no word of a sentence counts: in quotes, or of several parts.
func LocateIn(p *inputs.Spec, text string, given map[string]any) (Located, bool) {
	for _, word := range strings.FieldsFunc(text, func(c rune) bool {
		return c != '_' && c != '.' && c != '[' && c != ']' && c != '\'' && c != '"' && c != '`' &&
			(c < 'a' || c > 'z') && (c < '0' || c > '9')
	}) {
		name := strings.Trim(word, `'"`+"`.")
		if quoted := strings.ContainsAny(word, "'\"`"); !quoted && !strings.ContainsAny(name, "_[") {
			continue
		}
		parts := partsOf(name)
		if len(parts) == 0 {
			continue
		}
		if found, ok := followPath(p, parts, given, ""); ok {
			return found, true
		}
		if found, ok := findGiven(p, parts, given); ok {
			return found, true
		}
	}
	return Located{}, false
}

// partsOf are the names and places of a path, in whichever of the usual ways it is written.
func partsOf(path string) []string {
	return strings.FieldsFunc(path, func(c rune) bool { return c == '.' || c == '[' || c == ']' || c == '/' || c == '$' })
}

// isWrapper reports whether a part says where in a request something stands, and not what it is.
func isWrapper(part string) bool {
	return slices.Contains([]string{"body", "query", "path", "json", "data", "params", "payload", "request"}, part)
}

// followPath follows a path from an object. What it leads into and is no member there is left off: the
// argument around it is known.
func followPath(p *inputs.Spec, parts []string, object map[string]any, path string) (Located, bool) {
	if p.By != "" {
		return walkUnion(p, parts, object, path)
	}
	at, known := p.Resolve(parts[0])
	if !known {
		return Located{}, false
	}
	f := &p.Fields[at]
	found := Located{Path: faults.Join(path, f.Name), Given: object[f.Name], Rule: ruleText(f)}
	rest := parts[1:]
	for ; len(rest) > 0; rest = rest[1:] {
		i, err := strconv.Atoi(rest[0])
		list, isList := found.Given.([]any)
		if err != nil || !isList || i < 0 || i >= len(list) {
			break
		}
		found.Path, found.Given = fmt.Sprintf("%s[%d]", found.Path, i), list[i]
	}
	inner, _ := found.Given.(map[string]any)
	if f.Type.Kind() == reflect.Map && len(rest) > 0 { // whose keys are the caller's own
		found.Path, found.Given = faults.Join(found.Path, faults.Clip(rest[0])), inner[rest[0]]
		inner, _ = found.Given.(map[string]any)
		rest = rest[1:]
	}
	if f.Nested == nil || len(rest) == 0 {
		return found, true
	}
	if deeper, ok := followPath(f.Nested, rest, inner, found.Path); ok {
		return deeper, true
	}
	return found, true
}

// walkUnion follows a path through what an object of several kinds was sent as. Some put the name of
// the kind into the path.
func walkUnion(p *inputs.Spec, parts []string, object map[string]any, path string) (Located, bool) {
	kind, _ := object[p.By].(string)
	if spelling.Plain(parts[0]) == spelling.Plain(p.By) {
		return Located{Path: faults.Join(path, p.By), Given: object[p.By], Rule: "one of " + strings.Join(p.Kinds, ", ")}, true
	}
	if v := p.Variants[kind]; v != nil {
		if found, ok := followPath(v, parts, object, path); ok {
			return found, true
		}
	}
	if v := p.Variants[parts[0]]; v != nil && len(parts) > 1 {
		return followPath(v, parts[1:], object, path)
	}
	return Located{}, false
}

// findGiven finds the one place of what was sent that has the name at the end of a path.
func findGiven(p *inputs.Spec, parts []string, given map[string]any) (Located, bool) {
	name := parts[len(parts)-1]
	var paths []string
	var look func(v any, path string)
	look = func(v any, path string) {
		switch v := v.(type) {
		case map[string]any:
			for _, key := range faults.SortedKeys(v) {
				if key == name {
					paths = append(paths, faults.Join(path, key))
				}
				look(v[key], faults.Join(path, key))
			}
		case []any:
			for i, m := range v {
				look(m, fmt.Sprintf("%s[%d]", path, i))
			}
		}
	}
	look(given, "")
	if len(paths) != 1 {
		return Located{}, false
	}
	return followPath(p, partsOf(paths[0]), given, "")
}

// ownArgument is the argument that a name of another API stands for, "" where that cannot be told: its name
// here, or the one file for what is called a file.
func ownArgument(p *inputs.Spec, name string) string {
	if known, ok := p.Foreign(name); ok {
		return known
	}
	if found := nestedPaths(p, name); len(found) == 1 {
		return found[0]
	}
	if isFileWord(name) {
		return onlyFile(p)
	}
	return ""
}

// ruleText is what a field may be, in words.
func ruleText(f *inputs.Field) string {
	rule := f.Doc
	if len(f.Enum) > 0 {
		rule = "One of " + strings.Join(f.Enum, ", ") + ". " + rule
	}
	return rule
}
