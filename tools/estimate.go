package tools

import (
	"math"
	"strings"
	"unicode"

	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/prices"
)

// estimated is what a video is likely to take and cost; what is not known is nil.
type estimated struct {
	Seconds *float64 `json:"estimated_duration_seconds"`
	engine.Cost
}

// recorded is the estimate as the engine holds and records it.
func (e estimated) recorded() engine.Estimate {
	out := engine.Estimate{Low: e.CostUSD, High: e.CostUSD, Seconds: e.Seconds}
	if e.CostUSD != nil && e.Seconds != nil {
		out.PerSecond = *e.CostUSD / *e.Seconds
	}
	return out
}

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

// estimate is what speech is likely to cost and take.
func estimate(s *saying, avatarEngine string, resolution *string) (e estimated) {
	if seconds, known := s.seconds(); known {
		e.Seconds = new(math.Round(seconds*10) / 10)
		e.CostUSD = new(prices.Cents(seconds * prices.VideoSecond(avatarEngine, is4K(resolution))))
	}
	return e
}

// is4K reports whether a video is to be in 4K.
func is4K(resolution *string) bool { return resolution != nil && *resolution == "4k" }

// perMinute is what a minute of a video costs, for outputs of tools that cannot know how long it will be.
type perMinute struct {
	PerMinuteUSD *float64 `json:"usd_per_minute"`
}

// ofMinute is what a minute costs at a rate, for all n of what is made of it.
func ofMinute(rate float64, n int) perMinute {
	return perMinute{new(prices.Cents(rate * float64(n)))}
}
