// Package limits owns how much unauthenticated callers can make the authorization server do, by
// source and in all. It knows what is counted, and not what it is counted for.
package limits

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/rs/zerolog"

	"heygen-mcp/auth/store"
	"heygen-mcp/internal/limit"
	"heygen-mcp/internal/peer"
)

// Config is what unauthenticated callers can make a server do: one source, and all of them
// together. A share is generous, since an office or a hosted client's users come from one address;
// the whole is ten to twenty times as much. What a field leaves out is a default.
type Config struct {
	Registrations limit.Levels
	// Keys are API keys that are tried with HeyGen, Codes guesses of what a user types for a
	// device.
	Keys, Codes limit.Levels
	// Flows are sign-ins that are begun, and Devices device Flows: each is a record for some
	// minutes.
	Flows, Devices limit.Levels
	// Documents are fetches of clients' documents. Of one host a source has half of its share, and
	// all sources have three times as much.
	Documents limit.Levels
	// Failures are requests to the token endpoints that are refused for what they show.
	Failures limit.Levels
	// Rows are how many rows of unauthenticated callers there may be; 0 is a default.
	Rows store.Caps
}

// The limits that are counted by browser, flow or grant, and not by source.
func perFlow() limit.Rate   { return limit.Rate{Burst: 8, Every: time.Minute} }       // keys and codes, by flow and by browser
func perPerson() limit.Rate { return limit.Rate{Burst: 10, Every: 30 * time.Second} } // a browser that signed in before
func perGrant() limit.Rate  { return limit.Rate{Burst: 5, Every: 10 * time.Second} }  // refreshes
func perDevice() limit.Rate { return limit.Rate{Burst: 10, Every: 2 * time.Second} }  // questions, each of which is a write

const (
	// lookups bounds the looks into the store for access tokens of one source that are at work at
	// once, and waitingLookups those that wait; the database's connections are twenty.
	lookups        = 8
	waitingLookups = 500
	// trimEvery is after how many rows of unauthenticated callers their tables are trimmed. A cap
	// is exceeded by no more than that.
	trimEvery = 64
)

// Defaults fills in what is left out. Rates times lifetimes are below the caps of Rows, so that no
// row is trimmed while one server runs: the caps are for replicas, each of which counts by itself.
func (l *Config) Defaults() {
	levels := func(l *limit.Levels, burst int, every time.Duration, times int) {
		*l = l.Or(limit.Levels{Share: limit.Rate{Burst: burst, Every: every},
			Whole: limit.Rate{Burst: burst * 10, Every: every / time.Duration(times)}})
	}
	levels(&l.Registrations, 60, 2*time.Second, 10)
	levels(&l.Keys, 60, time.Second, 10)
	// Twenty letters in eight places: at two guesses a second of all sources, a code that lives ten
	// minutes is safe by far.
	levels(&l.Codes, 20, 5*time.Second, 10)
	levels(&l.Flows, 100, time.Second, 15)
	levels(&l.Devices, 30, 2*time.Second, 10)
	levels(&l.Documents, 20, 5*time.Second, 10)
	levels(&l.Failures, 60, time.Second, 20)
	for _, c := range []struct {
		rows     *int
		fallback int
	}{{&l.Rows.Clients, 20_000}, {&l.Rows.Flows, 20_000}, {&l.Rows.Devices, 5_000}} {
		if *c.rows <= 0 {
			*c.rows = c.fallback
		}
	}
}

// Limiters count what unauthenticated callers do, each limiter one kind of request. Make them with New.
type Limiters struct {
	clock func() time.Time
	store store.Store
	log   zerolog.Logger
	rows  store.Caps

	Registrations, Keys, Codes, Flows, Devices, Failures *limit.Limiter[peer.Source]
	// keyTries and codeTries are by flow and by browser; they are taken from together with keys and
	// codes.
	keyTries, codeTries *limit.Table[store.Hash]
	// users are browsers that have signed in before. They have a place of their own when others
	// have used up the rest.
	people    *limit.Table[store.Hash]
	refreshes *limit.Table[string]
	polls     *limit.Table[store.Hash]
	door      limit.Door // of people, refreshes and polls
	// Lookups are the looks into the store for access tokens that are at work.
	Lookups *limit.Slots[peer.Source]
	made    atomic.Uint64 // rows of strangers
}

// New makes Limiters of a Config that has its defaults.
func New(l Config, records store.Store, clock func() time.Time, log zerolog.Logger) *Limiters {
	return &Limiters{
		clock: clock, store: records, log: log, rows: l.Rows,
		Registrations: limit.New[peer.Source](
			l.Registrations,
		), Keys: limit.New[peer.Source](l.Keys),
		Codes: limit.New[peer.Source](l.Codes), Flows: limit.New[peer.Source](l.Flows),
		Devices: limit.New[peer.Source](l.Devices), Failures: limit.New[peer.Source](l.Failures),
		keyTries: limit.NewTable[store.Hash](perFlow()), codeTries: limit.NewTable[store.Hash](perFlow()),
		people: limit.NewTable[store.Hash](perPerson()), refreshes: limit.NewTable[string](perGrant()),
		polls:   limit.NewTable[store.Hash](perDevice()),
		Lookups: limit.NewSlots[peer.Source](lookups, waitingLookups),
	}
}

// Take takes a turn of the source that ctx belongs to.
func (l *Limiters) Take(
	ctx context.Context, of *limit.Limiter[peer.Source], further ...*limit.Bucket) time.Duration {
	return of.Take(peer.Of(ctx), l.clock(), further...)
}

// TakeForBrowser is Take for what a browser does: one that has signed in before has a place of its
// own.
func (l *Limiters) TakeForBrowser(
	ctx context.Context, browser store.Hash, of *limit.Limiter[peer.Source],
	further ...*limit.Bucket) time.Duration {
	wait := l.Take(ctx, of, further...)
	if wait == 0 {
		return 0
	}
	if _, err := l.store.Session(ctx, browser, l.clock()); err != nil {
		return wait
	}
	return l.door.Take(l.clock(), l.people.Of(browser))
}

// TakeKey counts a credential that a browser tries with HeyGen in a flow, by flow and by browser
// first.
func (l *Limiters) TakeKey(ctx context.Context, browser, flow store.Hash) time.Duration {
	return l.TakeForBrowser(ctx, browser, l.Keys, l.keyTries.Of(flow), l.keyTries.Of(browser))
}

// TakeCode counts a device's code that a browser tries.
func (l *Limiters) TakeCode(ctx context.Context, browser store.Hash) time.Duration {
	return l.Take(ctx, l.Codes, l.codeTries.Of(browser))
}

// TakeRefresh counts a refresh of a grant.
func (l *Limiters) TakeRefresh(grant string) time.Duration {
	return l.door.Take(l.clock(), l.refreshes.Of(grant))
}

// TakePoll counts a question of a device.
func (l *Limiters) TakePoll(device store.Hash) time.Duration {
	return l.door.Take(l.clock(), l.polls.Of(device))
}

// CountRow counts a row that a stranger made, and now and then deletes those beyond the caps.
func (l *Limiters) CountRow(ctx context.Context) {
	rows := l.rows
	every := max(1, min(trimEvery, rows.Clients, rows.Flows, rows.Devices))
	if l.made.Add(1)%uint64(every) != 0 {
		return
	}
	if err := l.store.Trim(ctx, rows); err != nil && ctx.Err() == nil {
		l.log.Warn().Err(err).Msg("records beyond their cap could not be deleted")
	}
}
