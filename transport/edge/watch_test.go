package edge

import (
	"strings"
	"testing"
)

// TestTheFirstCodeCounts holds which code a message is said to have ended with.
func TestTheFirstCodeCounts(t *testing.T) {
	t.Parallel()
	for want, codes := range map[string][]int{"": {0}, "-32600": {0, -32600, -32601}, "7": {7, 0}} {
		told := "none"
		e := &ending{told: func(code string) { told = code }}
		for _, code := range codes {
			e.failed(code)
		}
		if e.over(); told != want {
			t.Errorf("after the codes %v it is %q, want %q", codes, told, want)
		}
	}
	var nobody *ending
	nobody.failed(1)
	nobody.over()
}

// TestHarmless holds which names of clients are told to operators.
func TestHarmless(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"azAZ09": true, "A client (1.0)": true, "a`b": false, "a{b": false, "a[b": false, "ä": false, "a\nb": false, "a;b": false,
		strings.Repeat("z", 64): true, strings.Repeat("z", 65): false,
	} {
		if got := harmless(name); (got == name) != want || !want && got != "" {
			t.Errorf("%q is told as %q, want it told: %t", name, got, want)
		}
	}
}
