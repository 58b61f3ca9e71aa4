package keepalive

import "testing"

// TestWhoeverElseClosesMeansIt holds that a connection that net/http closes on leaving it waits, unless somebody else
// closes it meanwhile.
func TestWhoeverElseClosesMeansIt(t *testing.T) {
	t.Parallel()
	for closes, want := range map[int]bool{1: true, 2: false} {
		c := &conn{phase: leaving}
		for range closes {
			if err := c.Close(); err != nil {
				t.Fatal(err)
			}
		}
		if got := c.wait(); got != want {
			t.Errorf("closed %d times it waits: got %t, want %t", closes, got, want)
		}
	}
}
