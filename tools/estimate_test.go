package tools

import (
	"strings"
	"testing"
)

// TestSpokenSeconds holds that a script without spaces is not taken for one word.
func TestSpokenSeconds(t *testing.T) {
	t.Parallel()
	for script, want := range map[string]float64{
		"Hi.":                        1,
		strings.Repeat("word ", 150): 60,
		strings.Repeat("你好", 120):    60,
	} {
		if got := spokenSeconds(script, 1); got != want {
			t.Errorf("%.12s: %v s, want %v", script, got, want)
		}
	}
	if got := spokenSeconds(strings.Repeat("word ", 150), 1.5); got != 40 {
		t.Errorf("at 1.5: %v s", got)
	}
}
