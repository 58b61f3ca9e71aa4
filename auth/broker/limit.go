package broker

import (
	"sync"
	"time"
)

// limits are what strangers can make the server do, for all of them together. They are not counted by address: a
// hosted client's users all come from a few.
type limits struct {
	registrations *bucket
	keys          *bucket // checks of API keys with HeyGen
	codes         *bucket // guesses of a device's code
	flows         *bucket // sign-ins and device flows that are begun: each is a record for some minutes
}

func newLimits(clock func() time.Time) limits {
	return limits{
		registrations: newBucket(clock, 100, time.Second),
		keys:          newBucket(clock, 60, time.Second),
		// Twenty letters in eight places: at one guess a second, a code that lives ten minutes is safe by far.
		codes: newBucket(clock, 30, time.Second),
		flows: newBucket(clock, 500, time.Second/20),
	}
}

// bucket gives out a number of turns at once, and one more each time that every has passed.
type bucket struct {
	clock func() time.Time
	most  float64
	every time.Duration

	mu   sync.Mutex
	left float64
	at   time.Time
}

func newBucket(clock func() time.Time, most int, every time.Duration) *bucket {
	return &bucket{clock: clock, most: float64(most), every: every, left: float64(most), at: clock()}
}

// take says whether there is a turn left, and takes it.
func (b *bucket) take() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.clock()
	b.left = min(b.most, b.left+float64(now.Sub(b.at))/float64(b.every))
	b.at = now
	if b.left < 1 {
		return false
	}
	b.left--
	return true
}
