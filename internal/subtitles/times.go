package subtitles

import (
	"heygen-mcp/internal/lazyregexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/width"
)

// timing matches the line of a cue's times: the hours may be missing, fields may have fewer digits
// than they should, a comma or a point stands before the milliseconds, and WebVTT's settings follow.
var timing = lazyregexp.New(
	`^\s*((?:\d{1,3}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?)\s*(?:-{1,2}>|–>|—>|→)\s*((?:\d{1,3}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?)(?:\s+.*)?$`)

// spelledArrow matches what others write for the arrow: ==>, --&gt;, →.
var spelledArrow = lazyregexp.New(`\s*(?:[-=–—―]{1,3}\s?(?:>|&gt;)|→|⇒|➔|➜)\s*`)

// parted matches the marks within a time that have blanks around them, as machine translation leaves them.
var parted = lazyregexp.New(`(\d)\s*([:.,])\s*(\d)`)

// fourth matches a time whose milliseconds stand behind another colon.
var fourth = lazyregexp.New(`(\d{1,3}:\d{1,2}:\d{1,2}):(\d{3})\b`)

// sbv matches the line of a cue's times as YouTube's SBV has it.
var sbv = lazyregexp.New(`^\s*(\d{1,2}:\d{2}:\d{2}\.\d{3}),(\d{1,2}:\d{2}:\d{2}\.\d{3})\s*$`)

// plainTiming is the line of a cue's times as this package reads it, where it is one that is written otherwise:
// with wide digits and marks, blanks within the times, another arrow, or a colon before the milliseconds. Any
// other line is as it was.
func plainTiming(line string) string {
	if timing().MatchString(line) || len(line) > 200 || !strings.ContainsAny(line, "0123456789０１２３４５６７８９") {
		return line
	}
	plain := sbv().ReplaceAllString(width.Fold.String(line), "$1 --> $2")
	plain = spelledArrow().ReplaceAllString(plain, " --> ")
	plain = fourth().ReplaceAllString(parted().ReplaceAllString(parted().ReplaceAllString(plain, "$1$2$3"), "$1$2$3"), "$1,$2")
	if timing().MatchString(plain) {
		return plain
	}
	return line
}

// arrow matches what parts the two times of a cue.
var arrow = lazyregexp.New(`-{1,2}>|–>|—>|→`)

// isTiming reports whether a line is meant to be the times of a cue.
func isTiming(line string) bool {
	return strings.Contains(line, "-->") || timing().MatchString(line)
}

// readTiming reads the times of a cue, or says why these are none.
func readTiming(line string) (start, end time.Duration, reason string) {
	m := timing().FindStringSubmatch(line)
	if m == nil {
		return 0, 0, "these are no times; they read 00:00:01,000 --> 00:00:02,500"
	}
	start, ok := readClock(m[1])
	if !ok {
		return 0, 0, m[1] + " is no time: minutes and seconds end at 59, hours at 99"
	}
	if end, ok = readClock(m[2]); !ok {
		return 0, 0, m[2] + " is no time: minutes and seconds end at 59, hours at 99"
	}
	if end < start {
		return 0, 0, "the cue ends before it begins"
	}
	return start, end, ""
}

// readClock reads 1:02:03.4 as well as 02:03,400; the digits after the point are a fraction.
func readClock(s string) (time.Duration, bool) {
	s = strings.Replace(s, ",", ".", 1)
	whole, fraction, _ := strings.Cut(s, ".")
	fields := strings.Split(whole, ":")
	if len(fields) == 2 {
		fields = append([]string{"0"}, fields...)
	}
	hours, minutes, seconds := number(fields[0]), number(fields[1]), number(fields[2])
	const most = 99 // hours, which are written in two digits
	if minutes > 59 || seconds > 59 || hours > most {
		return 0, false
	}
	ms := number((fraction + "000")[:3])
	return time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute +
		time.Duration(seconds)*time.Second + time.Duration(ms)*time.Millisecond, true
}

// number reads digits that the pattern has found to be few and nothing else.
func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}
