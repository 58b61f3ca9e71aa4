package broker

import (
	"container/list"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"heygen-mcp/auth/store"
	"heygen-mcp/internal/peer"
	"heygen-mcp/internal/seal"
)

const (
	// mostRemembered bounds the memory for tokens to some 10 MB.
	mostRemembered = 10_000
	// freshHeard is how long a token is believed while every revocation is heard of at once; freshDeaf how long while
	// this replica may not hear. With the time in which a lost connection is noticed (see store's listener), a revocation
	// reaches every replica within ten seconds.
	freshHeard = 10 * time.Minute
	freshDeaf  = 5 * time.Second
	// lookLimit bounds a look into the store, which outlives the request that caused it.
	lookLimit = 5 * time.Second
)

// ErrUnknown is for a token that is not one of ours, or not any more. ErrAway is for one that cannot be checked now.
var (
	ErrUnknown = errors.New("the access token is unknown, expired or revoked")
	ErrAway    = errors.New("the access token cannot be checked now")
)

// Access is what an access token opens.
type Access struct {
	Caller     string
	Client     string
	ClientName string
	Scopes     []string
	Credential Credential

	token   string
	grant   string
	key     seal.Key
	version int64
	renewAt time.Time // when HeyGen's token ends; zero never
	renews  bool      // there is something to renew it with
	until   time.Time // the end of the access token
}

// String keeps the secrets out of whatever prints one by mistake.
func (Access) String() string { return "[access]" }

// GoString does the same for %#v.
func (Access) GoString() string { return "[access]" }

// Allows says whether the token may do what needs a scope.
func (a *Access) Allows(scope string) bool { return includes(a.Scopes, scope) }

// Admit lets a token that is not remembered be looked up, or not: its error is Identify's then. leave is called afterwards.
type Admit func(ctx context.Context) (leave func(), err error)

// Identify says what a token opens. While it is remembered that costs no query, and admit is not asked.
func (b *Broker) Identify(ctx context.Context, token string, admit Admit) (*Access, error) {
	if !strings.HasPrefix(token, accessPrefix) || len(token) > longestSecret {
		return nil, ErrUnknown
	}
	a, err := b.resolveToken(ctx, token, admit)
	if err != nil {
		return nil, err
	}
	if !a.renews || b.cfg.Clock().Before(a.renewAt.Add(-renewBefore)) {
		return a, nil
	}
	return b.renewed(ctx, a, false)
}

// resolveToken finds a token in memory or in the store. Requests with one token share one look.
func (b *Broker) resolveToken(ctx context.Context, token string, admit Admit) (*Access, error) {
	id := hashOf(token, tokenPurpose)
	if a, ok := b.access.get(id); ok {
		return a, nil
	}
	leave, err := admit(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	found := b.loading.DoChan(string(id[:]), func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lookLimit)
		defer cancel()
		// One source must not take all looks that can be at work.
		leave, err := b.limits.lookups.Enter(ctx, peer.Of(ctx))
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrAway, err)
		}
		defer leave()
		return b.load(ctx, token, id)
	})
	select {
	case res := <-found:
		a, _ := res.Val.(*Access)
		return a, res.Err
	case <-ctx.Done():
		return nil, fmt.Errorf("%w: %w", ErrAway, ctx.Err())
	}
}

func (b *Broker) load(ctx context.Context, token string, id store.Hash) (*Access, error) {
	since := b.access.mark()
	now := b.cfg.Clock()
	t, g, err := b.cfg.Store.Token(ctx, id, now)
	if errors.Is(err, store.ErrNotFound) || err == nil && (t.Kind != store.Access || g.Audience != b.cfg.Resource) {
		return nil, ErrUnknown
	}
	if err != nil {
		b.cfg.Log.Error().Err(err).Msg("a token could not be looked up")
		return nil, ErrAway
	}
	key, err := unwrap(token, t.Wrap, g.ID)
	if err != nil {
		b.cfg.Log.Error().Err(err).Msg("a token does not open its grant")
		return nil, ErrUnknown
	}
	h, err := openCredential(g, key)
	if err != nil {
		b.cfg.Log.Error().Err(err).Msg("a grant's credential does not open")
		return nil, ErrUnknown
	}
	d := detailsOf(g)
	a := &Access{
		Caller: d.Caller, Client: g.Client, ClientName: d.Name, Scopes: strings.Fields(t.Scopes), Credential: h.credential(),
		token: token, grant: g.ID, key: key, version: g.Version, renewAt: g.RenewAt, renews: h.Refresh != "", until: t.Expires,
	}
	b.access.put(id, a, since)
	return a, nil
}

// cache remembers what tokens open. What it holds would open HeyGen, so it is in memory and nowhere else.
type cache struct {
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

func newCache(clock func() time.Time, hears func() bool) *cache {
	return &cache{clock: clock, hears: hears, known: map[store.Hash]*list.Element{}, order: list.New(), grants: map[string]map[store.Hash]bool{}}
}

// get is what is remembered of a token, as long as it is fresh.
func (c *cache) get(id store.Hash) (*Access, bool) {
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

// mark is taken before a look into the store, so that put can tell whether something changed meanwhile.
func (c *cache) mark() uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.changes
}

// put remembers what was found, unless something changed since: what was read may be what was revoked.
func (c *cache) put(id store.Hash, a *Access, since uint64) {
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

// forget drops what is remembered of a grant; "" is of all.
func (c *cache) forget(grant string) {
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

func (c *cache) drop(e *list.Element) {
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
