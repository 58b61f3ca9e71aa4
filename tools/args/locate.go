package args

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Located is an argument that somebody else speaks of.
type Located struct {
	// Path is where it is, as it is published.
	Path string
	// Given is what was sent there, nil for nothing, and Rule what it may be.
	Given any
	Rule  string
}

// Locate finds the argument that another API means by a path such as body.videos.0.voice_id, in
// arguments in their canonical form.
func (p *InputSpec) Locate(path string, given map[string]any) (Located, bool) {
	parts := partsOf(path)
	for len(parts) > 1 && isWrapper(parts[0]) && !p.Has(parts[0]) {
		parts = parts[1:]
	}
	if len(parts) == 0 {
		return Located{}, false
	}
	if found, ok := p.walk(parts, given, ""); ok {
		return found, true
	}
	if found, ok := p.findGiven(parts, given); ok {
		return found, true
	}
	if near := p.meant(parts[len(parts)-1]); near != "" {
		return p.walk(partsOf(near), given, "")
	}
	return Located{}, false
}

// LocateIn finds the first argument that a text names as it is published. Only a name that can be
// no word of a sentence counts: in quotes, or of several parts.
func (p *InputSpec) LocateIn(text string, given map[string]any) (Located, bool) {
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
		if found, ok := p.walk(parts, given, ""); ok {
			return found, true
		}
		if found, ok := p.findGiven(parts, given); ok {
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

// walk follows a path from an object. What it leads into and is no member there is left off: the
// argument around it is known.
func (p *InputSpec) walk(parts []string, object map[string]any, path string) (Located, bool) {
	if p.By != "" {
		return p.walkUnion(parts, object, path)
	}
	at, known := p.resolve(parts[0])
	if !known {
		return Located{}, false
	}
	f := &p.Fields[at]
	found := Located{Path: Join(path, f.Name), Given: object[f.Name], Rule: f.rule()}
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
		found.Path, found.Given = Join(found.Path, Clip(rest[0])), inner[rest[0]]
		inner, _ = found.Given.(map[string]any)
		rest = rest[1:]
	}
	if f.Nested == nil || len(rest) == 0 {
		return found, true
	}
	if deeper, ok := f.Nested.walk(rest, inner, found.Path); ok {
		return deeper, true
	}
	return found, true
}

// walkUnion follows a path through what an object of several kinds was sent as. Some put the name of
// the kind into the path.
func (p *InputSpec) walkUnion(parts []string, object map[string]any, path string) (Located, bool) {
	kind, _ := object[p.By].(string)
	if plainName(parts[0]) == plainName(p.By) {
		return Located{Path: Join(path, p.By), Given: object[p.By], Rule: "one of " + strings.Join(p.Kinds, ", ")}, true
	}
	if v := p.Variants[kind]; v != nil {
		if found, ok := v.walk(parts, object, path); ok {
			return found, true
		}
	}
	if v := p.Variants[parts[0]]; v != nil && len(parts) > 1 {
		return v.walk(parts[1:], object, path)
	}
	return Located{}, false
}

// findGiven finds the one place of what was sent that has the name at the end of a path.
func (p *InputSpec) findGiven(parts []string, given map[string]any) (Located, bool) {
	name := parts[len(parts)-1]
	var paths []string
	var look func(v any, path string)
	look = func(v any, path string) {
		switch v := v.(type) {
		case map[string]any:
			for _, key := range SortedKeys(v) {
				if key == name {
					paths = append(paths, Join(path, key))
				}
				look(v[key], Join(path, key))
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
	return p.walk(partsOf(paths[0]), given, "")
}

// meant is the argument that a name of another API stands for, "" where that cannot be told: its name
// here, or the one file for what is called a file.
func (p *InputSpec) meant(name string) string {
	if known, ok := p.foreign(name); ok {
		return known
	}
	if found := p.inside(name); len(found) == 1 {
		return found[0]
	}
	if isFileWord(name) {
		return p.onlyFile()
	}
	return ""
}

// rule is what a field may be, in words.
func (f *Field) rule() string {
	rule := f.Doc
	if len(f.Enum) > 0 {
		rule = "One of " + strings.Join(f.Enum, ", ") + ". " + rule
	}
	return rule
}
