package args

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/args/spelling"
)

// unknown refuses a name, with the argument that is meant where that can be told.
func unknown(p *inputs.Spec, name, path string) ranked {
	if p.NotTaken != nil {
		if fault := p.NotTaken(name, path); fault != nil {
			return ranked{Fault: fault, rank: rankMisspelt}
		}
	}
	shown := faults.Clip(name)
	f := ranked{Fault: faults.Invalid(faults.Join(path, shown), shown+" is not an argument.", ""), rank: rankUnknown}
	near := suggest(p, name)
	switch {
	case len(near) > 0:
		f.rank = rankMisspelt
		if len(near) == 1 {
			f.meant = faults.Join(path, near[0])
		}
		f.NextStep = fmt.Sprintf("Did you mean %s? Known here: %s.", strings.Join(near, " or "), p.Choices())
	case isList(p) && slices.Contains(searchWords(), spelling.Plain(name)):
		f.NextStep = "This list is not searched by words. " + filters(p)
	case len(p.Fields) == 0 && p.By == "":
		f.NextStep = "Leave it out: nothing is taken here."
	default:
		f.NextStep = "Leave it out. Known here: " + p.Choices() + "."
	}
	return f
}

// searchWords are what agents call a search by words, as spelling.Plain spells them.
func searchWords() []string {
	return []string{"query", "q", "search", "searchterm", "searchquery", "name", "filter", "keyword", "keywords", "text", "term"}
}

// isList reports whether p is the input of a tool that pages through a list.
func isList(p *inputs.Spec) bool { return p.Has("token") && p.Has("limit") }

// filters says by what a list can be narrowed.
func filters(p *inputs.Spec) string {
	var names []string
	for _, f := range p.Fields {
		if !slices.Contains([]string{"token", "limit", "detail"}, f.Name) {
			names = append(names, f.Name)
		}
	}
	if len(names) == 0 {
		return "Nothing narrows it: read it page by page, with limit and token, and choose."
	}
	return "It is narrowed by " + strings.Join(names, ", ") + "; read the rest page by page and choose."
}

// suggest are the arguments that an unknown name may mean, none where none is near: a wrong
// suggestion costs a call.
func suggest(p *inputs.Spec, name string) []string {
	if len(name) > spelling.MaxName {
		return nil
	}
	if isList(p) && slices.Contains(searchWords(), spelling.Plain(name)) {
		return searched(p)
	}
	if path := p.InPath(); spelling.Plain(name) == "id" && len(path) > 0 {
		return path[:1]
	}
	if known, ok := p.Foreign(name); ok {
		return []string{known}
	}
	if known := nearest(p, name); known != "" {
		return []string{known}
	}
	if known := byWords(p, name); len(known) > 0 {
		return known
	}
	if known := nestedPaths(p, name); len(known) > 0 {
		return known
	}
	if file := onlyFile(p); file != "" && isFileWord(name) {
		return []string{file}
	}
	return nil
}

// searched are the filters of a list by which it is searched in words, if it has one.
func searched(p *inputs.Spec) []string {
	for _, filter := range []string{"query", "title", "name"} {
		if p.Has(filter) {
			return []string{filter}
		}
	}
	return nil
}

// isFileWord reports whether a name is what other APIs call a file that is given, whatever is in it.
func isFileWord(name string) bool {
	words := spelling.Words(name)
	return len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool {
		return !slices.Contains([]string{
			"file", "asset", "source", "input", "media", "url", "id", "image", "photo", "picture",
			"video", "footage", "audio", "recording", "sample", "upload", "key",
		}, w)
	}) && !slices.Equal(words, []string{"id"}) && !slices.Equal(words, []string{"key"})
}

// onlyFile is the one argument that takes a file by its URL or as an asset, "" for none or several.
func onlyFile(p *inputs.Spec) string {
	file := ""
	for _, f := range p.Fields {
		if f.Nested == nil || f.Type.Kind() == reflect.Slice || !f.Nested.Has("url") || !f.Nested.Has("asset_id") || f.Nested.Has("value") {
			continue
		}
		if file != "" {
			return ""
		}
		file = f.Name
	}
	return file
}

// nearest is the argument that a name is a misspelling of, "" for none: one wrong letter in four.
func nearest(p *inputs.Spec, name string) string {
	plain := spelling.Plain(name)
	const short = 4 // one letter of so few makes another word, unless it is the last that is missing
	if len(plain) < short {
		for _, f := range p.Fields {
			if len(plain) == short-1 && strings.HasPrefix(spelling.Plain(f.Name), plain) && len(spelling.Plain(f.Name)) <= short {
				return f.Name
			}
		}
		return ""
	}
	best, at := "", len(plain)/4+1
	for _, f := range p.Fields {
		if d := spelling.Distance(plain, spelling.Plain(f.Name)); d < at {
			best, at = f.Name, d
		}
	}
	return best
}

// byWords are the arguments whose words hold all those of a name, or the other way round, if they are
// few.
func byWords(p *inputs.Spec, name string) []string {
	const few = 3
	words := spelling.Words(name)
	var found []string
	for _, f := range p.Fields {
		known := spelling.Words(f.Name)
		if len(words) > 0 && (spelling.Holds(known, words) || spelling.Holds(words, known)) {
			found = append(found, f.Name)
		}
	}
	if len(found) > few {
		return nil
	}
	return found
}

// nestedPaths are the paths of the members of nested objects that a name is, if they are few.
func nestedPaths(p *inputs.Spec, name string) []string {
	const few = 2
	var found []string
	for _, f := range p.Fields {
		if f.Nested == nil {
			continue
		}
		if f.Type.Kind() == reflect.Slice {
			for _, spec := range append([]*inputs.Spec{f.Nested}, f.Nested.InOrder()...) {
				if at, ok := spec.Resolve(name); ok {
					found = append(found, f.Name+"[]."+spec.Fields[at].Name)
				}
			}
			continue
		}
		for _, spec := range append([]*inputs.Spec{f.Nested}, f.Nested.InOrder()...) {
			if at, ok := spec.Resolve(name); ok {
				found = append(found, f.Name+"."+spec.Fields[at].Name)
			} else if known, ok := spec.Foreign(name); ok {
				found = append(found, f.Name+"."+known)
			} else {
				for _, deeper := range nestedPaths(spec, name) {
					found = append(found, f.Name+"."+deeper)
				}
			}
		}
	}
	slices.Sort(found)
	if found = slices.Compact(found); len(found) > few {
		return nil
	}
	return found
}
