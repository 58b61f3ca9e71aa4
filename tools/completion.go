package tools

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
)

const (
	// mostCompletions is how many values the protocol allows an answer.
	mostCompletions = 100
	// mostPages bounds what one key that a person types may cost of HeyGen's rate limit.
	mostPages = 3
	// maxTyped is how much may stand there yet, in characters.
	maxTyped = 256
)

// completed is where the values of an argument come from: words of ours, or the members of a list that a
// tool answers.
type completed struct {
	words  []string
	tool   string
	asks   []map[string]any // the lists, in the order in which they are suggested
	list   string           // the member that holds the list
	value  string           // of an item; "" for a list of plain words
	labels []string
	many   bool // the argument is a list with commas
}

// completions are by the name of the argument, which means the same everywhere.
func completions(argument string) (completed, bool) {
	items := func(tool string, limit int, value string, labels ...string) (completed, bool) {
		return completed{tool: tool, asks: []map[string]any{{"limit": limit}}, list: "items", value: value, labels: labels}, true
	}
	switch argument {
	case "video_id", "video":
		return items("list_videos", 100, "id", "title")
	case "look_id", "avatar":
		return items("list_avatar_looks", 50, "id", "name")
	case "group_id":
		return items("list_avatar_groups", 50, "id", "name")
	case "voice_id", "voice":
		// The caller's own first: they are few, and who has cloned a voice means to use it.
		return completed{tool: "list_voices", list: "items", value: "voice_id", labels: []string{"name", "language"},
			asks: []map[string]any{{"limit": 100, "type": "private"}, {"limit": 100, "type": "public"}}}, true
	case "template_id":
		return items("list_templates", 100, "id", "name")
	case "video_translation_id":
		return items("list_video_translations", 50, "id", "title")
	case "lipsync_id":
		return items("list_lipsyncs", 50, "id", "title")
	case "session_id":
		return items("list_video_agent_sessions", 100, "session_id", "title")
	case "asset_id", "audio", "document", "source":
		return items("list_assets", 100, "id", "name")
	case "brand_kit_id":
		return items("list_brand_kits", 100, "brand_kit_id", "name")
	case "brand_glossary_id":
		return items("list_brand_glossaries", 50, "brand_glossary_id", "name")
	case "style":
		return items("list_video_agent_styles", 100, "style_id", "name")
	case "languages":
		return completed{tool: "list_video_translation_languages", asks: []map[string]any{{}}, list: "languages", many: true}, true
	case "locale":
		return completed{words: locales()}, true
	case "check":
		return completed{words: []string{"yes", "no"}}, true
	}
	return completed{}, false
}

// locales are BCP-47 tags of widely spoken accents. v3 has no list of those that it takes.
func locales() []string {
	return strings.Fields(`ar-AE ar-EG ar-SA bg-BG bn-BD bn-IN cs-CZ da-DK de-AT de-CH de-DE el-GR en-AU en-CA en-GB en-IE en-IN
		en-NZ en-US en-ZA es-AR es-CO es-ES es-MX es-US et-EE fa-IR fi-FI fil-PH fr-BE fr-CA fr-CH fr-FR he-IL hi-IN hr-HR
		hu-HU id-ID it-IT ja-JP ko-KR lt-LT lv-LV ms-MY nb-NO nl-BE nl-NL pl-PL pt-BR pt-PT ro-RO ru-RU sk-SK sl-SI sr-RS
		sv-SE sw-KE ta-IN te-IN th-TH tr-TR uk-UA ur-PK vi-VN zh-CN zh-HK zh-TW`)
}

// Complete suggests values of an argument of a prompt or of a variable of a resource template: ids that
// begin with what was typed or whose labels hold it, and words that hold it. Case does not count. What
// cannot be asked for has no suggestions; it is no error. What there is not, is.
func (c *Catalog) Complete(ctx context.Context, of, argument, typed string) (*mcp.Completion, error) {
	if utf8.RuneCountInString(typed) > maxTyped {
		return nil, &exchange.Refusal{Code: mcp.INVALID_PARAMS, Message: fmt.Sprintf("the value to complete is longer than %d characters", maxTyped)}
	}
	if err := has(of, argument); err != nil {
		return nil, err
	}
	found := &mcp.Completion{Values: []string{}}
	from, ok := completions(argument)
	if !ok {
		return found, nil
	}
	matches, whole := c.matches(ctx, from, typed)
	if before, last, list := cutLast(typed); list && from.many && len(matches) == 0 {
		matches, whole = c.appended(ctx, from, before, last, strings.TrimSuffix(typed, last))
	}
	found.Values = append(found.Values, matches[:min(len(matches), mostCompletions)]...)
	found.HasMore = !whole || len(matches) > mostCompletions
	if whole {
		found.Total = len(matches)
	}
	return found, nil
}

