package lookup

import (
	"encoding/binary"
	"testing"
	"time"

	"heygen-mcp/auth/store"
)

// newTestCache is a cache with a clock and an ear that a test moves.
func newTestCache() (c *Cache, now *time.Time, hears *bool) {
	now, hears = new(time.Time), new(bool)
	*now, *hears = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC), true
	return NewCache(func() time.Time { return *now }, func() bool { return *hears }), now, hears
}

// has says which of ids are remembered.
func has(c *Cache, ids ...byte) (known []byte) {
	for _, id := range ids {
		if _, ok := c.get(store.Hash{id}); ok {
			known = append(known, id)
		}
	}
	return known
}

// TestFreshness holds how long a token is believed: shorter where revocations are not heard of, and
// never beyond its end.
func TestFreshness(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		hears      bool
		life, span time.Duration
	}{
		{true, time.Hour, 10 * time.Minute},
		{true, time.Minute, time.Minute},
		{false, time.Hour, 5 * time.Second},
		{false, time.Second, time.Second},
	} {
		cache, now, hears := newTestCache()
		*hears = c.hears
		cache.put(store.Hash{1}, &Access{grant: "g", until: now.Add(c.life)}, cache.mark())
		*now = now.Add(c.span - 1)
		if got := has(cache, 1); len(got) != 1 {
			t.Errorf("hears %t, life %s: not believed just before %s", c.hears, c.life, c.span)
		}
		*now = now.Add(1)
		if got := has(cache, 1); len(got) != 0 || len(cache.known) != 0 || cache.order.Len() != 0 || len(cache.grants) != 0 {
			t.Errorf("hears %t, life %s: after %s it is remembered: %d tokens, %d in order, %d grants", c.hears, c.life, c.span, len(got), cache.order.Len(), len(cache.grants))
		}
	}
}

// TestForgetting holds what is forgotten with a grant, and that what was read before that is not
// remembered after it.
func TestForgetting(t *testing.T) {
	t.Parallel()
	cache, now, _ := newTestCache()
	put := func(id byte, grant string, since uint64) {
		cache.put(store.Hash{id}, &Access{grant: grant, until: now.Add(time.Hour)}, since)
	}
	put(1, "g", cache.mark())
	put(2, "g", cache.mark())
	put(3, "h", cache.mark())
	put(3, "i", cache.mark()) // found once more, of another grant
	before := cache.mark()
	cache.Forget("h")
	if got := string(has(cache, 1, 2, 3)); got != "\x01\x02\x03" {
		t.Errorf("after another grant is forgotten %q are known, want 1, 2 and 3", got)
	}
	cache.Forget("g")
	if got := string(has(cache, 1, 2, 3)); got != "\x03" || len(cache.grants) != 1 || cache.order.Len() != 1 {
		t.Errorf("after their grant is forgotten %q are known, want 3 alone; %d grants, %d in order", got, len(cache.grants), cache.order.Len())
	}
	put(4, "j", before)
	if got := has(cache, 4); len(got) != 0 {
		t.Error("what was read before something changed is remembered")
	}
	put(4, "j", cache.mark())
	cache.Forget("")
	if got := has(cache, 3, 4); len(got) != 0 || len(cache.grants) != 0 || cache.order.Len() != 0 {
		t.Errorf("after all is forgotten %q are known; %d grants, %d in order", got, len(cache.grants), cache.order.Len())
	}
}

// TestTheMostRemembered holds that of too many tokens the one that was not used for longest goes.
func TestTheMostRemembered(t *testing.T) {
	t.Parallel()
	cache, now, _ := newTestCache()
	id := func(n int) (h store.Hash) {
		binary.BigEndian.PutUint32(h[:], uint32(n)) //nolint:gosec // G115: a small number
		return h
	}
	put := func(n int) {
		cache.put(id(n), &Access{grant: "g", until: now.Add(time.Hour)}, cache.mark())
	}
	for n := range mostRemembered {
		put(n)
	}
	if _, ok := cache.get(id(0)); !ok {
		t.Fatalf("of %d tokens the first is not remembered", mostRemembered)
	}
	put(mostRemembered)
	if _, ok := cache.get(id(0)); !ok || len(cache.known) != mostRemembered {
		t.Errorf("the one used last is remembered: %t; there are %d, want %d", ok, len(cache.known), mostRemembered)
	}
	if _, ok := cache.get(id(1)); ok {
		t.Error("the one not used for longest is remembered")
	}
}
