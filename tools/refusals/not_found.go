package refusals

import (
	"net/http"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"heygen-mcp/heygen"
)

// notFound tells of a 404 by the argument whose id names nothing, whatever the code is: HeyGen's
// codes differ between resources, and the argument says which tool shows the ids that there are. It
// reports whether an argument can have been meant.
func (r *Refusal) notFound(e *heygen.Error, a Attempt) bool {
	meant := a.missing(e)
	if len(meant) == 0 {
		return false
	}
	r.Message = "HeyGen finds nothing under the given " + meant[0] + "."
	if len(meant) > 1 {
		r.Message = "HeyGen finds nothing under one of the given " + strings.Join(meant, ", ") + "."
	} else if lastArgument(e.Param) != meant[0] {
		r.Param = meant[0]
	}
	if len(meant) == 1 && r.ofOtherKind(e, a, meant[0]) {
		return true
	}
	var steps []string
	if e.Op.Method == http.MethodDelete {
		steps = append(steps, "If it was deleted before, nothing is left to do.")
	}
	for _, argument := range meant {
		collection := a.Tools.collection(argument, e.Op)
		if step := a.Tools.source(argument, collection); step != "" {
			if isSearched(collection) && slices.ContainsFunc(a.valuesOf(argument), isName) {
				step = strings.TrimSuffix(step, ".") + "; its query finds one by name."
			}
			steps = append(steps, step)
		}
	}
	if len(steps) == 0 {
		steps = append(steps, "Send an id as a list or get tool shows it.")
	}
	r.NextStep = strings.Join(steps, " ")
	return true
}

// isSearched reports whether the tool that lists a collection finds things by their names.
func isSearched(collection string) bool {
	return slices.Contains([]string{"/v3/avatars/looks", "/v3/avatars", "/v3/voices", "/v3/templates", "/v3/video-agents/styles"}, collection)
}

// isName tells a name from an id as HeyGen makes them, which have digits and no blanks. A name begins with a capital,
// or has several words.
func isName(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(first) && (strings.Contains(s, " ") || !unicode.IsLower(first) && !strings.ContainsAny(s, "0123456789"))
}

// valuesOf are the texts that an argument was given, at every depth.
func (a Attempt) valuesOf(argument string) []string {
	var found []string
	var walk func(name string, v any)
	walk = func(name string, v any) {
		switch t := v.(type) {
		case string:
			if name == argument {
				found = append(found, t)
			}
		case map[string]any:
			for member, v := range t {
				walk(member, v)
			}
		case []any:
			for _, v := range t {
				walk(name, v)
			}
		}
	}
	walk("", a.Given)
	return found
}

// missing are the arguments of which one can name nothing: the one that HeyGen names, or that its
// code speaks of; else those in the path, which are what the call is about; else all that are ids.
func (a Attempt) missing(e *heygen.Error) []string {
	given := a.ids()
	if name := lastArgument(e.Param); slices.Contains(given, name) {
		return []string{name}
	}
	if kind, ok := strings.CutSuffix(e.Code, "_not_found"); ok {
		spoken := slices.DeleteFunc(slices.Clone(given), func(argument string) bool {
			return argument != kind+"_id" && !strings.HasSuffix(argument, "_"+kind+"_id")
		})
		if len(spoken) > 0 {
			return spoken
		}
		if of, known := collectionsOfCodes()[kind]; known && e.Op.Method != http.MethodGet && e.Op.Method != http.MethodDelete && !slices.ContainsFunc(of, func(c string) bool { return strings.HasPrefix(e.Op.Path, c) }) {
			// The call is about something else, which was found.
			return slices.DeleteFunc(slices.Clone(given), func(argument string) bool {
				return !slices.Contains(of, a.Tools.collection(argument, e.Op))
			})
		}
	}
	if params := e.Op.PathParams(); len(params) > 0 {
		return params
	}
	return slices.DeleteFunc(
		given,
		func(argument string) bool { return a.Tools.collection(argument, e.Op) == "" },
	)
}

// collectionsOfCodes are the collections of which codes such as voice_not_found speak, by the word before
// the end, for what calls about other things name besides.
func collectionsOfCodes() map[string][]string {
	return map[string][]string{
		"asset":          {"/v3/assets"},
		"avatar":         {"/v3/avatars/looks", "/v3/avatars"},
		"voice":          {"/v3/voices", "/v3/models/audio/voices"},
		"video":          {"/v3/videos"},
		"folder":         {"/v3/folders"},
		"template":       {"/v3/templates"},
		"brand_glossary": {"/v3/brand-glossaries"},
		"brand_kit":      {"/v3/brand-kits"},
	}
}

// lastArgument is the argument at the end of a path such as scenes[1].voice_id.
func lastArgument(param string) string {
	name, _, _ := strings.Cut(param[strings.LastIndex(param, ".")+1:], "[")
	return name
}

// ids are the names of the arguments that were given an id, at every depth, sorted.
func (a Attempt) ids() []string {
	var found []string
	var walk func(v any)
	walk = func(v any) {
		switch t := v.(type) {
		case map[string]any:
			for name, member := range t {
				if strings.HasSuffix(name, "_id") || strings.HasSuffix(name, "_ids") {
					found = append(found, name)
				}
				walk(member)
			}
		case []any:
			for _, member := range t {
				walk(member)
			}
		}
	}
	walk(a.Given)
	slices.Sort(found)
	return slices.Compact(found)
}
