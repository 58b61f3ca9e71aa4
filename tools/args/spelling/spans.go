package spelling

import (
	"heygen-mcp/internal/lazyregexp"
	"strconv"
	"strings"
)

// clock is a time as a clock shows it: 1:30, 01:02:03.5.
var clock = lazyregexp.New(`^(\d{1,2}:)?\d{1,3}:[0-5]\d(\.\d+)?$`)

// IsClock reports whether a text is a time as a clock shows it.
func IsClock(text string) bool { return clock().MatchString(text) }

// ClockTime is how many seconds a time is that is told as a clock shows it.
func ClockTime(text string) (seconds float64, ok bool) {
	if !IsClock(text) {
		return 0, false
	}
	for part := range strings.SplitSeq(text, ":") {
		n, err := strconv.ParseFloat(part, 64)
		if err != nil {
			return 0, false
		}
		seconds = seconds*60 + n
	}
	return seconds, true
}

// span is a time in hours, minutes and seconds, of which two are told or the hours are: 1m30s, 1h, PT2M, without
// blanks.
var span = lazyregexp.New(`^(?:pt)?(?:(\d+(?:\.\d+)?)(?:hours?|hrs?|h))?,?(?:and)?` +
	`(?:(\d+(?:\.\d+)?)(?:minutes?|mins?|m|′|'))?,?(?:and)?(?:(\d+(?:\.\d+)?)(?:seconds?|secs?|s|″|"))?$`)

// TimeSpan is how many seconds a text has that tells hours, minutes and seconds, without blanks.
func TimeSpan(text string) (seconds float64, ok bool) {
	m := span().FindStringSubmatch(text)
	if m == nil {
		return 0, false
	}
	for _, part := range m[1:] {
		seconds *= 60
		if part == "" {
			continue
		}
		n, err := strconv.ParseFloat(part, 64)
		if err != nil {
			return 0, false
		}
		seconds, ok = seconds+n, true
	}
	return seconds, ok
}

// InDigits writes a number at the beginning of a text that is a word, as in "two" and "tenseconds", in digits. A word
// that goes on otherwise is none afterwards either.
func InDigits(text string) string {
	for i, words := range [...]string{
		20: "twenty", 19: "nineteen", 18: "eighteen", 17: "seventeen", 16: "sixteen", 15: "fifteen", 14: "fourteen",
		13: "thirteen", 12: "twelve", 11: "eleven", 10: "ten", 9: "nine", 8: "eight", 7: "seven", 6: "six", 5: "five",
		4: "four", 3: "three", 2: "two", 1: "one", 0: "zero", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 90: "ninety",
	} {
		rest, ok := strings.CutPrefix(text, words)
		if ok && words != "" && (rest == "" || !isNumberWord(rest)) {
			return strconv.Itoa(i) + rest
		}
	}
	return text
}

// isNumberWord reports whether the rest of a word makes another number of it: sixteen is no six.
func isNumberWord(rest string) bool {
	return strings.HasPrefix(rest, "teen") || strings.HasPrefix(rest, "ty") || strings.HasPrefix(rest, "hundred")
}
