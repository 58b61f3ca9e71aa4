package exchange

import "testing"

// TestFinishSleepsUntilTheEnd holds that a call is resumed until it has ended, with a sleep before each time but the
// first, and that what is wrapped around resuming sees each of them.
func TestFinishSleepsUntilTheEnd(t *testing.T) {
	t.Parallel()
	var resumed, slept, wrapped int
	p := &Pause{
		Resume: func() (Outcome, bool) {
			resumed++
			if slept != resumed-1 {
				t.Errorf("it has slept %d times before it was resumed for the %dth time", slept, resumed)
			}
			return Outcome{}, resumed == 3
		},
		Sleep: func() { slept++ },
	}
	p.Wrap(func(resume func() (Outcome, bool)) (Outcome, bool) {
		wrapped++
		return resume()
	})
	p.Finish()
	if resumed != 3 || slept != 2 || wrapped != 3 {
		t.Errorf("it was resumed %d times, %d of them through the wrap, and slept %d times, want 3, 3 and 2", resumed, wrapped, slept)
	}
}
