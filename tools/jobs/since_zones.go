package jobs

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // the image is empty but for the program, and has no time zones
)

// withoutZone takes the time zone from the end of a text, as people say it: Europe/Berlin, CET, UTC+2. Where none is
// said, or one that is not known, zone is nil.
func withoutZone(s string) (rest string, zone *time.Location) {
	m := regexp.MustCompile(`^(.*?[\d\s])\s*[(\[]?([A-Za-z]{2,4}|[A-Z][A-Za-z_]+/[A-Za-z_/+-]+|(?:UTC|GMT)\s?[+-]\d{1,2}(?::?\d{2})?)[)\]]?$`).FindStringSubmatch(s)
	if m == nil {
		return s, nil
	}
	rest = strings.TrimSpace(m[1])
	name := strings.ToUpper(m[2])
	if hours, ok := zoneHours()[name]; ok {
		return rest, time.FixedZone(name, int(hours*3600))
	}
	if sign := strings.IndexAny(name, "+-"); sign > 0 && !strings.Contains(name, "/") {
		return rest, offsetZone(name[sign:])
	}
	if zone, err := time.LoadLocation(m[2]); err == nil && strings.Contains(m[2], "/") {
		return rest, zone
	}
	return s, nil
}

// offsetZone is the zone of an offset such as +2, -05:30 or +0530; nil where there is no such.
func offsetZone(offset string) *time.Location {
	digits := strings.Replace(offset[1:], ":", "", 1)
	minutes := 0
	if len(digits) > 2 {
		minutes, _ = strconv.Atoi(digits[len(digits)-2:])
		digits = digits[:len(digits)-2]
	}
	hours, err := strconv.Atoi(digits)
	if err != nil || hours > 14 || minutes > 59 {
		return nil
	}
	seconds := hours*3600 + minutes*60
	if offset[0] == '-' {
		seconds = -seconds
	}
	return time.FixedZone(offset, seconds)
}

// zoneHours are the abbreviations of zones with the hours that they are ahead of UTC. Of those that several zones have,
// the one is meant that most people live in or write to software about.
func zoneHours() map[string]float64 {
	return map[string]float64{
		"UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3, "IST": 5.5, "SGT": 8,
		"HKT": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "BRT": -3, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7,
		"MDT": -6, "PST": -8, "PDT": -7,
	}
}

// onClockOf is a moment as the clocks of a zone show it, told in UTC.
func onClockOf(zone *time.Location, at time.Time) time.Time {
	_, ahead := at.In(zone).Zone()
	return at.UTC().Add(time.Duration(ahead) * time.Second)
}

// inZone are moments that were read off the clocks of a zone.
func inZone(read []time.Time, zone *time.Location) []time.Time {
	for i, at := range read {
		read[i] = time.Date(at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second(), at.Nanosecond(), zone).UTC()
	}
	return read
}
