package engine

import (
	"testing"
	"time"
)

// A clock that was held goes on from the time at which it is released.
func TestAReleasedClockGoesOnFromWhereItWasHeld(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_800_000_000, 0)
	c := &clock{source: func() time.Time { return now }}
	c.hold(true)
	now = now.Add(time.Hour)
	c.advance(time.Minute)
	if got, held := c.state(); got.Unix() != 1_800_000_060 || !held {
		t.Errorf("held: got %d and %t, want 1800000060 and true", got.Unix(), held)
	}
	c.hold(false)
	now = now.Add(time.Second)
	if got := c.Now().Unix(); got != 1_800_000_061 {
		t.Errorf("released: got %d, want 1800000061", got)
	}
	c.reset()
	if got := c.Now(); !got.Equal(now) {
		t.Errorf("reset: got %v, want the time of the source, %v", got, now)
	}
}
