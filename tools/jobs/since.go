package jobs

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"heygen-mcp/internal/ledger"
	"heygen-mcp/tools/args"
)

// sinceOf reads from when on something is wanted: a day or a time, a word for one such as yesterday or
// last_week, or how long ago it is: 7d, 2 hours, past 3 weeks. Days begin in UTC, and weeks on Monday.
func sinceOf(s string, now time.Time) (since time.Time, ok bool) {
	s = args.Trim(s)
	if at, ok := unix(s); ok {
		return at, true
	}
	// With points the day comes first everywhere; with strokes that depends on where one is.
	forms := []string{time.DateOnly, time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", "2006/1/2", "2.1.2006"}
	for _, form := range forms {
		if at, err := time.Parse(form, s); err == nil {
			return at, true
		}
	}
	words := slices.DeleteFunc(wordsOf(s), func(w string) bool { return w == "since" || w == "from" })
	today := ledger.DayOf(now)
	monday := today.AddDate(0, 0, -(int(today.Weekday())+6)%7)
	first := today.AddDate(0, 0, 1-today.Day())
	switch strings.Join(words, " ") {
	case "now":
		return now, true
	case "today", "this day":
		return today, true
	case "yesterday":
		return today.AddDate(0, 0, -1), true
	case "this week":
		return monday, true
	case "last week", "previous week":
		return monday.AddDate(0, 0, -7), true
	case "this month":
		return first, true
	case "last month", "previous month":
		return first.AddDate(0, -1, 0), true
	case "this year":
		return time.Date(today.Year(), 1, 1, 0, 0, 0, 0, time.UTC), true
	}
	return ago(words, now)
}

// unix reads the seconds or milliseconds since 1970 of a time of our days, as HeyGen's own API has them.
func unix(s string) (time.Time, bool) {
	const seconds, millis = 10, 13 // digits, until the year 2286
	n, err := strconv.ParseInt(s, 10, 64)
	switch {
	case err != nil || n < 0:
	case len(s) == seconds:
		return time.Unix(n, 0).UTC(), true
	case len(s) == millis:
		return time.UnixMilli(n).UTC(), true
	}
	return time.Time{}, false
}

// ago is a moment that lies as long before now as words say: a number of units, one where there is no
// number. What goes around them, such as the last or ago, may be missing.
func ago(words []string, now time.Time) (time.Time, bool) {
	words = slices.DeleteFunc(words, func(w string) bool {
		return slices.Contains([]string{"the", "last", "past", "previous", "in", "ago", "a", "an"}, w)
	})
	n := 1
	if len(words) == 2 {
		var err error
		if n, err = strconv.Atoi(words[0]); err != nil {
			return time.Time{}, false
		}
		words = words[1:]
	}
	const most = 100_000 // of any unit; more is no time that anybody means
	if len(words) != 1 || n < 0 || n > most {
		return time.Time{}, false
	}
	switch unit := words[0]; unit {
	case "m", "min", "mins", "minute", "minutes":
		return now.Add(-time.Duration(n) * time.Minute), true
	case "h", "hr", "hrs", "hour", "hours":
		return now.Add(-time.Duration(n) * time.Hour), true
	case "d", "day", "days":
		return now.AddDate(0, 0, -n), true
	case "w", "wk", "week", "weeks":
		return now.AddDate(0, 0, -7*n), true
	case "mo", "month", "months":
		return now.AddDate(0, -n, 0), true
	case "y", "year", "years":
		return now.AddDate(-n, 0, 0), true
	}
	return time.Time{}, false
}

// wordsOf parts a text into words and numbers in lower case, 7d into two.
func wordsOf(s string) []string {
	var words []string
	var last func(rune) bool
	for _, c := range strings.ToLower(s) {
		kind := unicode.IsLetter
		if unicode.IsDigit(c) {
			kind = unicode.IsDigit
		} else if !unicode.IsLetter(c) {
			last = nil
			continue
		}
		if last == nil || !last(c) {
			words = append(words, "")
		}
		words[len(words)-1] += string(c)
		last = kind
	}
	return words
}
