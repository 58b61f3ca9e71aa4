package links

import (
	"heygen-mcp/internal/lazyregexp"
	"strings"
)

// scheme is how a URL of HTTP begins, as people type it: https:/x, https//x, http:\\x.
var scheme = lazyregexp.New(`^(?i)(https?)(?::[/\\]+|//+|\\{2,})`)

// inText is a URL of HTTP after a blank or a bracket.
var inText = lazyregexp.New(`(?i)[\s(<\["'“‘](https?://[^\s<>"”’]+)`)

// plainLink is the one URL of HTTP that a text has, without what stands around it and with its scheme as it should be.
// A text without one, or with several, is as it was.
func plainLink(s string) string {
	const longest = 2000 // bytes; what is longer is no note around a link
	if len(s) > longest || isSubtitles(s) {
		return s
	}
	if head := scheme().FindString(s); head != "" {
		return trimmed(withPlainScheme(s, head))
	}
	found := inText().FindAllStringSubmatch(" "+s, 2)
	if len(found) != 1 {
		return s
	}
	return trimmed(found[0][1])
}

// withPlainScheme writes the scheme of a URL as it should be, once.
func withPlainScheme(s, head string) string {
	name, rest := "https", s[len(head):]
	if !strings.EqualFold(head[:min(len(head), len(name))], name) {
		name = "http"
	}
	if strings.Contains(head, `\`) {
		rest = strings.ReplaceAll(rest, `\`, "/")
	}
	if again := scheme().FindString(rest); again != "" {
		return withPlainScheme(rest, again)
	}
	if strings.HasSuffix(head, "://") && strings.EqualFold(head, name+"://") {
		return s
	}
	return name + "://" + rest
}

// trimmed is a URL without what ends the sentence in which it stood.
func trimmed(s string) string {
	s = strings.TrimRight(s, ".,;!")
	for strings.HasSuffix(s, ")") && strings.Count(s, ")") > strings.Count(s, "(") {
		s = strings.TrimRight(s[:len(s)-1], ".,;!")
	}
	return strings.TrimRight(s, "]'`")
}

// isSeveral reports whether a text has a second URL behind its first.
func isSeveral(s string) bool {
	at := strings.IndexAny(s, " \t\n,;|")
	if !strings.HasPrefix(strings.ToLower(s), "http") || at < 0 {
		return false
	}
	rest := strings.ToLower(strings.TrimLeft(s[at:], " \t\r\n,;|"))
	return strings.HasPrefix(rest, "https://") || strings.HasPrefix(rest, "http://")
}
