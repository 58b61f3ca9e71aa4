package lookup

import (
	"container/list"
	"sync"
	"time"

	"heygen-mcp/auth/store"
)

const (
	// mostRemembered bounds the memory for tokens to some 10 MB.
	mostRemembered = 10_000
	// freshHeard is how long a token is believed while every revocation is heard of at once;
	// freshDeaf how long while this replica may not hear. With the time in which a lost connection
	// is noticed (see store's listener), a revocation reaches every replica within ten seconds.
	freshHeard = 10 * time.Minute
	freshDeaf  = 5 * time.Second
)

// Cache remembers what tokens open. What it holds would open HeyGen, so it is in memory and nowhere
// else.
type Cache struct {
	clock func() time.Time
	hears func() bool

	mu      sync.Mutex
	known   map[store.Hash]*list.Element
	order   *list.List // from the one used last to the one not used for longest
	grants  map[string]map[store.Hash]bool
	changes uint64
}

type cacheEntry struct {
	id     store.Hash
	access *Access
	at     time.Time
}

// NewCache makes a Cache. hears reports whether every revocation is heard of at once.
func NewCache(clock func() time.Time, hears func() bool) *Cache {
	return &Cache{
		clock: clock, hears: hears, known: map[store.Hash]*list.Element{}, order: list.New(),
		grants: map[string]map[store.Hash]bool{},
	}
}

// get is what is remembered of a token, as long as it is fresh.
func (c *Cache) get(id store.Hash) (*Access, bool) {
	fresh := freshHeard
	if !c.hears() {
		fresh = freshDeaf
	}
	now := c.clock()
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.known[id]
	if !ok {
		return nil, false
	}
	m := contentOf(e)
	if now.Sub(m.at) >= fresh || !now.Before(m.access.until) {
		c.drop(e)
		return nil, false
	}
	c.order.MoveToFront(e)
	return m.access, true
}

// mark is taken before a look into the store, so that put can tell whether something changed
// meanwhile.
func (c *Cache) mark() uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.changes
}

// put remembers what was found, unless something changed since: what was read may be what was
// revoked.
func (c *Cache) put(id store.Hash, a *Access, since uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.changes != since {
		return
	}
	if e, ok := c.known[id]; ok {
		c.drop(e)
	}
	c.known[id] = c.order.PushFront(cacheEntry{id: id, access: a, at: c.clock()})
	if c.grants[a.grant] == nil {
		c.grants[a.grant] = map[store.Hash]bool{}
	}
	c.grants[a.grant][id] = true
	for c.order.Len() > mostRemembered {
		c.drop(c.order.Back())
	}
}

// Forget drops what is remembered of a grant; "" is of all.
func (c *Cache) Forget(grant string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.changes++
	if grant == "" {
		clear(c.known)
		clear(c.grants)
		c.order.Init()
		return
	}
	for id := range c.grants[grant] {
		c.drop(c.known[id])
	}
}

func (c *Cache) drop(e *list.Element) {
	m := contentOf(e)
	c.order.Remove(e)
	delete(c.known, m.id)
	delete(c.grants[m.access.grant], m.id)
	if len(c.grants[m.access.grant]) == 0 {
		delete(c.grants, m.access.grant)
	}
}

// contentOf reads an element; the list holds nothing else.
func contentOf(e *list.Element) cacheEntry {
	m, _ := e.Value.(cacheEntry)
	return m
}
