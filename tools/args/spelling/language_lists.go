package spelling

import (
	"strings"

	"heygen-mcp/internal/lazyregexp"
	"heygen-mcp/tools/languages"
)

// Languages parts the members of a list that name several languages: "German and Spanish". What stands in
// parentheses is one name.
func Languages(list []any) []any {
	out := make([]any, 0, len(list))
	for _, m := range list {
		text, ok := m.(string)
		if !ok {
			out = append(out, m)
			continue
		}
		parts := languageParts(text)
		if len(parts) == 0 {
			out = append(out, m)
		}
		for _, part := range parts {
			out = append(out, part)
		}
	}
	return withRegions(out)
}

// marker is what stands before the items of a list that is written as text: 1. or a dash.
var marker = lazyregexp.New(`(?m)^\s*(?:\d{1,2}[.)]|[-*•–])\s+`)

// languageParts are the names in a text.
func languageParts(text string) []string {
	depth := 0
	var b strings.Builder
	hasMarker := marker().MatchString(text)
	text = marker().ReplaceAllString(text, "")
	words := strings.Fields(strings.NewReplacer("，", " , ", "、", " ; ", "；", " ; ", ";", " ; ", "\n", " ; ", "/", " / ", "|", " | ", "(", " ( ", ")", " ) ", ",", " , ").Replace(text))
	if len(words) < 2 && !hasMarker {
		return nil
	}
	if len(words) > 0 && strings.EqualFold(words[0], "both") {
		words = words[1:]
	}
	for _, w := range words {
		switch w {
		case "(":
			depth++
		case ")":
			depth--
		case ";", "&", "+", "/", "|", "and", "und", "et", "y", "plus", ",":
			if depth == 0 {
				b.WriteString("\n")
				continue
			}
		}
		b.WriteString(w + " ")
	}
	plain := strings.NewReplacer("( ", "(", " )", ")", " ,", ",")
	var parts []string
	for part := range strings.SplitSeq(b.String(), "\n") {
		if part = strings.TrimSpace(plain.Replace(part)); part != "" {
			parts = append(parts, part)
		}
	}
	if len(parts) == 1 && !hasMarker {
		return nil // as it came
	}
	return parts
}

// withRegions puts the name of a region to the language before it that is spoken there: "Spanish, Mexico" is one
// language, and two would be paid for.
func withRegions(list []any) []any {
	out := list[:0:0]
	for _, m := range list {
		part, ok := m.(string)
		last := ""
		if len(out) > 0 {
			last, _ = out[len(out)-1].(string)
		}
		if ok && last != "" && !strings.HasSuffix(last, ")") && languages.IsOf(part, last) {
			out[len(out)-1] = last + " (" + part + ")"
			continue
		}
		out = append(out, m)
	}
	return out
}
