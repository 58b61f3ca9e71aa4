package subtitles

import (
	"regexp"
	"strings"
)

// otherFormat names the format of subtitles that a text is in and that is not read here, "" for none that is known.
func otherFormat(text string) string {
	text = strings.TrimSpace(text)
	for _, f := range []struct{ begins, name string }{
		{`(?i)^\[Script Info\]|^\[V4\+? Styles\]|^Dialogue:`, "SubStation Alpha (ASS or SSA)"},
		{`(?i)^<\?xml|^<tt[\s>]|^<transcript`, "XML such as TTML"},
		{`(?i)^<sami`, "SAMI"},
		{`^\{\d+\}\{\d+\}`, "MicroDVD, which counts frames"},
		{`^\[(?:ar|ti|al|by|length|offset):|^\[\d{1,2}:\d{2}[.:]\d{2}\]`, "LRC"},
		{`^Scenarist_SCC`, "SCC"},
		{`^[{\[]`, "JSON or the like"},
	} {
		if regexp.MustCompile(f.begins).MatchString(text) {
			return f.name
		}
	}
	return ""
}
