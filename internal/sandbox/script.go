package sandbox

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
	frameRate      = 25 // durations are whole frames, as a real file's are
	cueWords       = 8  // of a subtitle, about a line
)

// estimate is how long a script takes to say.
func estimate(script string, speed float64) float64 {
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
	return math.Round(length*frameRate) / frameRate
}

// spoken is a word and when it is said.
type spoken struct {
	word       string
	start, end float64
}

// spread gives every word of a text its part of the time.
func spread(text string, seconds float64) []spoken {
	words := strings.Fields(text)
	out := make([]spoken, len(words))
	for i, word := range words {
		out[i] = spoken{word, seconds * float64(i) / float64(len(words)), seconds * float64(i+1) / float64(len(words))}
	}
	return out
}

// subtitlesSRT and subtitlesVTT spread a text evenly over its time.
func subtitlesSRT(text string, seconds float64) string { return cues(text, seconds, "", ",") }

func subtitlesVTT(text string, seconds float64) string { return cues(text, seconds, "WEBVTT\n\n", ".") }

func cues(text string, seconds float64, head, point string) string {
	words := spread(text, seconds)
	var out strings.Builder
	out.WriteString(head)
	for from := 0; from < len(words); from += cueWords {
		line := words[from:min(from+cueWords, len(words))]
		fmt.Fprintf(&out, "%d\n%s --> %s\n", from/cueWords+1, cueTime(line[0].start, point), cueTime(line[len(line)-1].end, point))
		for i, one := range line {
			if i > 0 {
				out.WriteByte(' ')
			}
			out.WriteString(one.word)
		}
		out.WriteString("\n\n")
	}
	return out.String()
}

func cueTime(at float64, point string) string {
	ms := int64(at * 1000)
	return fmt.Sprintf("%02d:%02d:%02d%s%03d", ms/3600000, ms/60000%60, ms/1000%60, point, ms%1000)
}
