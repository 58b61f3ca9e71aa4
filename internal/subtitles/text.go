package subtitles

import (
	"heygen-mcp/internal/lazyregexp"
	"html"
	"strings"
)

// markup matches the tags of WebVTT that SRT has not: voices, classes, languages, ruby and the times
// of karaoke; b, i, u and font stay.
var markup = lazyregexp.New(
	`</?(?:v|c|lang|ruby|rt)(?:[.\s][^>]*)?>|<\d{1,3}:[\d:.]+>`)

// classes matches the classes of a tag that stays.
var classes = lazyregexp.New(`<(b|i|u)(?:\.[^>]*)>`)

// shared matches the tags that both formats have.
var shared = lazyregexp.New(`(?i)</?[biu]>`)

// fontTag matches the tag that only SRT has.
var fontTag = lazyregexp.New(`(?i)</?font[^>]*>`)

// toWebVTT is a cue's text as WebVTT reads it: everything else than a tag is a letter.
func toWebVTT(text string) string {
	text = fontTag().ReplaceAllString(text, "")
	escape := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	var b strings.Builder
	for {
		at := shared().FindStringIndex(text)
		if at == nil {
			b.WriteString(escape.Replace(text))
			return cleanLines(b.String())
		}
		b.WriteString(escape.Replace(text[:at[0]]))
		b.WriteString(strings.ToLower(text[at[0]:at[1]]))
		text = text[at[1]:]
	}
}

// fromWebVTT takes out of a cue's text what only WebVTT has.
func fromWebVTT(text string) string {
	text = classes().ReplaceAllString(markup().ReplaceAllString(text, ""), "<$1>")
	return html.UnescapeString(strings.ReplaceAll(text, "&nbsp;", " "))
}
