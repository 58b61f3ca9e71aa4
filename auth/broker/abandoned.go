package broker

import (
	"context"
	"errors"
	"sync"
	"time"

	"heygen-mcp/auth/store"
)

const (
	// mostUnanswered bounds the sign-ins at HeyGen that are remembered until somebody agrees; each has some two kilobytes.
	mostUnanswered = 1000
	// unansweredSlack is how much longer than the flow its row stays: until the replica that took the sign-in has looked at it.
	unansweredSlack = 3 * sweepEvery
	// returnFor is how long giving tokens back is tried.
	returnFor = time.Hour
	// closeLimit bounds the giving back at the end of the process.
	closeLimit = 5 * time.Second
)

// unanswered remembers the tokens of people who signed in at HeyGen and have not agreed yet, so that those of a sign-in that
// nobody finishes are given back there. The flow itself is sealed to the browser's cookie, and opens for no sweep. It is in
// memory alone, so that no key and no record opens tokens that nobody has agreed to: a process that is killed leaves them to
// end at HeyGen by themselves, where no one holds them.
type unanswered struct {
	mu  sync.Mutex
	all map[store.Hash]signIn
}

// signIn is one of them.
type signIn struct {
	held sealedCredential
	// sealed is the flow's row as this replica wrote it. Another that has written it since remembers what it holds now.
	sealed []byte
	// due is when the flow's time is over.
	due time.Time
	// ours says that the flow has ended without a consent.
	ours bool
}

func (u *unanswered) put(id store.Hash, s signIn) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.all == nil {
		u.all = map[store.Hash]signIn{}
	}
	if _, known := u.all[id]; known || len(u.all) < mostUnanswered {
		u.all[id] = s
	}
}

func (u *unanswered) drop(id store.Hash) {
	u.mu.Lock()
	defer u.mu.Unlock()
	delete(u.all, id)
}

// due are those whose time is over at now.
func (u *unanswered) due(now time.Time) map[store.Hash]signIn {
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

// discard gives tokens back that belong to no flow any more, at the next sweep.
func (b *Broker) discard(h sealedCredential) {
	if h.Key == "" {
		b.unanswered.put(flowHash(secret("")), signIn{held: h, due: b.cfg.Clock(), ours: true})
	}
}

// giveBackUnanswered gives back the tokens of the sign-ins whose time is over at now and that ended without a consent. The
// consent may have been another replica's: whoever takes the flow's row out of the store decides what becomes of its tokens.
func (b *Broker) giveBackUnanswered(ctx context.Context, now time.Time) {
	var all sync.WaitGroup
	defer all.Wait()
	few := make(chan struct{}, 8)
	for id, s := range b.unanswered.due(now) {
		few <- struct{}{}
		all.Go(func() {
			defer func() { <-few }()
			b.giveBackOne(ctx, id, s, now)
		})
	}
}

func (b *Broker) giveBackOne(ctx context.Context, id store.Hash, s signIn, now time.Time) {
	if !s.ours {
		err := b.cfg.Store.TakeFlow(ctx, id, s.sealed)
		if errors.Is(err, store.ErrNotFound) {
			b.unanswered.drop(id)
			return
		}
		if err != nil {
			b.cfg.Log.Warn().Err(err).Msg("a sign-in that nobody finished could not be ended")
			return
		}
		s.ours = true
		b.unanswered.put(id, s)
	}
	if b.revokeAtHeyGen(ctx, s.held) || now.Sub(s.due) > returnFor {
		b.unanswered.drop(id)
	}
}

// giveBackAll is giveBackUnanswered at the end of the process, for those whose time is not over too: nobody would give them
// back later.
func (b *Broker) giveBackAll() {
	ctx, cancel := context.WithTimeout(context.Background(), closeLimit)
	defer cancel()
	b.giveBackUnanswered(ctx, b.cfg.Clock().Add(flowLifetime))
}
