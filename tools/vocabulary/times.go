package vocabulary

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// millisecondsFrom is the least number that is taken for milliseconds: as seconds it is the year
// 5138. secondsFrom is the least that is taken for a time at all, 2001: a smaller number counts
// something.
const secondsFrom, millisecondsFrom = 1_000_000_000, 100_000_000_000

// withTimes writes every time in v3's data in one form, RFC 3339 in UTC to the second, at every
// depth. HeyGen sends Unix seconds in most answers, and ISO 8601 with and without a zone and
// fractions of a second in others. A time is known by its name, which ends in _at; start_time and
// the like are seconds into a file. What is in none of these forms stays as it came.
func withTimes(v any) {
	switch t := v.(type) {
	case map[string]any:
		for name, m := range t {
			switch {
			case isFree(name):
			case IsTime(name):
				tellTime(t, name)
			default:
				withTimes(m)
			}
		}
	case []any:
		for _, m := range t {
			withTimes(m)
		}
	}
}

// WithTimesBut is withTimes for all but some members of an object, which stay as they came.
func WithTimesBut(v any, verbatim []string) {
	object, ok := v.(map[string]any)
	if !ok || len(verbatim) == 0 {
		withTimes(v)
		return
	}
	for name := range object {
		if !slices.Contains(verbatim, name) {
			one := map[string]any{name: object[name]}
			withTimes(one)
			if object[name] = one[name]; one[name] == nil {
				delete(object, name)
			}
		}
	}
}

// IsTime reports whether a member of this name is a time.
func IsTime(name string) bool { return strings.HasSuffix(name, "_at") }

// isFree reports whether the content of a member of this name is a user's or anybody's, with names
// of their own: the variables of a template, the values and settings of a workflow, what a resource
// of an agent is described with, the headers of an upload.
func isFree(name string) bool {
	switch name {
	case "variables", "value", "config", "config_schema", "meta", "metadata", "upload_headers":
		return true
	}
	return false
}

// tellTime rewrites one time. A time of 0 tells as much as null, and is dropped as that is.
func tellTime(object map[string]any, name string) {
	switch v := object[name].(type) {
	case json.Number:
		n, err := v.Float64()
		switch {
		case err != nil:
		case n == 0:
			delete(object, name)
		case n >= millisecondsFrom:
			object[name] = timeText(time.UnixMilli(int64(n)))
		case n >= secondsFrom:
			object[name] = timeText(time.Unix(int64(n), 0))
		}
	case string:
		for _, form := range [...]string{
			time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04:05Z0700",
			"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05", time.DateOnly,
		} {
			// A zone that is missing is UTC; fractions of a second are read in every form.
			if at, err := time.Parse(form, v); err == nil {
				object[name] = timeText(at)
				return
			}
		}
	default:
		withTimes(v)
	}
}

// timeText is a time as every answer tells it.
func timeText(at time.Time) string { return at.UTC().Format(time.RFC3339) }
