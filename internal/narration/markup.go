package narration

import (
	"heygen-mcp/internal/lazyregexp"
	"strconv"
	"strings"
)

// tag is a tag of SSML. Scripts may have breaks, too, whatever else they are.
var tag = lazyregexp.New(`</?[A-Za-z][^<>]*>`)

// pause is how long a break lasts, as its tag says.
var pause = lazyregexp.New(`(?i)^<break\b[^<>]*\btime\s*=\s*["']?([0-9]*\.?[0-9]+)\s*(ms|s)?`)

// strengths are breaks that say how strong they are and not how long, in seconds.
func strengths() map[string]float64 {
	return map[string]float64{"none": 0, "x-weak": 0.1, "weak": 0.25, "medium": 0.5, "strong": 0.75, "x-strong": 1.2}
}

// longestPause bounds what one tag is taken for, so that sums stay numbers: it is a day. Which pauses HeyGen makes is
// not published, and a shorter bound would tell a cost that does not suffice.
const longestPause = 86_400.0

// withoutMarkup is a text without its tags, and how long the breaks among them last.
func withoutMarkup(text string) (spoken string, seconds float64) {
	if !strings.Contains(text, "<") {
		return text, 0
	}
	spoken = tag().ReplaceAllStringFunc(text, func(t string) string {
		seconds += breakSeconds(t)
		return " "
	})
	return spoken, seconds
}

// breakSeconds is how long a tag has the voice pause, 0 for one that is no break.
func breakSeconds(t string) float64 {
	if found := pause().FindStringSubmatch(t); found != nil {
		n, _ := strconv.ParseFloat(found[1], 64) // what is too large is infinite
		if strings.EqualFold(found[2], "ms") {
			n /= 1000
		}
		return min(n, longestPause)
	}
	if !strings.HasPrefix(strings.ToLower(t), "<break") {
		return 0
	}
	for name, seconds := range strengths() {
		if strings.Contains(t, `"`+name+`"`) || strings.Contains(t, `'`+name+`'`) {
			return seconds
		}
	}
	return strengths()["medium"]
}
