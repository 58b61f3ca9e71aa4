package choice

import (
	"context"
	"slices"
	"strings"

	"heygen-mcp/tools/args/spelling"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/search"
)

// indexOf makes the index of the tools.
func indexOf(tools []engine.BoundTool) *search.Index {
	docs, questions := make([]search.Doc, len(tools)), asked()
	for i, t := range tools {
		docs[i] = search.Doc{
			Name: t.Name, Aliases: t.Aliases, Title: t.Title, Description: t.Description, Asked: t.Asked,
			Questions: questions[t.Name], Rare: t.Preview, Arguments: t.Input().Words(),
		}
	}
	return search.New(docs)
}

// find ranks the tools within reach by what is to be done.
func (ch *Choice) find(ctx context.Context, query string) []search.Hit {
	return ch.index().Find(query, func(at int) bool {
		_, ok := ch.Callable(ctx, ch.tools[at].Name)
		return ok && !slices.Contains(ch.tools[at].Toolsets, Discover)
	})
}

// search answers with the tools within reach that fit best.
func (ch *Choice) search(ctx context.Context, c *engine.Call, in *searchToolsInput) *engine.Result[hits] {
	limit := defaultHits
	if in.Limit != nil {
		limit = *in.Limit
	}
	found := ch.find(ctx, in.Query)
	list := []hit{}
	for i, h := range found[:min(limit, len(found))] {
		t := &ch.tools[h.At]
		one := hit{Name: t.Name, Effect: t.Effect, Description: firstSentence(t.Description), Limits: t.Limits}
		if i == 0 {
			one.Description, one.InputSchema = t.Description, c.Engine().Schema(t)
		}
		list = append(list, one)
	}
	r := engine.Made(hits{Tools: list})
	if len(list) == 0 {
		r.NextStep = "Nothing here does that. If it is about HeyGen, try other words: video, avatar, voice, speech, " +
			"translation, subtitles, asset, webhook …"
	}
	return r
}

// firstSentence is a text up to the end of its first sentence.
func firstSentence(text string) string {
	if end := strings.Index(text, ". "); end >= 0 {
		return text[:end+1]
	}
	return text
}

// near is a tool within reach whose name is most like one that is not there, "" for none.
func (ch *Choice) near(ctx context.Context, name string) string {
	if len(name) > longestName {
		return ""
	}
	found := ch.find(ctx, nameWords(name))
	if len(found) == 0 {
		return ""
	}
	return ch.tools[found[0].At].Name
}

// nearName is near, or the tool that a request may reach otherwise and whose name has all the words of one
// that is not there; "" for none.
func (ch *Choice) nearName(ctx context.Context, name string) string {
	if near := ch.spelt(name); near != "" {
		return near
	}
	words := strings.FieldsFunc(strings.ToLower(name), func(c rune) bool { return c == '_' || c == '-' || c == '.' || c == ' ' || c == '/' })
	if len(words) > 1 {
		for i := range ch.tools {
			own := strings.Split(ch.tools[i].Name, "_")
			if ch.limit.callable[i] && !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(own, w) }) {
				return ch.tools[i].Name
			}
		}
	}
	if near := ch.near(ctx, name); near != "" {
		return near
	}
	found := ch.index().Find(nameWords(name), func(at int) bool {
		return ch.limit.callable[at] && !slices.Contains(ch.tools[at].Toolsets, Discover)
	})
	if len(name) > longestName || len(found) == 0 {
		return ""
	}
	return ch.tools[found[0].At].Name
}

// longestName is longer than every tool's.
const longestName = 64

// nameWords are the words of a name, without this service's, which clients put before the names of its tools.
func nameWords(name string) string {
	return strings.TrimPrefix(strings.NewReplacer("_", " ", "-", " ", ".", " ").Replace(name), "heygen ")
}

// spelt is the tool of whose name, or one of whose aliases, a name is a misspelling, "" for none.
func (ch *Choice) spelt(name string) string {
	var names []string
	for known, i := range ch.byName {
		if ch.limit.callable[i] {
			names = append(names, known)
		}
	}
	slices.Sort(names)
	near := spelling.Nearest(name, names)
	if near == "" {
		return ""
	}
	return ch.tools[ch.byName[near]].Name
}
