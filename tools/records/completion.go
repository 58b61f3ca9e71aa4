package records

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/tools/prompts"
)

const (
	// maxCompletions is how many values the protocol allows an answer.
	maxCompletions = 100
	// maxPages bounds what one key that a person types may cost of HeyGen's rate limit.
	maxPages = 3
	// maxTypedChars is how much may stand there yet.
	maxTypedChars = 256
)

// Complete suggests values of an argument of a prompt or of a variable of a resource template: ids that
// begin with what was typed or whose labels hold it, and words that hold it. Case does not count. What
// cannot be asked for has no suggestions; it is no error. What there is not, is.
func (rs *Records) Complete(ctx context.Context, of, argument, typed string) (*mcp.Completion, error) {
	if utf8.RuneCountInString(typed) > maxTypedChars {
		return nil, &exchange.Refusal{Code: mcp.INVALID_PARAMS, Message: fmt.Sprintf("the value to complete is longer than %d characters", maxTypedChars)}
	}
	if err := checkTarget(of, argument); err != nil {
		return nil, err
	}
	found := &mcp.Completion{Values: []string{}}
	from, ok := sourceOf(argument)
	if !ok {
		return found, nil
	}
	matches, whole := rs.matches(ctx, from, typed)
	if before, last, list := cutLast(typed); list && from.many && len(matches) == 0 {
		matches, whole = rs.appended(ctx, from, before, last, strings.TrimSuffix(typed, last))
	}
	found.Values = append(found.Values, matches[:min(len(matches), maxCompletions)]...)
	found.HasMore = !whole || len(matches) > maxCompletions
	if whole {
		found.Total = len(matches)
	}
	return found, nil
}

// appended are the values that fit the last item of a list. Those of a list replace all of it, so that what
// stands before the item comes back with each: it must be made of values itself, since nothing else that a
// client sends is repeated once for each suggestion.
func (rs *Records) appended(
	ctx context.Context, from source, before, last, prefix string,
) (matches []string, whole bool) {
	all, whole := rs.matches(ctx, from, "")
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

// checkTarget says whether there is such a prompt or template with such a thing to fill in.
func checkTarget(of, argument string) error {
	names, _ := prompts.Arguments(of)
	for _, r := range resourceTemplates() {
		if r.template == of {
			names = append(names, r.argument)
		}
	}
	switch {
	case len(names) == 0:
		return &exchange.Refusal{Code: mcp.INVALID_PARAMS, Message: "nothing to complete in " + quoteShort(of) +
			"; prompts/list names the prompts, resources/templates/list the templates, which are given as they stand there"}
	case !slices.Contains(names, argument):
		return &exchange.Refusal{Code: mcp.INVALID_PARAMS, Message: of + " has no argument " + quoteShort(argument) + "; it has " + strings.Join(names, ", ")}
	}
	return nil
}

// quoteShort bounds what is repeated of a client's words.
func quoteShort(s string) string { return fmt.Sprintf("%.100q", s) }

// matches are the values that fit what was typed, and whether they are all that there are.
func (rs *Records) matches(ctx context.Context, from source, typed string) (values []string, whole bool) {
	typed = strings.ToLower(strings.TrimSpace(typed))
	for _, word := range from.words {
		if strings.Contains(strings.ToLower(word), typed) {
			values = append(values, word)
		}
	}
	if from.finds && typed != "" && !isPartOfID(typed) {
		if found, all := rs.found(ctx, from, typed); len(found) > 0 {
			return found, all
		}
	}
	whole = true
	for _, ask := range from.queries {
		more, all := rs.matchesOf(ctx, from, ask, typed)
		values = append(values, more...)
		whole = whole && all
	}
	return values, whole
}

// isPartOfID says that what was typed is the beginning of an id, which no search knows.
func isPartOfID(typed string) bool {
	return strings.ContainsAny(typed, "0123456789") && strings.Trim(typed, "0123456789abcdef") == ""
}

// found are the values of what a tool finds by the words that were typed, the best first.
func (rs *Records) found(ctx context.Context, from source, typed string) (values []string, whole bool) {
	const limit = 50 // which every list takes
	res, refusal := rs.read(ctx, from.tool, map[string]any{"query": typed, "limit": limit})
	if refusal != nil {
		return nil, true
	}
	raw, err := json.Marshal(res)
	if err != nil {
		return nil, true
	}
	var out struct {
		Items    []map[string]any `json:"items"`
		Fits     int              `json:"fits"`
		Complete bool             `json:"complete"`
	}
	if json.Unmarshal(raw, &out) != nil {
		return nil, true
	}
	for _, it := range out.Items[:min(out.Fits, len(out.Items))] {
		if value, _ := it[from.value].(string); value != "" {
			values = append(values, value)
		}
	}
	return values, out.Complete && out.Fits <= len(out.Items)
}

// matchesOf are the values of one list. It is read on until there are as many as may be answered, or enough
// has been asked.
func (rs *Records) matchesOf(
	ctx context.Context, from source, ask map[string]any, typed string,
) (values []string, whole bool) {
	ask = maps.Clone(ask)
	for range maxPages {
		res, refusal := rs.read(ctx, from.tool, ask)
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
		if len(values) >= maxCompletions {
			break
		}
		ask["token"] = next
	}
	return values, false
}

// of is an item's value, and whether it fits what was typed.
func (f source) of(item any, typed string) (value string, fits bool) {
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
