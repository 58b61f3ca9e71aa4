package forms

import (
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"heygen-mcp/internal/lazyregexp"
	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/args/spelling"
)

// foldNumber reads a number as people write it: with the unit that its argument has anyway, as a share in percent, as
// the time of a clock or in hours, minutes and seconds where seconds are due, with a comma for the point, or as a word.
// What is none of these stays as it is.
func foldNumber(f *inputs.Field, s string) string {
	s = spelling.Narrow(spelling.Trim(s))
	if s == "" || json.Valid([]byte(s)) {
		return s
	}
	text := spelling.InDigits(strings.ToLower(strings.Join(strings.Fields(s), "")))
	text = strings.TrimPrefix(strings.TrimSuffix(strings.TrimLeft(text, "~≈"), "."), "+")
	if zeros := strings.TrimLeft(text, "0"); zeros != "" && zeros[0] >= '1' && zeros[0] <= '9' && !spelling.IsClock(text) {
		text = zeros // 05, as a form with two digits sends it
	}
	if f.IsTime() {
		if seconds, ok := spelling.TimeSpan(text); ok {
			return strconv.FormatFloat(seconds, 'g', 12, 64)
		}
	}
	factor := 1.0
	for _, unit := range units(f) {
		if rest, ok := strings.CutPrefix(text, unit.word); ok && unit.before {
			text = rest
			break
		}
		if rest, ok := strings.CutSuffix(text, unit.word); ok && !unit.before {
			text, factor = rest, unit.factor
			break
		}
	}
	if f.IsTime() {
		if seconds, ok := spelling.ClockTime(text); ok {
			return strconv.FormatFloat(seconds, 'f', -1, 64)
		}
	}
	isWhole := f.Type.Kind() != reflect.Float64
	switch {
	case isWhole && thousands().MatchString(text):
		text = strings.ReplaceAll(text, ",", "")
	case !isWhole && decimalComma().MatchString(text):
		text = strings.Replace(text, ",", ".", 1)
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || !json.Valid([]byte(text)) {
		return s
	}
	if factor == 1 {
		return text
	}
	return strconv.FormatFloat(n*factor, 'g', 12, 64)
}

// unit is a word that stands at a number, and what the number is to be multiplied by.
type unit struct {
	word   string
	factor float64
	before bool
}

// units are those of an argument, longer words before those that they end with.
func units(f *inputs.Field) (all []unit) {
	last := f.Name[strings.LastIndexByte(f.Name, '_')+1:]
	switch {
	case last == "usd":
		all = []unit{{"us$", 1, true}, {"usd", 1, true}, {"$", 1, true}, {"dollars", 1, false}, {"dollar", 1, false}, {"usd", 1, false}, {"$", 1, false}}
	case f.IsTime():
		all = []unit{
			{"sekunden", 1, false}, {"sekunde", 1, false}, {"sek", 1, false}, {"segundos", 1, false}, {"segundo", 1, false},
			{"secondes", 1, false}, {"secondi", 1, false}, {"秒", 1, false}, {"초", 1, false}, {"minuten", 60, false}, {"minutos", 60, false},
			{"分钟", 60, false}, {"分", 60, false},
			{"minutes", 60, false}, {"minute", 60, false}, {"mins", 60, false}, {"min", 60, false}, {"seconds", 1, false},
			{"second", 1, false}, {"secs", 1, false}, {"sec", 1, false}, {"ms", 0.001, false}, {"s", 1, false}, {"m", 60, false},
		}
	case last == "speed":
		all = []unit{{"x", 1, false}, {"×", 1, false}}
	case last == "fps":
		all = []unit{{"fps", 1, false}, {"p", 1, false}, {"hz", 1, false}, {"framespersecond", 1, false}, {"frames/s", 1, false}}
	case slices.Contains([]string{"width", "height", "size"}, last):
		all = []unit{{"pixels", 1, false}, {"px", 1, false}}
	}
	const share = 2 // the most that is a share and no percentage: a speed of 1.5 is 150 %
	if f.Max != nil && *f.Max <= share {
		all = append(all, unit{"%", 0.01, false})
	} else if f.Max != nil && *f.Max == 100 {
		all = append(all, unit{"%", 1, false})
	}
	return all
}

// thousands is a whole number whose thousands are parted, and decimalComma one that has a comma for the point.
var thousands = lazyregexp.New(`^\d{1,3}(,\d{3})+$`)
var decimalComma = lazyregexp.New(`^-?\d+,\d{1,2}$`)
