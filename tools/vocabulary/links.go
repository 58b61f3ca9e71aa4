package vocabulary

import (
	"strconv"
	"strings"
	"time"
)

// AddLinkExpiry adds to an answer when the first of its signed links ends, if the links say so: an
// agent that hands a link on can then say how long it works.
func AddLinkExpiry(res map[string]any) {
	var first time.Time
	var look func(v any)
	look = func(v any) {
		switch t := v.(type) {
		case map[string]any:
			for _, m := range t {
				look(m)
			}
		case []any:
			for _, m := range t {
				look(m)
			}
		case string:
			if at, ok := linkEnds(t); ok && (first.IsZero() || at.Before(first)) {
				first = at
			}
		}
	}
	look(res)
	if !first.IsZero() {
		res["links_expire_at"] = timeText(first)
	}
}

// linkEnds reads the end of a signed link from the parameters that object stores and content
// networks write: a time (CloudFront and others), or a date and a lifetime (AWS, Google). A number
// that would be a time before 2001 is something else, such as a lifetime.
func linkEnds(link string) (time.Time, bool) {
	if !strings.HasPrefix(link, "https://") && !strings.HasPrefix(link, "http://") {
		return time.Time{}, false
	}
	_, query, ok := strings.Cut(link, "?")
	if !ok {
		return time.Time{}, false
	}
	for _, name := range [...]string{"Expires", "expires"} {
		value := parameter(query, name)
		if value == "" {
			continue
		}
		if at, err := strconv.ParseInt(value, 10, 64); err == nil && at >= 1_000_000_000 {
			return time.Unix(at, 0), true
		}
	}
	for _, store := range [...]string{"X-Amz-", "X-Goog-"} {
		if !strings.Contains(query, store) {
			continue
		}
		signed, err := time.Parse("20060102T150405Z", parameter(query, store+"Date"))
		life, errLife := strconv.Atoi(parameter(query, store+"Expires"))
		if err == nil && errLife == nil {
			return signed.Add(time.Duration(life) * time.Second), true
		}
	}
	return time.Time{}, false
}

// parameter is the first value that a query has for a name, as it is spelt: times and lifetimes have nothing to escape.
func parameter(query, name string) string {
	for pair := range strings.SplitSeq(query, "&") {
		if rest, named := strings.CutPrefix(pair, name); named && strings.HasPrefix(rest, "=") {
			return rest[1:]
		}
	}
	return ""
}
