package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// vocabularyFault finds in an answer of any tool, at any depth, a time that is not RFC 3339 in UTC to the
// second, and a state that is none of the six, nor that of an unknown id. The variables of a
// template are its user's own.
func vocabularyFault(v any) error {
	switch t := v.(type) {
	case map[string]any:
		for name, m := range t {
			text, _ := m.(string)
			switch {
			case name == "variables":
				continue
			case strings.HasSuffix(name, "_at") && !regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`).MatchString(text):
				return fmt.Errorf("%s is %v, want a time such as 2026-11-28T18:24:25Z", name, m)
			case name == "state" && !slices.Contains([]string{"pending", "running", "needs_input", "done", "failed", "canceled", "unknown"}, text):
				return fmt.Errorf("state is %v, want one of the six", m)
			}
			if err := vocabularyFault(m); err != nil {
				return err
			}
		}
	case []any:
		for _, m := range t {
			if err := vocabularyFault(m); err != nil {
				return err
			}
		}
	}
	return nil
}

// TestWords holds that the check that the calls of every tool go through can fail.
func TestWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		value any
		fails bool
	}{
		{"created_at", "2026-11-28T18:24:25Z", false},
		{"created_at", 1795890265.0, true},
		{"created_at", "2026-11-28T18:24:25.5Z", true},
		{"created_at", "2026-11-28T18:24:25+00:00", true},
		{"start_time", 1.5, false},
		{"state", "done", false},
		{"state", "completed", true},
	} {
		err := vocabularyFault(map[string]any{"items": []any{map[string]any{c.name: c.value}}})
		if (err != nil) != c.fails {
			t.Errorf("%s %v: got %v, want an error: %v", c.name, c.value, err, c.fails)
		}
	}
}
