package spelling

import "testing"

// TestTimes holds how many seconds a clock and a span tell, and what is neither.
func TestTimes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text        string
		clock, span float64 // -1 for none
	}{
		{"1:30", 90, -1}, {"01:02:03.5", 3723.5, -1}, {"100:00", 6000, -1}, {"1:60", -1, -1}, {"1:2:3:4", -1, -1}, {"1:3", -1, -1},
		{"1m30s", -1, 90}, {"pt2m", -1, 120}, {"1h", -1, 3600}, {"1hour,2minutesand3seconds", -1, 3723}, {"1.5m", -1, 90}, {"2′30″", -1, 150},
		{"", -1, -1}, {"pt", -1, -1}, {"90", -1, -1}, {"1s30m", -1, -1},
	} {
		clock, isClock := ClockTime(c.text)
		if isClock != (c.clock >= 0) || isClock && clock != c.clock || IsClock(c.text) != isClock {
			t.Errorf("%q is %v on a clock, %t; want %v", c.text, clock, isClock, c.clock)
		}
		span, isSpan := TimeSpan(c.text)
		if isSpan != (c.span >= 0) || isSpan && span != c.span {
			t.Errorf("%q is a span of %v, %t; want %v", c.text, span, isSpan, c.span)
		}
	}
}

// TestInDigits holds which words at the beginning of a text are numbers.
func TestInDigits(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"two": "2", "twominutes": "2minutes", "zero": "0", "ninety": "90", "sixteen": "16", "sixty": "60", "tenseconds": "10seconds",
		"sixhundred": "sixhundred", "": "", "7": "7", "atwo": "atwo",
	} {
		if got := InDigits(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}
