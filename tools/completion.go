package tools

import (
	"context"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
)

// mostCompletions is how many values the protocol allows an answer.
const mostCompletions = 100

// completed is where the values of an argument come from: the members of a list that a tool answers.
type completed struct {
	tool   string
	args   map[string]any
	list   string // the member that holds the list
	value  string // of an item; "" for a list of plain words
	labels []string
}

// completions are by the name of the argument, which means the same everywhere.
func completions(argument string) (completed, bool) {
	full := map[string]any{"limit": 50}
	switch argument {
	case "video_id", "video":
		return completed{"list_videos", full, "items", "id", []string{"title"}}, true
	case "look_id", "avatar":
		return completed{"list_avatar_looks", full, "items", "id", []string{"name"}}, true
	case "voice_id", "voice":
		return completed{"list_voices", full, "items", "voice_id", []string{"name", "language"}}, true
	case "video_translation_id":
		return completed{"list_video_translations", full, "items", "id", []string{"title"}}, true
	case "lipsync_id":
		return completed{"list_lipsyncs", full, "items", "id", []string{"title"}}, true
	case "session_id":
		return completed{"list_video_agent_sessions", full, "items", "session_id", []string{"title"}}, true
	case "style":
		return completed{"list_video_agent_styles", full, "items", "style_id", []string{"name"}}, true
	case "languages", "language":
		return completed{"list_video_translation_languages", map[string]any{}, "languages", "", nil}, true
	}
	return completed{}, false
}

// Complete suggests values of an argument of a prompt or of a resource template: ids that begin with what
// was typed or whose labels hold it, and words that hold it. Case does not count. What cannot be asked
// for has no suggestions; it is no error.
func (c *Catalog) Complete(ctx context.Context, argument, typed string) *mcp.Completion {
	found := &mcp.Completion{Values: []string{}}
	from, ok := completions(argument)
	if !ok {
		return found
	}
	res, refusal := c.read(ctx, from.tool, from.args)
	if refusal != nil {
		return found
	}
	items, _ := res[from.list].([]any)
	typed = strings.ToLower(typed)
	for _, it := range items {
		value, matches := from.of(it, typed)
		if value == "" || !matches {
			continue
		}
		if len(found.Values) == mostCompletions {
			found.HasMore = true
			break
		}
		found.Values = append(found.Values, value)
	}
	if more, _ := res["has_more"].(bool); more {
		found.HasMore = true
	}
	return found
}

// of is an item's value, and whether it fits what was typed.
func (f completed) of(item any, typed string) (value string, matches bool) {
	if f.value == "" {
		value, _ = item.(string)
		return value, strings.Contains(strings.ToLower(value), typed)
	}
	members, _ := item.(map[string]any)
	value, _ = members[f.value].(string)
	matches = strings.HasPrefix(strings.ToLower(value), typed)
	for _, label := range f.labels {
		text, _ := members[label].(string)
		matches = matches || strings.Contains(strings.ToLower(text), typed)
	}
	return value, matches
}
