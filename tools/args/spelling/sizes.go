package spelling

import (
	"encoding/json"
	"heygen-mcp/internal/lazyregexp"
	"math"
	"strconv"
	"strings"
)

// twoSides is a width and a height, in pixels or as parts of a ratio: 1920x1080, 16 by 9, 1.78:1.
var twoSides = lazyregexp.New(`^\D*?(\d+(?:\.\d+)?)\s*(?:px|pixels?)?\s*(?:x|×|\*|:|∶|/|-|_|by|to|zu|,|\s)\s*(\d+(?:\.\d+)?)\s*(?:px|pixels?)?\D*$`)

// sidesOf are the width and the height that a text has, in pixels; ok is false for what is no size.
func sidesOf(text string) (width, height float64, ok bool) {
	m := twoSides().FindStringSubmatch(strings.ToLower(text))
	if m == nil {
		return 0, 0, false
	}
	width, err := strconv.ParseFloat(m[1], 64)
	height, err2 := strconv.ParseFloat(m[2], 64)
	return width, height, err == nil && err2 == nil && width > 0 && height > 0
}

// The sides of a size are at least leastPixels, and the parts of a ratio at most mostParts; what is between is neither.
const leastPixels, mostParts = 100, 40

// ofShape is the ratio among choices of which a size is, or that is said in other words: 9:16 of 1080x1920, 16:9 of
// 1366x768, 16 by 9 and 1.78. Sizes are of whole pixels, so that they are near it and not of it.
func ofShape(word string, choices []string) (string, bool) {
	width, height, ok := sidesOf(word)
	if n, err := strconv.ParseFloat(word, 64); err == nil && n > 0 && n < 4 {
		width, height, ok = n, 1, true
	}
	inPixels := width >= leastPixels && height >= leastPixels
	if !ok || !inPixels && (width > mostParts || height > mostParts) {
		return "", false
	}
	const near = 0.025 // 2560x1080 is sold as 21:9
	return OnlyOne(choices, func(c string) bool {
		w, h, isRatio := sidesOf(c)
		return isRatio && strings.Contains(c, ":") && math.Abs(width/height/(w/h)-1) < near
	})
}

// lineCount is a number of lines: 1080p, 1080 px, 1080i.
var lineCount = lazyregexp.New(`^(\d{3,4})\s*(?:p|i|px|pixels?|lines)?$`)

// ofHeight is the resolution among choices that a size or a number of lines has: 1080p of 1920x1080 and of 1080x1920.
func ofHeight(word string, choices []string) (string, bool) {
	lines := linesOf(word)
	if width, height, ok := sidesOf(word); ok && min(width, height) >= leastPixels {
		lines = min(width, height)
	}
	if lines == 0 {
		return "", false
	}
	return OnlyOne(choices, func(c string) bool { return linesOf(c) == lines })
}

// linesOf is how many lines a resolution has, 0 where the word is none.
func linesOf(word string) float64 {
	word = strings.ToLower(strings.TrimSpace(word))
	switch word {
	case "2k":
		return 1440
	case "4k":
		return 2160
	}
	m := lineCount().FindStringSubmatch(word)
	if m == nil {
		return 0
	}
	n, err := strconv.ParseFloat(m[1], 64)
	if err != nil {
		return 0
	}
	return n
}

// ofLength is the length among choices that a time is, as people write it: 2min of 2 minutes, 120s and 2:00. A number
// alone is in the unit of the choices, and from a minute on in seconds.
func ofLength(word string, choices []string) (string, bool) {
	text := InDigits(strings.ToLower(strings.Join(strings.Fields(word), "")))
	if n, err := strconv.Atoi(text); err == nil {
		c, ok := OnlyOne(choices, func(c string) bool {
			_, isLength := TimeSpan(c)
			return isLength && strings.TrimRight(c, "abcdefghijklmnopqrstuvwxyz") == text
		})
		const minute = 60
		if ok || n < minute {
			return c, ok
		}
		text += "s"
	}
	seconds, ok := TimeSpan(text)
	if !ok {
		if seconds, ok = ClockTime(text); !ok {
			return "", false
		}
	}
	return OnlyOne(choices, func(c string) bool {
		length, isLength := TimeSpan(c)
		return isLength && length == seconds
	})
}

// Size is the text of a size that is sent as an object, or as a list of its two sides.
func Size(v any) (string, bool) {
	var sides []any
	switch t := v.(type) {
	case []any:
		sides = t
	case map[string]any:
		for _, names := range [][2]string{{"width", "height"}, {"w", "h"}, {"x", "y"}} {
			if t[names[0]] != nil && t[names[1]] != nil && len(t) == len(names) {
				sides = []any{t[names[0]], t[names[1]]}
			}
		}
	}
	if len(sides) != 2 {
		return "", false
	}
	var texts [2]string
	for i, side := range sides {
		switch s := side.(type) {
		case json.Number:
			texts[i] = s.String()
		case string:
			texts[i] = Trim(s)
		}
		if _, err := strconv.ParseFloat(texts[i], 64); err != nil {
			return "", false
		}
	}
	return texts[0] + "x" + texts[1], true
}
