// Package limit says how often something may be done: by one source, by all sources together, and how
// much of it at once. It is a leaf: it knows nothing of ours, and everything may use it.
//
// Two levels keep one source from using up what all have: each has a bucket of its own, the share, and
// all together have one that is a multiple of it, the whole. A source whose share is empty takes nothing
// from the whole. The buckets are golang.org/x/time/rate's; time is a parameter.
package limit

import (
	"container/list"
	"net/http"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// MaxKeys bounds the sources that one table remembers. A source that is forgotten begins with a full
// bucket; 10,000 of them take some 3 MB.
const MaxKeys = 10_000

// Rate is a bucket: Burst turns at once, and one more each time that Every has passed. The zero value
// is no bucket, and must be replaced by a default before it is used.
type Rate struct {
	Burst int
	Every time.Duration
}

// Levels are the share of one source and the whole of all sources.
type Levels struct{ Share, Whole Rate }

// Or takes from fallback what is left out.
func (l Levels) Or(fallback Levels) Levels {
	if l.Share == (Rate{}) {
		l.Share = fallback.Share
	}
	if l.Whole == (Rate{}) {
		l.Whole = fallback.Whole
	}
	return l
}

// Bucket is a token bucket: a turn is one of its tokens.
type Bucket struct{ turns *rate.Limiter }

// NewBucket makes a full bucket. An Every below a nanosecond counts as one.
func NewBucket(r Rate) *Bucket {
	return &Bucket{rate.NewLimiter(rate.Every(max(r.Every, 1)), r.Burst)}
}

// wait is how long until the bucket has a turn, 0 where it has one.
func (b *Bucket) wait(now time.Time) time.Duration {
	missing := 1 - b.turns.TokensAt(now)
	if missing <= 0 {
		return 0
	}
	return time.Duration(missing / float64(b.turns.Limit()) * float64(time.Second))
}

// Table is one bucket per key. It remembers the MaxKeys keys that were used last.
type Table[K comparable] struct {
	rate Rate
	max  int

	mu    sync.Mutex
	known map[K]*list.Element
	order *list.List // from the key used last to the one not used for longest
}

type entry[K comparable] struct {
	key    K
	bucket *Bucket
}

// NewTable makes an empty table of buckets that are all alike.
func NewTable[K comparable](r Rate) *Table[K] {
	return &Table[K]{rate: r, max: MaxKeys, known: map[K]*list.Element{}, order: list.New()}
}

// Of is the bucket of a key.
func (t *Table[K]) Of(key K) *Bucket {
	t.mu.Lock()
	defer t.mu.Unlock()
	if e, ok := t.known[key]; ok {
		t.order.MoveToFront(e)
		found, _ := e.Value.(entry[K]) // the list holds nothing else
		return found.bucket
	}
	b := NewBucket(t.rate)
	t.known[key] = t.order.PushFront(entry[K]{key, b})
	for t.order.Len() > t.max {
		last, _ := t.order.Remove(t.order.Back()).(entry[K])
		delete(t.known, last.key)
	}
	return b
}

// Len is how many keys are remembered.
func (t *Table[K]) Len() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.order.Len()
}

// Door is passed by whoever has a turn in every bucket. Its zero value works. Buckets that are taken
// from together must be taken from through one Door.
type Door struct{ mu sync.Mutex }

// Take takes one turn from each of the buckets, or none: then it says how long until the first that is
// empty has one. 0 means that the turns were taken.
func (d *Door) Take(now time.Time, buckets ...*Bucket) time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, b := range buckets {
		if wait := b.wait(now); wait > 0 {
			return wait
		}
	}
	for _, b := range buckets {
		b.turns.AllowN(now, 1)
	}
	return 0
}

// Wait is how long until Take would succeed; it takes nothing.
func (d *Door) Wait(now time.Time, buckets ...*Bucket) time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, b := range buckets {
		if wait := b.wait(now); wait > 0 {
			return wait
		}
	}
	return 0
}

// Limiter is a share for each key and a whole for all.
type Limiter[K comparable] struct {
	door  Door
	share *Table[K]
	whole *Bucket
}

// New makes a Limiter whose buckets are full.
func New[K comparable](l Levels) *Limiter[K] {
	return &Limiter[K]{share: NewTable[K](l.Share), whole: NewBucket(l.Whole)}
}

// Take takes a turn of a key's, or says how long until there is one. further are buckets that must have
// a turn too; they are asked first.
func (l *Limiter[K]) Take(key K, now time.Time, further ...*Bucket) time.Duration {
	return l.door.Take(now, append(further, l.share.Of(key), l.whole)...)
}

// Wait is how long until Take would succeed; it takes nothing.
func (l *Limiter[K]) Wait(key K, now time.Time) time.Duration {
	return l.door.Wait(now, l.share.Of(key), l.whole)
}

// Keys is how many keys are remembered.
func (l *Limiter[K]) Keys() int { return l.share.Len() }

// Seconds are what Retry-After says of a wait: whole seconds, at least one.
func Seconds(wait time.Duration) int {
	return max(1, int((wait+time.Second-1)/time.Second))
}

// SetRetryAfter writes the header that tells a client how long to wait.
func SetRetryAfter(h http.Header, wait time.Duration) {
	h.Set("Retry-After", strconv.Itoa(Seconds(wait)))
}
