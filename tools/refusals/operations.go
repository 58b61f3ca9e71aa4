package refusals

import (
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"heygen-mcp/heygen"
)

// Tools are the names of the tools by the operation that each calls, such as "GET /v3/videos".
// Steps take the names from there where they follow from the operation, so that they hold for every
// tool.
type Tools map[string]string

// fill puts names of tools in the place of the operations in angle brackets.
func (t Tools) fill(text string) string {
	operation := regexp.MustCompile(`<([A-Z]+ /[^>]*)>`)
	return operation.ReplaceAllStringFunc(text, func(s string) string {
		op := strings.Trim(s, "<>")
		if name := t[op]; name != "" {
			return name
		}
		return "HeyGen's " + op
	})
}

// collection is the path of the things that an argument of an operation is an id of, such as
// /v3/videos for video_id; "" where the operations do not tell. One id can be of several, such as a
// batch_id: then it is that which has most in common with the operation.
func (t Tools) collection(argument string, op heygen.Op) string {
	if before, _, found := strings.Cut(op.Path, "/{"+argument+"}"); found {
		return before
	}
	argument = strings.TrimSuffix(argument, "s") // batch_ids
	if argument == "avatar_id" || argument == "character_id" || strings.HasSuffix(argument, "_avatar_id") {
		argument = "look_id" // as creates take it, which is a look's
	}
	switch argument {
	case "brand_voice_id": // the older name
		argument = "brand_glossary_id"
	case "parent_id":
		argument = "folder_id"
	case "style_id": // which no operation has in its path
		return "/v3/video-agents/styles"
	}
	best, most := "", 0
	for _, one := range slices.Sorted(maps.Keys(t)) {
		_, template, _ := strings.Cut(one, " ")
		prefix, rest, found := strings.Cut(template, "/{")
		param, _, _ := strings.Cut(rest, "}")
		if !found || argument != param && !strings.HasSuffix(argument, "_"+param) {
			continue
		}
		shared := sharedSegments(prefix, op.Path)*1000 - len(prefix)
		if argument == param {
			shared += 100_000 // reference_look_id is a look_id where there is no better
		}
		if best == "" || shared > most {
			best, most = prefix, shared
		}
	}
	return best
}

// sharedSegments is how many segments two paths have in common from their beginning.
func sharedSegments(a, b string) int {
	as, bs := strings.Split(a, "/"), strings.Split(b, "/")
	n := 0
	for n < min(len(as), len(bs)) && as[n] == bs[n] {
		n++
	}
	return n
}

// Source says where the ids that an argument of an operation takes come from, "" where it takes none
// or no tool shows them.
func (t Tools) Source(argument string, op heygen.Op) string {
	if !strings.HasSuffix(argument, "_id") {
		return ""
	}
	collection := t.collection(argument, op)
	if collection == "" {
		return ""
	}
	return t.source(argument, collection)
}

// source says where the ids of a collection come from, as what to do with an argument; "" where no
// tool shows them.
func (t Tools) source(argument, collection string) string {
	if list := t["GET "+collection]; list != "" {
		if collection == "/v3/voices" {
			list += ", which shows own voices with type private"
		}
		return "Choose " + argument + " from " + list + "."
	}
	created := "POST " + collection
	if collection == "/v3/assets/batches" {
		created = "POST /v3/assets/direct-uploads/batches"
	}
	if create := t[created]; create != "" {
		return argument + ": use what " + create + " answered; HeyGen has no list of them."
	}
	if get := t["GET "+path.Dir(collection)]; get != "" {
		return argument + " is one that " + get + " shows."
	}
	return ""
}
