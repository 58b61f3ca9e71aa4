package sandbox

import (
	"math"
	"strings"
	"time"
	"unicode"
)

const (
	// maxJobs is how many jobs a pay-as-you-go account may have at once.
	maxJobs = 10

	pendingSeconds    = 5.0
	processingSeconds = 30.0 // and as long again as the video lasts
	wordsPerSecond    = 2.5  // a calm speaker
	wordsPerLetter    = 0.6  // in scripts written without spaces
	audioSeconds      = 12.0 // audio is not fetched, so its length is a guess
	minSeconds        = 1.0
	frameRate         = 25 // durations are whole frames, as a real file's are
)

// video is one job and what came of it. Only its creation writes to it.
type video struct {
	id, title, script string
	owner             *account
	serial            int64 // its place in lists
	oauth             bool
	fails             bool
	captions          bool // burned in
	seconds           float64
	price             int64 // millionths of a dollar
	created           time.Time
	starts, ends      time.Time // from pending to processing, and to the end
}

// schedule works out when a job that begins now moves on.
func (v *video) schedule(now time.Time, speed float64) {
	v.created = now
	v.starts = now.Add(seconds(pendingSeconds / speed))
	v.ends = v.starts.Add(seconds((processingSeconds + v.seconds) / speed))
}

func seconds(n float64) time.Duration { return time.Duration(n * float64(time.Second)) }

// status is a job's state at a time. A create answers "waiting" by itself; a
// later look never shows that word.
func (v *video) status(now time.Time) string {
	switch {
	case now.Before(v.starts):
		return "pending"
	case now.Before(v.ends):
		return "processing"
	case v.fails:
		return "failed"
	}
	return "completed"
}

// credits is a price in credits of a web plan, of which a part counts whole.
func (v *video) credits() int64 { return (v.price + premiumUSD - 1) / premiumUSD }

// price is v3's price of a video in millionths of a dollar.
func price(engine, kind string, length float64) int64 {
	perSecond := 0.0667
	switch {
	case engine == engineIII && kind == photoAvatar:
		perSecond = 0.0433
	case engine == engineIII:
		perSecond = 0.0167
	case engine == engineIV && kind == photoAvatar:
		perSecond = 0.05
	}
	return int64(math.Round(length * perSecond * microUSD))
}

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
