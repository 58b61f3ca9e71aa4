package media

import (
	"fmt"
	"math"
	"strings"
	"unicode"
)

const (
	wordsPerSecond = 2.5 // a calm speaker
	wordsPerLetter = 0.6 // in scripts written without spaces
	minSeconds     = 1.0
	// FrameRate is how many pictures a second has. Durations are whole frames, as those of real
	// files.
	FrameRate = 25
	cueWords  = 8 // of a subtitle, about a line
)

// SpeechSeconds is how long a script takes to say; speed 1 is normal.
func SpeechSeconds(script string, speed float64) float64 {
	letters := 0
	spaced := strings.Map(func(c rune) rune {
		if unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai) {
			letters++
			return ' '
		}
		return c
	}, script)
	words := float64(len(strings.Fields(spaced))) + float64(letters)*wordsPerLetter
	length := max(words/wordsPerSecond/speed, minSeconds)
	return math.Round(length*FrameRate) / FrameRate
}

// Word is a word, and when it is said, in seconds.
type Word struct {
	Text       string
	Start, End float64
}

// SpreadWords spreads the words of a text evenly over a time.
func SpreadWords(text string, seconds float64) []Word {
	words := strings.Fields(text)
	out := make([]Word, len(words))
	for i, word := range words {
		out[i] = Word{word, seconds * float64(i) / float64(len(words)), seconds * float64(i+1) / float64(len(words))}
	}
	return out
}

// SRT makes subtitles of a text that is spread evenly over a time.
func SRT(text string, seconds float64) string { return cues(text, seconds, "", ",") }

// VTT is SRT in the format WebVTT.
func VTT(text string, seconds float64) string { return cues(text, seconds, "WEBVTT\n\n", ".") }

func cues(text string, seconds float64, head, point string) string {
	words := SpreadWords(text, seconds)
	var out strings.Builder
	out.WriteString(head)
	for from := 0; from < len(words); from += cueWords {
		line := words[from:min(from+cueWords, len(words))]
		fmt.Fprintf(&out, "%d\n%s --> %s\n", from/cueWords+1, cueTime(line[0].Start, point), cueTime(line[len(line)-1].End, point))
		for i, one := range line {
			if i > 0 {
				out.WriteByte(' ')
			}
			out.WriteString(one.Text)
		}
		out.WriteString("\n\n")
	}
	return out.String()
}

func cueTime(at float64, point string) string {
	ms := int64(at * 1000)
	return fmt.Sprintf("%02d:%02d:%02d%s%03d", ms/3600000, ms/60000%60, ms/1000%60, point, ms%1000)
}
