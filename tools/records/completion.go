package records

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/tools/prompts"
)

const (
	// maxCompletions is how many values the protocol allows an answer.
	maxCompletions = 100
	// maxPages bounds what one key that a person types may cost of HeyGen's rate limit.
	maxPages = 3
)

// Complete suggests values of an argument of a prompt or of a variable of a resource template: ids that
// begin with what was typed or whose labels hold it, and words that hold it. Case does not count. What
// cannot be asked for has no suggestions; it is no error. What there is not, is.
func (rs *Records) Complete(ctx context.Context, of, argument, typed string) (*mcp.Completion, error) {
	if err := checkTarget(of, argument); err != nil {
		return nil, err
	}
	found := &mcp.Completion{Values: []string{}}
	from, ok := sourceOf(argument)
	if !ok {
		return found, nil
	}
	matches, whole := rs.matches(ctx, from, typed)
	if _, last, list := cutLast(typed); list && from.many && len(matches) == 0 {
		// The values of a list replace all of it, so what stands before the last comma comes back.
		matches, whole = rs.matches(ctx, from, last)
		for i := range matches {
			matches[i] = strings.TrimSuffix(typed, last) + matches[i]
		}
	}
	found.Values = append(found.Values, matches[:min(len(matches), maxCompletions)]...)
	found.HasMore = !whole || len(matches) > maxCompletions
	if whole {
		found.Total = len(matches)
	}
	return found, nil
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
	whole = true
	for _, ask := range from.queries {
		more, all := rs.matchesOf(ctx, from, ask, typed)
		values = append(values, more...)
		whole = whole && all
	}
	return values, whole
}

// matchesOf are the values of one list. It is read on until there are as many as may be answered, or enough
// has been asked.
func (rs *Records) matchesOf(ctx context.Context, from source, ask map[string]any, typed string) (values []string, whole bool) {
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
