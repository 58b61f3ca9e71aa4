package database

import "time"

// Times are stored as milliseconds since 1970, in UTC, in which both databases count alike.

// Millis writes a time; the zero time is 0.
func Millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// TimeOf reads what Millis wrote.
func TimeOf(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
