package jobs

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"heygen-mcp/internal/ledger"
)

// calendarDays are the days that a text names by the calendar: 28.11.2026, 2026/11/28, 28 Nov, November 28th, 2026,
// or a month alone, which begins on its first. Where the year is missing, it is the latest such day up to now. Numbers
// parted by slashes or dashes that are a day and a month both ways are both days, if both have been.
func calendarDays(text string, words []string, now time.Time) []time.Time {
	if m := numericDate().FindStringSubmatch(strings.TrimSpace(text)); m != nil {
		return numericDays(m[1], m[3], m[4], m[2], now)
	}
	month, day, year := 0, 0, 0
	for _, w := range words {
		n, err := strconv.Atoi(w)
		switch {
		case err == nil && year == 0 && (n >= 1970 || day > 0 && n < 100):
			year = fullYear(n)
		case err == nil && day == 0:
			day = n
		case err == nil:
			return nil
		case monthOf(w) > 0 && month == 0:
			month = monthOf(w)
		case slices.Contains([]string{"st", "nd", "rd", "th", "of", "the", "de", "del", "le", "begin", "beginning", "start"}, w):
		default:
			return nil
		}
	}
	switch {
	case year > 0 && year < 1970:
		return nil
	case month == 0 && day == 0 && year > 0:
		month = 1 // the year alone
	case month == 0:
		return nil
	}
	return dayOf(year, month, max(1, day), now)
}

// numericDate is a date in numbers: two of up to two digits and perhaps a year, or a year before the two.
func numericDate() *regexp.Regexp {
	return regexp.MustCompile(`^(\d{1,4})\s*([./-])\s*(\d{1,2})(?:\s*[./-]\s*(\d{2,4}))?\.?$`)
}

// numericDays reads a date in numbers. Dots part a day from the month behind it, everywhere they are used.
func numericDays(a, b, c, sep string, now time.Time) []time.Time {
	first, _ := strconv.Atoi(a)
	second, _ := strconv.Atoi(b)
	third, _ := strconv.Atoi(c)
	if len(a) > 2 {
		return dayOf(first, second, max(1, third), now)
	}
	year := 0
	if c != "" {
		year = fullYear(third)
	}
	days := dayOf(year, second, first, now)
	if sep != "." && first != second {
		days = append(days, dayOf(year, first, second, now)...)
	}
	if len(days) > 1 { // of two readings, nobody means the one that is yet to come
		days = slices.DeleteFunc(days, func(day time.Time) bool { return day.After(now) })
	}
	return days
}

// fullYear writes out a year of two digits.
func fullYear(n int) int {
	const century = 100
	if n < century {
		return 2000 + n
	}
	return n
}

// dayOf is one day, or none where the calendar has no such. A year of 0 is the one in which the day lies last.
func dayOf(year, month, day int, now time.Time) []time.Time {
	inYear := year
	if year == 0 {
		inYear = now.UTC().Year()
	}
	at := time.Date(inYear, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if at.Day() != day || int(at.Month()) != month || inYear < 1970 || inYear > 2999 {
		return nil
	}
	if year == 0 && at.After(ledger.DayOf(now)) {
		at = at.AddDate(-1, 0, 0)
	}
	return []time.Time{at}
}

// withoutClock takes the time of a clock out of a text, -1 where there is none: 14:30, 9am, 5 pm, 14 Uhr, noon.
func withoutClock(text string) (rest string, clock time.Duration) {
	for _, m := range clockTime().FindAllStringSubmatch(text, -1) {
		if m[2] == "" && m[3] == "" {
			continue // a bare number
		}
		hour, _ := strconv.Atoi(m[1])
		minute, _ := strconv.Atoi(m[2])
		switch {
		case m[3] == "pm" && hour < 12:
			hour += 12
		case m[3] == "am" && hour == 12:
			hour = 0
		}
		if hour < 24 && minute < 60 {
			return strings.Replace(text, m[0], " ", 1), time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute
		}
	}
	if rest, ok := strings.CutSuffix(strings.TrimSpace(text), "noon"); ok {
		return rest, 12 * time.Hour
	}
	return text, -1
}

// clockTime is an hour with minutes, or with what says that it is one.
func clockTime() *regexp.Regexp {
	return regexp.MustCompile(`(?:\b(?:at|um|ab)\s+)?\b(\d{1,2})(?::(\d{2})(?::\d{2})?)?\s*(am\b|pm\b|uhr\b|utc\b)?`)
}

// duration is the moment that lies as long before now as an ISO 8601 duration says: P7D, PT2H.
func duration(s string, now time.Time) (time.Time, bool) {
	m := regexp.MustCompile(`^[Pp](?:(\d{1,4})([YyMmWwDd]))?(?:[Tt](\d{1,5})([HhMm]))?$`).FindStringSubmatch(s)
	if m == nil || m[1]+m[3] == "" {
		return time.Time{}, false
	}
	if m[1] != "" {
		n, _ := strconv.Atoi(m[1])
		unit := strings.ToLower(m[2])
		if unit == "m" {
			unit = "mo"
		}
		now, _ = momentBefore(now, n, unit)
	}
	if m[3] != "" {
		n, _ := strconv.Atoi(m[3])
		now, _ = momentBefore(now, n, strings.ToLower(m[4]))
	}
	return now, true
}
