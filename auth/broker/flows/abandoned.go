package flows

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/rs/zerolog"

	"heygen-mcp/auth/broker/grants"
	"heygen-mcp/auth/broker/secrets"
	"heygen-mcp/auth/store"
)

const (
	// mostUnanswered bounds the sign-ins at HeyGen that are remembered until somebody agrees; each
	// has some two kilobytes.
	mostUnanswered = 1000
	// unansweredSlack is how much longer than the flow its row stays: until the replica that
	// took the sign-in has looked at it, which it does every five minutes.
	unansweredSlack = 15 * time.Minute
	// returnFor is how long giving tokens back is tried.
	returnFor = time.Hour
	// closeLimit bounds the giving back at the end of the process.
	closeLimit = 5 * time.Second
)

// Abandoned remembers the tokens of users who signed in at HeyGen and have not agreed yet, so that
// those of a sign-in that nobody finishes are given back there. The flow itself is sealed to the
// browser's cookie, and opens for no sweep. It is in memory alone, so that no key and no record
// opens tokens that nobody has agreed to: a process that is killed leaves them to end at HeyGen by
// themselves, where no one holds them.
type Abandoned struct {
	store   store.Store
	revoker *grants.Revoker
	clock   func() time.Time
	log     zerolog.Logger

	mu  sync.Mutex
	all map[store.Hash]signIn
}

// signIn is one of them.
type signIn struct {
	credential grants.SealedCredential
	// sealed is the flow's row as this replica wrote it. Another that has written it since
	// remembers what it holds now.
	sealed []byte
	// due is when the flow's time is over.
	due time.Time
	// ours says that the flow has ended without a consent.
	ours bool
}

// NewAbandoned makes an Abandoned.
func NewAbandoned(
	records store.Store, r *grants.Revoker, clock func() time.Time, log zerolog.Logger) *Abandoned {
	return &Abandoned{
		store: records, revoker: r, clock: clock, log: log, all: map[store.Hash]signIn{},
	}
}

func (u *Abandoned) put(id store.Hash, s signIn) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if _, known := u.all[id]; known || len(u.all) < mostUnanswered {
		u.all[id] = s
	}
}

// Drop forgets a flow: its tokens belong to a grant, or are given back by the caller.
func (u *Abandoned) Drop(id store.Hash) {
	u.mu.Lock()
	defer u.mu.Unlock()
	delete(u.all, id)
}

// due are those whose time is over at now.
func (u *Abandoned) due(now time.Time) map[store.Hash]signIn {
	u.mu.Lock()
	defer u.mu.Unlock()
	out := map[store.Hash]signIn{}
	for id, s := range u.all {
		if !now.Before(s.due) {
			out[id] = s
		}
	}
	return out
}

// Discard gives tokens back that belong to no flow any more, at the next sweep.
func (u *Abandoned) Discard(c grants.SealedCredential) {
	if !c.IsKey() {
		u.put(Hash(secrets.New("")), signIn{credential: c, due: u.clock(), ours: true})
	}
}

// Lend remembers tokens until they are to be given back: for as long as a browser may open pages with them. sealed is
// how that browser's session holds them.
func (u *Abandoned) Lend(c grants.SealedCredential, sealed []byte, until time.Time) {
	if !c.IsKey() {
		u.put(lent(sealed), signIn{credential: c, due: until, ours: true})
	}
}

// Returned forgets tokens that were lent: the caller gives them back.
func (u *Abandoned) Returned(sealed []byte) { u.Drop(lent(sealed)) }

// lent is under what tokens that are lent are remembered. No two seals are equal.
func lent(sealed []byte) store.Hash { return secrets.Hash(string(sealed), secrets.VisitPurpose) }

// GiveBack gives back the tokens of the sign-ins whose time is over at now and that ended without a
// consent. The consent may have been another replica's: whoever takes the flow's row out of the
// store decides what becomes of its tokens.
func (u *Abandoned) GiveBack(ctx context.Context, now time.Time) {
	var all sync.WaitGroup
	defer all.Wait()
	few := make(chan struct{}, 8)
	for id, s := range u.due(now) {
		few <- struct{}{}
		all.Go(func() {
			defer func() { <-few }()
			u.giveBackOne(ctx, id, s, now)
		})
	}
}

func (u *Abandoned) giveBackOne(ctx context.Context, id store.Hash, s signIn, now time.Time) {
	if !s.ours {
		err := u.store.TakeFlow(ctx, id, s.sealed)
		if errors.Is(err, store.ErrNotFound) {
			u.Drop(id)
			return
		}
		if err != nil {
			u.log.Warn().Err(err).Msg("a sign-in that nobody finished could not be ended")
			return
		}
		s.ours = true
		u.put(id, s)
	}
	if u.revoker.Revoke(ctx, s.credential) || now.Sub(s.due) > returnFor {
		u.Drop(id)
	}
}

// GiveBackAll is GiveBack at the end of the process, for those whose time is not over too: nobody
// would give them back later.
func (u *Abandoned) GiveBackAll() {
	ctx, cancel := context.WithTimeout(context.Background(), closeLimit)
	defer cancel()
	u.GiveBack(ctx, u.clock().Add(Lifetime))
}
