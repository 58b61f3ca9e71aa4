// Package colors reads colors as people and models write them, and gives each one spelling: #RRGGBB in
// upper case. It knows CSS's names and notations, and nothing of whoever takes the color.
package colors

import (
	"math"
	"strconv"
	"strings"
)

// Hex is a color as #RRGGBB. s is a name of CSS's, #rgb, #rrggbb, either with an alpha of full strength, the
// digits alone or after 0x, rgb(…) or hsl(…), or one of these as CSS sets it, color: #rrggbb;. Case and blanks do
// not count. ok is false for what is no opaque color.
func Hex(s string) (hex string, ok bool) {
	hex, ok = parse(s)
	return strings.ToUpper(hex), ok
}

// parse is Hex in lower case.
func parse(s string) (hex string, ok bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	s = strings.TrimSpace(strings.TrimRight(s, ";"))
	for _, before := range []string{"background-color:", "background:", "color:", "hex:", "solid "} {
		s = strings.TrimSpace(strings.TrimPrefix(s, before))
	}
	if name, known := names()[strings.NewReplacer(" ", "", "-", "", "_", "").Replace(s)]; known {
		return "#" + name, true
	}
	if head, rest, is := strings.Cut(s, "("); is && strings.HasSuffix(rest, ")") {
		return function(strings.TrimSpace(head), strings.TrimSuffix(rest, ")"))
	}
	digits, marked := strings.CutPrefix(s, "#")
	if !marked {
		digits = strings.TrimPrefix(s, "0x")
	}
	if strings.Trim(digits, "0123456789abcdef") != "" {
		return "", false
	}
	switch len(digits) {
	case 3, 4:
		if !marked {
			return "", false // 123 is a number, and fad a word
		}
		return opaque(doubled(digits))
	case 6, 8:
		return opaque(digits)
	}
	return "", false
}

// doubled writes each digit twice.
func doubled(digits string) string {
	var b strings.Builder
	for _, c := range digits {
		b.WriteRune(c)
		b.WriteRune(c)
	}
	return b.String()
}

// opaque is a color of six digits, or of eight of which the last two are of full strength.
func opaque(digits string) (hex string, ok bool) {
	if len(digits) == 6 {
		return "#" + digits, true
	}
	color, full := strings.CutSuffix(digits, "ff")
	if !full {
		return "", false
	}
	return "#" + color, true
}

// function reads what CSS writes as a function of numbers.
func function(name, inside string) (hex string, ok bool) {
	parts := strings.FieldsFunc(inside, func(c rune) bool { return strings.ContainsRune(" ,/", c) })
	if len(parts) == 4 {
		if alpha, known := fraction(parts[3], 1); !known || alpha != 1 {
			return "", false
		}
		parts = parts[:3]
	}
	if len(parts) != 3 {
		return "", false
	}
	var rgb [3]float64
	switch name {
	case "rgb", "rgba":
		for i, part := range parts {
			if rgb[i], ok = fraction(part, 255); !ok {
				return "", false
			}
		}
	case "hsl", "hsla":
		hue, err := strconv.ParseFloat(strings.TrimSuffix(parts[0], "deg"), 64)
		saturation, known := fraction(parts[1], 100)
		lightness, also := fraction(parts[2], 100)
		if err != nil || !known || !also {
			return "", false
		}
		for i, n := range []float64{0, 8, 4} {
			k := math.Mod(math.Mod(n+hue/30, 12)+12, 12)
			rgb[i] = lightness - saturation*min(lightness, 1-lightness)*max(-1, min(k-3, 9-k, 1))
		}
	default:
		return "", false
	}
	hex = "#"
	for _, part := range rgb {
		two := strconv.FormatInt(int64(math.Round(part*255)), 16)
		hex += strings.Repeat("0", 2-len(two)) + two
	}
	return hex, true
}

// fraction reads a number out of most, or a percentage, as a share from 0 to 1.
func fraction(s string, most float64) (part float64, ok bool) {
	digits, percent := strings.CutSuffix(s, "%")
	n, err := strconv.ParseFloat(digits, 64)
	if percent {
		most = 100
	}
	part = n / most
	return part, err == nil && part >= 0 && part <= 1
}
