package tools

import (
	"math"
	"strings"
	"unicode"

	"heygen-mcp/tools/prices"
)

// The pace of ordinary narration, for words and for the characters of scripts without spaces.
const (
	wordsPerSecond      = 2.5
	charactersPerSecond = 4.0
)

// spokenSeconds is about how long a script takes to say at a speed, 1 being the usual.
func spokenSeconds(script string, speed float64) float64 {
	dense := 0.0 // characters that are a syllable or a word each
	spaced := strings.Map(func(c rune) rune {
		if unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer) {
			dense++
			return ' '
		}
		return c
	}, script)
	seconds := (float64(len(strings.Fields(spaced)))/wordsPerSecond + dense/charactersPerSecond) / speed
	return max(1, seconds)
}

// estimate adds what speech is likely to cost and take.
func estimate(res map[string]any, s *saying, engine string, resolution *string) {
	if seconds, known := s.seconds(); known {
		res["estimated_duration_seconds"] = math.Round(seconds*10) / 10
		res["estimated_cost_usd"] = prices.Cents(seconds * prices.VideoSecond(engine, is4K(resolution)))
	}
}

// is4K reports whether a video is to be in 4K.
func is4K(resolution *string) bool { return resolution != nil && *resolution == "4k" }

// perMinute adds what a minute of a video costs at a rate, for all n of what is made of it: how long it is, is not known
// before it is made.
func perMinute(res map[string]any, rate float64, n int) {
	res["usd_per_minute"] = prices.Cents(rate * float64(n))
}
