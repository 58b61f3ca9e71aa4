package edge

import (
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