// appended are the values that fit the last item of a list. Those of a list replace all of it, so that what
// stands before the item comes back with each: it must be made of values itself, since nothing else that a
// client sends is repeated once for each suggestion.
func (c *Catalog) appended(ctx context.Context, from completed, before, last, prefix string) (matches []string, whole bool) {
	all, whole := c.matches(ctx, from, "")
	if !madeOf(before, all) {
		return nil, true
	}
	last = strings.ToLower(strings.TrimSpace(last))
	for _, value := range all {
		if strings.Contains(strings.ToLower(value), last) {
			matches = append(matches, prefix+value)
		}
	}
	return matches, whole
}

// madeOf says whether a list with commas has nothing but these values in it, some of which have commas
// themselves. Case does not count.
func madeOf(list string, values []string) bool {
	list = strings.TrimLeft(list, " ")
	for _, value := range values {
		if len(list) < len(value) || !strings.EqualFold(list[:len(value)], value) {
			continue
		}
		rest := strings.TrimLeft(list[len(value):], " ")
		if rest == "" {
			return true
		}
		if more, ok := strings.CutPrefix(rest, ","); ok && madeOf(more, values) {
			return true
		}
	}
	return false
}

// cutLast cuts at the last comma; what follows is without the spaces before it.
func cutLast(typed string) (before, last string, found bool) {
	i := strings.LastIndex(typed, ",")
	if i < 0 {
		return "", typed, false
	}
	return typed[:i], strings.TrimLeft(typed[i+1:], " "), true
}

// has says whether there is such a prompt or template with such a thing to fill in.
func has(of, argument string) error {
	var names []string
	for _, p := range prompts() {
		if p.name == of {
			for _, a := range p.args {
				names = append(names, a.name)
			}
		}
	}
	for _, r := range records() {
		if r.template == of {
			names = append(names, r.argument)
		}
	}
	switch {
	case len(names) == 0:
		return &exchange.Refusal{Code: mcp.INVALID_PARAMS, Message: "nothing to complete in " + clipped(of) +
			"; prompts/list names the prompts, resources/templates/list the templates, which are given as they stand there"}
	case !slices.Contains(names, argument):
		return &exchange.Refusal{Code: mcp.INVALID_PARAMS, Message: of + " has no argument " + clipped(argument) + "; it has " + strings.Join(names, ", ")}
	}
	return nil
}

// clipped bounds what is repeated of a client's words.
func clipped(s string) string { return fmt.Sprintf("%.100q", s) }

// matches are the values that fit what was typed, and whether they are all that there are.
func (c *Catalog) matches(ctx context.Context, from completed, typed string) (values []string, whole bool) {
	typed = strings.ToLower(strings.TrimSpace(typed))
	for _, word := range from.words {
		if strings.Contains(strings.ToLower(word), typed) {
			values = append(values, word)
		}
	}
	whole = true
	for _, ask := range from.asks {
		more, all := c.listed(ctx, from, ask, typed)
		values = append(values, more...)
		whole = whole && all
	}
	return values, whole
}

// listed are the values of one list. It is read on until there are as many as may be answered, or enough
// has been asked.
func (c *Catalog) listed(ctx context.Context, from completed, ask map[string]any, typed string) (values []string, whole bool) {
	ask = maps.Clone(ask)
	for range mostPages {
		res, refusal := c.read(ctx, from.tool, ask)
		if refusal != nil {
			return values, len(values) == 0 // nothing at all is what a caller who may not ask is told
		}
		items, _ := res[from.list].([]any)
		for _, it := range items {
			if value, fits := from.of(it, typed); fits && value != "" {
				values = append(values, value)
			}
		}
		next, _ := res["next_token"].(string)
		if more, _ := res["has_more"].(bool); !more || next == "" {
			return values, !more
		}
		if len(values) >= mostCompletions {
			break
		}
		ask["token"] = next
	}
	return values, false
}

// of is an item's value, and whether it fits what was typed.
func (f completed) of(item any, typed string) (value string, fits bool) {
	if f.value == "" {
		value, _ = item.(string)
		return value, strings.Contains(strings.ToLower(value), typed)
	}
	members, _ := item.(map[string]any)
	value, _ = members[f.value].(string)
	fits = strings.HasPrefix(strings.ToLower(value), typed)
	for _, label := range f.labels {
		text, _ := members[label].(string)
		fits = fits || strings.Contains(strings.ToLower(text), typed)
	}
	return value, fits
}
