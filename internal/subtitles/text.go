package subtitles

import (
	"html"
	"regexp"
	"strings"
)

// markup matches the tags of WebVTT that SRT has not: voices, classes, languages, ruby and the times
// of karaoke; b, i, u and font stay.
var markup = regexp.MustCompile(
	`</?(?:v|c|lang|ruby|rt)(?:[.\s][^>]*)?>|<\d{1,3}:[\d:.]+>`)

// classes matches the classes of a tag that stays.
var classes = regexp.MustCompile(`<(b|i|u)(?:\.[^>]*)>`)

// fromWebVTT takes out of a cue's text what only WebVTT has.
func fromWebVTT(text string) string {
	text = classes.ReplaceAllString(markup.ReplaceAllString(text, ""), "<$1>")
	return html.UnescapeString(strings.ReplaceAll(text, "&nbsp;", " "))
}
