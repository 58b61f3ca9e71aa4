package args

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// unknown refuses a name, with the argument that is meant where that can be told.
func (p *InputSpec) unknown(name, path string) ranked {
	if p.notTaken != nil {
		if fault := p.notTaken(name, path); fault != nil {
			return ranked{Fault: fault, rank: rankMisspelt}
		}
	}
	shown := Clip(name)
	f := ranked{Fault: Invalid(Join(path, shown), shown+" is not an argument.", ""), rank: rankUnknown}
	near := p.suggest(name)
	switch {
	case len(near) > 0:
		f.rank = rankMisspelt
		if len(near) == 1 {
			f.meant = Join(path, near[0])
		}
		f.NextStep = fmt.Sprintf("Did you mean %s? Known here: %s.", strings.Join(near, " or "), p.choices())
	case p.isList() && slices.Contains(searchWords(), plainName(name)):
		f.NextStep = "This list is not searched by words. " + p.filters()
	case len(p.Fields) == 0 && p.By == "":
		f.NextStep = "Leave it out: nothing is taken here."
	default:
		f.NextStep = "Leave it out. Known here: " + p.choices() + "."
	}
	return f
}

// searchWords are what agents call a search by words, as plainName spells them.
func searchWords() []string {
	return []string{"query", "q", "search", "searchterm", "searchquery", "name", "filter", "keyword", "keywords", "text", "term"}
}

// isList reports whether p is the input of a tool that pages through a list.
func (p *InputSpec) isList() bool { return p.Has("token") && p.Has("limit") }

// filters says by what a list can be narrowed.
func (p *InputSpec) filters() string {
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
func (p *InputSpec) suggest(name string) []string {
	if len(name) > maxName {
		return nil
	}
	if p.isList() && slices.Contains(searchWords(), plainName(name)) {
		return p.searched()
	}
	if path := p.InPath(); plainName(name) == "id" && len(path) > 0 {
		return path[:1]
	}
	if known, ok := p.foreign(name); ok {
		return []string{known}
	}
	if known := p.nearest(name); known != "" {
		return []string{known}
	}
	if known := p.byWords(name); len(known) > 0 {
		return known
	}
	if known := p.inside(name); len(known) > 0 {
		return known
	}
	if file := p.onlyFile(); file != "" && isFileWord(name) {
		return []string{file}
	}
	return nil
}

// searched are the filters of a list by which it is searched in words, if it has one.
func (p *InputSpec) searched() []string {
	for _, filter := range []string{"query", "title", "name"} {
		if p.Has(filter) {
			return []string{filter}
		}
	}
	return nil
}

// isFileWord reports whether a name is what other APIs call a file that is given, whatever is in it.
func isFileWord(name string) bool {
	words := wordsOf(name)
	return len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool {
		return !slices.Contains([]string{
			"file", "asset", "source", "input", "media", "url", "id", "image", "photo", "picture",
			"video", "footage", "audio", "recording", "sample", "upload", "key",
		}, w)
	}) && !slices.Equal(words, []string{"id"}) && !slices.Equal(words, []string{"key"})
}

// onlyFile is the one argument that takes a file by its URL or as an asset, "" for none or several.
func (p *InputSpec) onlyFile() string {
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

// foreign finds what another API's name for a thing is called here.
func (p *InputSpec) foreign(name string) (string, bool) {
	plain := plainName(name)
	for _, group := range otherNames() {
		if !slices.ContainsFunc(group, func(other string) bool { return plainName(other) == plain }) {
			continue
		}
		for _, known := range group {
			if p.Has(known) {
				return known, true
			}
		}
	}
	return "", false
}

// nearest is the argument that a name is a misspelling of, "" for none: one wrong letter in four.
func (p *InputSpec) nearest(name string) string {
	plain := plainName(name)
	const short = 4 // one letter of so few makes another word, unless it is the last that is missing
	if len(plain) < short {
		for _, f := range p.Fields {
			if len(plain) == short-1 && strings.HasPrefix(plainName(f.Name), plain) && len(plainName(f.Name)) <= short {
				return f.Name
			}
		}
		return ""
	}
	best, at := "", len(plain)/4+1
	for _, f := range p.Fields {
		if d := distance(plain, plainName(f.Name)); d < at {
			best, at = f.Name, d
		}
	}
	return best
}

// Nearest is the name of which another is a misspelling or another spelling, "" for none: one wrong letter in four.
func Nearest(name string, names []string) string {
	if len(name) > maxName {
		return ""
	}
	plain := plainName(name)
	best, at := "", len(plain)/4+1
	for _, one := range names {
		if d := distance(plain, plainName(one)); d < at {
			best, at = one, d
		}
	}
	return best
}

// byWords are the arguments whose words hold all those of a name, or the other way round, if they are
// few.
func (p *InputSpec) byWords(name string) []string {
	const few = 3
	words := wordsOf(name)
	var found []string
	for _, f := range p.Fields {
		known := wordsOf(f.Name)
		if len(words) > 0 && (holds(known, words) || holds(words, known)) {
			found = append(found, f.Name)
		}
	}
	if len(found) > few {
		return nil
	}
	return found
}

// inside are the paths of the members of nested objects that a name is, if they are few.
func (p *InputSpec) inside(name string) []string {
	const few = 2
	var found []string
	for _, f := range p.Fields {
		if f.Nested == nil {
			continue
		}
		if f.Type.Kind() == reflect.Slice {
			for _, spec := range append([]*InputSpec{f.Nested}, variantsOf(f.Nested)...) {
				if at, ok := spec.resolve(name); ok {
					found = append(found, f.Name+"[]."+spec.Fields[at].Name)
				}
			}
			continue
		}
		for _, spec := range append([]*InputSpec{f.Nested}, variantsOf(f.Nested)...) {
			if at, ok := spec.resolve(name); ok {
				found = append(found, f.Name+"."+spec.Fields[at].Name)
			} else if known, ok := spec.foreign(name); ok {
				found = append(found, f.Name+"."+known)
			} else {
				for _, deeper := range spec.inside(name) {
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

// variantsOf are the variants of a union in the order of their kinds.
func variantsOf(p *InputSpec) []*InputSpec {
	variants := make([]*InputSpec, 0, len(p.Kinds))
	for _, kind := range p.Kinds {
		variants = append(variants, p.Variants[kind])
	}
	return variants
}

// wordsOf parts a name in any spelling into its words, in the singular.
func wordsOf(name string) []string {
	var words []string
	start, previous := 0, ' '
	cut := func(end int) {
		if end > start {
			words = append(words, strings.TrimSuffix(strings.ToLower(name[start:end]), "s"))
		}
	}
	for i, c := range name {
		switch {
		case c == '_' || c == '-' || c == ' ' || c == '.':
			cut(i)
			start = i + 1
		case 'A' <= c && c <= 'Z' && 'a' <= previous && previous <= 'z':
			cut(i)
			start = i
		}
		previous = c
	}
	cut(len(name))
	return words
}

// holds reports whether all words are among those.
func holds(those, words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(those, w) })
}

// distance is how many letters must be put in, taken out, replaced or swapped with their neighbor to
// make one name of the other (optimal string alignment), in bytes.
func distance(a, b string) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			replaced := d[i-1][j-1]
			if a[i-1] != b[j-1] {
				replaced++
			}
			d[i][j] = min(replaced, d[i-1][j]+1, d[i][j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}
