package jobs

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"heygen-mcp/internal/ledger"
	"heygen-mcp/tools/args/spelling"
)

// sinceOf reads from when on something is wanted: a day or a time as people write them, a word for one such as
// yesterday, last_week or Monday, or how long ago it is: 7d, 2 hours, past 3 weeks. Days begin in UTC, and weeks on
// Monday. A day and a month in numbers that can be read both ways are several; of anything else there is one, or
// none where nobody means a time by it.
func sinceOf(s string, now time.Time) []time.Time {
	s = spelling.Narrow(spelling.Trim(s))
	if at, ok := exactly(s); ok {
		return []time.Time{at}
	}
	if rest, zone := withoutZone(s); zone != nil {
		return inZone(sinceOf(rest, onClockOf(zone, now)), zone)
	}
	if at, ok := duration(s, now); ok {
		return []time.Time{at}
	}
	text, clock := withoutClock(strings.ToLower(s))
	days, isDay := daysOf(text, now)
	if clock >= 0 {
		if !isDay && strings.TrimSpace(text) == "" {
			days, isDay = []time.Time{ledger.DayOf(now)}, true
		}
		if !isDay {
			return nil
		}
		for i := range days {
			days[i] = days[i].Add(clock)
		}
	}
	if isDay {
		return days
	}
	if at, ok := momentAgo(inEnglish(wordsOf(text)), now); ok {
		return []time.Time{at}
	}
	return nil
}

// exactly reads the forms that programs write: RFC 3339 and what is near it, and seconds or milliseconds since 1970.
func exactly(s string) (time.Time, bool) {
	for _, form := range []string{
		time.DateOnly, time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04",
		"2006-01-02T15:04Z07:00", "2006-01-02T15:04:05Z0700", "2006-01-02T15:04Z0700", "2006-01-02 15:04:05Z07:00", "20060102",
		"2006-01", time.RFC1123, time.RFC1123Z,
	} {
		if at, err := time.Parse(form, s); err == nil {
			return at.UTC(), true
		}
	}
	const seconds, milliseconds = 10, 13 // digits, from 2001 to 2286
	n, err := strconv.ParseInt(s, 10, 64)
	switch {
	case err != nil || n < 0:
	case len(s) == seconds:
		return time.Unix(n, 0).UTC(), true
	case len(s) == milliseconds:
		return time.UnixMilli(n).UTC(), true
	}
	return time.Time{}, false
}

// daysOf are the days that a text without a time of the clock means.
func daysOf(text string, now time.Time) ([]time.Time, bool) {
	words := inEnglish(wordsOf(text))
	words = slices.DeleteFunc(words, func(w string) bool { return w == "since" || w == "from" || w == "on" || w == "at" || w == "the" })
	if at, ok := namedDay(words, now); ok {
		return []time.Time{at}, true
	}
	days := calendarDays(text, words, now)
	return days, len(days) > 0
}

// namedDay is the beginning of what one or two words name by how it lies to today.
func namedDay(words []string, now time.Time) (time.Time, bool) {
	today := ledger.DayOf(now)
	monday := today.AddDate(0, 0, -(int(today.Weekday())+6)%7)
	first := today.AddDate(0, 0, 1-today.Day())
	switch strings.Join(words, " ") {
	case "now":
		return now, true
	case "today", "this day", "this morning", "midnight":
		return today, true
	case "yesterday":
		return today.AddDate(0, 0, -1), true
	case "day before yesterday":
		return today.AddDate(0, 0, -2), true
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
	case "last year", "previous year":
		return time.Date(today.Year()-1, 1, 1, 0, 0, 0, 0, time.UTC), true
	}
	return weekday(words, today)
}

// weekday is the latest day of a name up to today, or before today where it is said to be the last one.
func weekday(words []string, today time.Time) (time.Time, bool) {
	latest := 0
	if len(words) == 2 && (words[0] == "last" || words[0] == "previous" || words[0] == "past") {
		latest, words = 1, words[1:]
	} else if len(words) == 2 && words[0] == "this" {
		words = words[1:]
	}
	if len(words) != 1 {
		return time.Time{}, false
	}
	const week = 7
	for back := latest; back < latest+week; back++ {
		day := today.AddDate(0, 0, -back)
		name := strings.ToLower(day.Weekday().String())
		if words[0] == name || words[0] == name[:3] {
			return day, true
		}
	}
	return time.Time{}, false
}

// momentAgo is a moment that lies as long before now as words say: a number of units, one where there is no
// number. What goes around them, such as the last or ago, may be missing.
func momentAgo(words []string, now time.Time) (time.Time, bool) {
	words = slices.DeleteFunc(words, func(w string) bool {
		return slices.Contains([]string{"the", "last", "past", "previous", "in", "ago", "a", "an", "since", "from", "of"}, w)
	})
	half := len(words) > 1 && words[0] == "half"
	if half {
		words = words[1:]
	}
	n := 1
	if len(words) == 2 {
		var ok bool
		if n, ok = numberOf(words[0]); !ok {
			return time.Time{}, false
		}
		words = words[1:]
	}
	const most = 100_000 // of any unit; more is no time that anybody means
	if len(words) != 1 || n < 0 || n > most {
		return time.Time{}, false
	}
	if half {
		switch words[0] {
		case "hour", "h":
			return now.Add(-30 * time.Minute), true
		case "day":
			return now.Add(-12 * time.Hour), true
		}
		return time.Time{}, false
	}
	return momentBefore(now, n, words[0])
}

// momentBefore is the moment that lies so many units before another.
func momentBefore(now time.Time, n int, unit string) (time.Time, bool) {
	switch unit {
	case "m", "min", "mins", "minute", "minutes":
		return now.Add(-time.Duration(n) * time.Minute), true
	case "h", "hr", "hrs", "hour", "hours":
		return now.Add(-time.Duration(n) * time.Hour), true
	case "d", "day", "days":
		return now.AddDate(0, 0, -n), true
	case "w", "wk", "week", "weeks":
		return now.AddDate(0, 0, -7*n), true
	case "fortnight", "fortnights":
		return now.AddDate(0, 0, -14*n), true
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
