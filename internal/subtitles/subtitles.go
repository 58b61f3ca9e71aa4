// Package subtitles reads the forms in which people have subtitles, SubRip (SRT) and WebVTT, and writes both: SRT in
// UTF-8 with numbered cues, which everybody reads, and WebVTT for browsers. It knows texts and times and neither files
// nor networks.
//
// Reading order: subtitles.go (cues, writing and correcting), read.go (both formats), times.go,
// decode.go (encodings), text.go (what stands in a cue), formats.go (what is another format).
package subtitles

import (
	"bytes"
	"fmt"
	"strings"
	"time"
)

// Cue is one subtitle: a text, and from when to when it is shown.
type Cue struct {
	Start, End time.Duration // from the beginning of the video, in milliseconds at the finest
	Text       string        // lines parted by line feeds; the tags b, i, u and font may stand in it
}

// Error says what in a file cannot be read, and where. It quotes nothing but times.
type Error struct {
	Line   int // from 1; 0 is the file as a whole
	Reason string
}

// Error is the place and the reason.
func (e *Error) Error() string {
	if e.Line == 0 {
		return e.Reason
	}
	return fmt.Sprintf("line %d: %s", e.Line, e.Reason)
}

// Write spells cues as SRT: numbered from 1, hours in two digits, a comma before the milliseconds, an
// empty line after each.
func Write(cues []Cue) []byte {
	var b bytes.Buffer
	for i, c := range cues {
		fmt.Fprintf(&b, "%d\n%s --> %s\n", i+1, Clock(c.Start), Clock(c.End))
		if c.Text != "" {
			b.WriteString(c.Text)
			b.WriteByte('\n')
		}
		b.WriteByte('\n')
	}
	return b.Bytes()
}

// WriteWebVTT spells cues as WebVTT, which browsers show. Of the tags those stay that both formats have.
func WriteWebVTT(cues []Cue) []byte {
	var b bytes.Buffer
	b.WriteString("WEBVTT\n\n")
	for _, c := range cues {
		fmt.Fprintf(&b, "%s --> %s\n", webVTTClock(c.Start), webVTTClock(c.End))
		if text := toWebVTT(c.Text); text != "" {
			b.WriteString(text)
			b.WriteByte('\n')
		}
		b.WriteByte('\n')
	}
	return b.Bytes()
}

// webVTTClock spells a time as WebVTT does, with a point before the milliseconds.
func webVTTClock(t time.Duration) string { return strings.Replace(Clock(t), ",", ".", 1) }

// Clock spells a time as SRT does: 01:02:03,004.
func Clock(t time.Duration) string {
	ms := t.Milliseconds()
	return fmt.Sprintf("%02d:%02d:%02d,%03d", ms/3_600_000, ms/60_000%60, ms/1000%60, ms%1000)
}

// Correction is a new text for one cue.
type Correction struct {
	Index int // of the cue, from 1
	Text  string
}

// Correct gives the cues with the texts of corrections in place of theirs; times stay. Of two
// corrections of one cue the later counts. The error names the cue that is not there.
func Correct(cues []Cue, corrections []Correction) ([]Cue, error) {
	corrected := append([]Cue(nil), cues...)
	for _, c := range corrections {
		if c.Index < 1 || c.Index > len(cues) {
			return nil, &Error{Reason: fmt.Sprintf("there is no cue %d; the cues are 1 to %d", c.Index, len(cues))}
		}
		corrected[c.Index-1].Text = cleanLines(c.Text)
	}
	return corrected, nil
}

// cleanLines makes a text fit into a cue: no empty lines, which end one, no blanks around lines, and
// nothing that would be read as the times of another.
func cleanLines(text string) string {
	var lines []string
	text = strings.ReplaceAll(strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\r\n", "\n"), "\r", "\n")
	text = strings.Map(withoutControls, text)
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			line = strings.ReplaceAll(line, "-->", "→")
			if isTiming(line) {
				line = arrow().ReplaceAllString(line, "–")
			}
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
