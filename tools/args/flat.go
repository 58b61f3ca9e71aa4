package args

import (
	"cmp"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/args/spelling"
)

// Forms send nested arguments under names that are paths: voice_settings.speed, video[url], output_languages[0].

// mostFlat is how many such names of one object are read.
const mostFlat = 500

// unflatten puts members whose names are paths into the objects and lists that the paths lead into, one level; the
// object there reads the rest. A path into an argument that is given as a whole as well stays as it is, and is
// refused.
func unflatten(p *inputs.Spec, object map[string]any) {
	var paths []string
	for name := range object {
		if _, _, into := pathInto(p, name); into {
			paths = append(paths, name)
		}
	}
	if len(paths) == 0 || len(paths) > mostFlat {
		return
	}
	slices.Sort(paths)
	whole := givenWhole(p, object)
	inside := map[int]map[string]any{} // by the place of the field
	for _, path := range paths {
		at, rest, _ := pathInto(p, path)
		if whole[at] {
			continue
		}
		if inside[at] == nil {
			inside[at] = map[string]any{}
		}
		if _, twice := inside[at][rest]; twice {
			continue
		}
		inside[at][rest] = object[path]
		delete(object, path)
	}
	for at, members := range inside {
		f := &p.Fields[at]
		if f.Type.Kind() == reflect.Slice {
			object[f.Name] = listOf(members)
			continue
		}
		object[f.Name] = members
	}
}

// pathInto reads a name that is a path into an argument: which that is, and what of the path is left there.
func pathInto(p *inputs.Spec, name string) (at int, rest string, ok bool) {
	if len(name) > 2*spelling.MaxName || !strings.ContainsAny(name, ".[/") {
		return 0, "", false
	}
	head, rest := partedPath(name)
	at, known := p.Resolve(head)
	return at, rest, known && hasMembers(&p.Fields[at])
}

// givenWhole are the fields that an object has under names which are no paths.
func givenWhole(p *inputs.Spec, object map[string]any) map[int]bool {
	whole := map[int]bool{}
	for name, v := range object {
		if _, _, into := pathInto(p, name); into || isNothing(v) {
			continue
		}
		if at, known := p.Resolve(name); known {
			whole[at] = true
		}
	}
	return whole
}

// hasMembers reports whether a path can lead into a field.
func hasMembers(f *inputs.Field) bool {
	return f.Nested != nil || f.Type.Kind() == reflect.Slice || f.Type.Kind() == reflect.Map
}

// partedPath parts a path behind its first name: a.b[0] into a and b[0], a[b][c] into a and b[c].
func partedPath(path string) (head, rest string) {
	at := strings.IndexAny(path, ".[/")
	head, rest = path[:at], path[at+1:]
	if path[at] == '[' {
		name, more, _ := strings.Cut(rest, "]")
		rest = name + more
		if name == "" {
			rest = more // a[] is a list
		}
	}
	return strings.TrimSpace(head), rest
}

// listOf is the list of which an object has the members by their places: 0, 1 or 0.name. A list as a whole has no
// place.
func listOf(members map[string]any) any {
	if whole, ok := members[""]; ok && len(members) == 1 {
		return whole
	}
	byPlace := map[int]any{}
	for rest, v := range members {
		digits := rest
		if end := strings.IndexAny(rest, ".[/"); end >= 0 {
			digits = rest[:end]
		}
		place, err := strconv.Atoi(digits)
		if err != nil {
			return members
		}
		if digits == rest {
			byPlace[place] = v
			continue
		}
		_, inner := partedPath(rest)
		one, ok := byPlace[place].(map[string]any)
		if !ok {
			one = map[string]any{}
			byPlace[place] = one
		}
		one[inner] = v
	}
	places := make([]int, 0, len(byPlace))
	for place := range byPlace {
		places = append(places, place)
	}
	slices.SortFunc(places, cmp.Compare[int])
	list := make([]any, len(places))
	for i, place := range places {
		list[i] = byPlace[place]
	}
	return list
}
