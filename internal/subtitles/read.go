package subtitles

import (
	"fmt"
	"slices"
	"strings"
)

// maxCues bounds one file: a film of three hours has some 3,000.
const maxCues = 20_000

// Read reads SRT or WebVTT. What has one meaning is taken: numbers that are missing or wrong, points
// for commas, short fields of times, no empty line before the next cue, any line ends. The error is an
// *Error and says the line and the reason.
func Read(raw []byte) ([]Cue, error) {
	text, err := decode(raw)
	if err != nil {
		return nil, err
	}
	text = strings.TrimPrefix(text, "\ufeff")
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	if !strings.Contains(text, "\n") { // written as a string of a program, and not read as one
		text = strings.NewReplacer(`\r\n`, "\n", `\n`, "\n", `\r`, "\n").Replace(text)
	}
	all := unfenced(strings.Split(strings.Map(withoutControls, text), "\n"))
	for i := range all {
		all[i] = plainTiming(all[i])
	}
	cues, err := readLines(all)
	if err == nil {
		return cues, nil
	}
	if format := otherFormat(text); format != "" {
		return nil, &Error{Reason: "this is " + format + ", and neither SRT nor WebVTT: convert it to one of these"}
	}
	return nil, err
}

// withoutControls leaves characters out of which nobody sees or hears anything.
func withoutControls(c rune) rune {
	if c < ' ' && c != '\n' && c != '\t' || c == 0x7f {
		return -1
	}
	return c
}

// readLines reads the cues of a file.
func readLines(all []string) ([]Cue, error) {
	r := &lines{all: all}
	if first := strings.TrimSpace(r.all[0]); first == "WEBVTT" || strings.HasPrefix(first, "WEBVTT ") || strings.HasPrefix(first, "WEBVTT\t") {
		r.webVTT = true
		for r.at < len(r.all) && strings.TrimSpace(r.all[r.at]) != "" && !isTiming(r.all[r.at]) {
			r.at++
		}
	}
	var cues []Cue
	for r.more() {
		cue, ok, err := r.cue()
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		if cues = append(cues, cue); len(cues) > maxCues {
			return nil, &Error{Line: r.at, Reason: fmt.Sprintf("there are more than %d cues", maxCues)}
		}
	}
	if len(cues) == 0 {
		return nil, &Error{Reason: "there are no cues; one reads: a number, then 00:00:01,000 --> 00:00:02,500, then its text"}
	}
	return cues, nil
}

// unfenced takes away the fence that Markdown has around a block, ``` before it and behind it, and what is said
// outside of it.
func unfenced(all []string) []string {
	const fence = "```"
	isFence := func(line string) bool { return strings.HasPrefix(strings.TrimSpace(line), fence) }
	first := slices.IndexFunc(all, isFence)
	if first < 0 || slices.ContainsFunc(all[:first], isTiming) {
		return all
	}
	all = all[first+1:]
	if last := slices.IndexFunc(all, func(line string) bool { return strings.TrimSpace(line) == fence }); last >= 0 &&
		!slices.ContainsFunc(all[last:], isTiming) {
		return all[:last]
	}
	return all
}

// lines reads a file from its first line to its last.
type lines struct {
	all    []string
	at     int
	webVTT bool
}

// more skips empty lines and reports whether there is another.
func (r *lines) more() bool {
	for r.at < len(r.all) && strings.TrimSpace(r.all[r.at]) == "" {
		r.at++
	}
	return r.at < len(r.all)
}

// skipBlock goes behind the next empty line.
func (r *lines) skipBlock() {
	for r.at < len(r.all) && strings.TrimSpace(r.all[r.at]) != "" {
		r.at++
	}
}

// cue reads one cue; ok is false for a block that is none: a note, a style, a region.
func (r *lines) cue() (cue Cue, ok bool, err error) {
	first := strings.TrimSpace(r.all[r.at])
	if r.webVTT && isNoCue(first) {
		r.skipBlock()
		return Cue{}, false, nil
	}
	if !isTiming(first) {
		// The number or, in WebVTT, the name of the cue: its times must follow.
		named := r.at + 1
		r.at++
		for isNumber(first) && r.at < len(r.all) && strings.TrimSpace(r.all[r.at]) == "" {
			r.at++
		}
		if r.at >= len(r.all) || !isTiming(r.all[r.at]) {
			return Cue{}, false, &Error{Line: named, Reason: "after this line there are no times such as 00:00:01,000 --> 00:00:02,500"}
		}
	}
	line := r.at + 1
	start, end, reason := readTiming(r.all[r.at])
	if reason != "" {
		return Cue{}, false, &Error{Line: line, Reason: reason}
	}
	r.at++
	var text []string
	for ; r.at < len(r.all) && !r.endsCue(); r.at++ {
		text = append(text, strings.TrimSpace(r.all[r.at]))
	}
	whole := strings.Join(text, "\n")
	if r.webVTT {
		whole = cleanLines(fromWebVTT(whole)) // which a tag alone on its line leaves empty
	}
	return Cue{Start: start, End: end, Text: whole}, true, nil
}

// endsCue reports whether the text of a cue ends before the present line: at an empty line, or where
// the next cue begins without one.
func (r *lines) endsCue() bool {
	line := r.all[r.at]
	if strings.TrimSpace(line) == "" {
		return true
	}
	return isTiming(line) || isNumber(line) && r.at+1 < len(r.all) && isTiming(r.all[r.at+1])
}

// isNoCue reports whether a line begins a block of WebVTT that is no cue.
func isNoCue(line string) bool {
	word, _, _ := strings.Cut(line, " ")
	return word == "NOTE" || word == "STYLE" || word == "REGION"
}

// isNumber reports whether a line is the number of a cue.
func isNumber(line string) bool {
	line = strings.TrimSpace(line)
	return line != "" && strings.Trim(line, "0123456789") == ""
}
