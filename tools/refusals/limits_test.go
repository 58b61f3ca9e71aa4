package refusals

import (
	"strings"
	"testing"
	"time"
)

// TestLimits holds how long a caller is told to wait, rounded up to whole seconds.
func TestLimits(t *testing.T) {
	t.Parallel()
	for wait, want := range map[time.Duration]int{
		-time.Second: 1, 0: 1, time.Millisecond: 1, time.Second: 1, time.Second + 1: 2, 2500 * time.Millisecond: 3, time.Minute: 60,
	} {
		got := CallLimit(120, wait)
		if got.RetryAfter != want || !got.Retryable || !got.IsError || got.Code != CodeCallLimit || !strings.Contains(got.Message, "120 calls") {
			t.Errorf("%s: got %+v, want %d seconds", wait, got, want)
		}
	}
	if got := CallLimit(1, 3*time.Second); got.NextStep != "Call again in 3 seconds with the same arguments." {
		t.Errorf("got %q, want the seconds in it", got.NextStep)
	}
	if got := TooManyAtOnce(8); got.RetryAfter != 5 || !got.Retryable || got.Code != CodeTooManyAtOnce || !strings.HasPrefix(got.Message, "8 calls") {
		t.Errorf("got %+v, want the bound, and to be repeated in some seconds", got)
	}
}
