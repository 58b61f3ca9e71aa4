package broker

import (
	"context"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"

	"heygen-mcp/auth/store"
	"heygen-mcp/internal/limit"
	"heygen-mcp/internal/peer"
)

// Limits are what strangers can make a server do: one source, and all of them together. A share is generous, since an
// office or a hosted client's users come from one address; the whole is ten to twenty times as much. What a field leaves
// out is a default.
type Limits struct {
	Registrations limit.Levels
	// Keys are API keys that are tried with HeyGen, Codes guesses of what a person types for a device.
	Keys, Codes limit.Levels
	// Flows are sign-ins that are begun, and Devices device flows: each is a record for some minutes.
	Flows, Devices limit.Levels
	// Documents are fetches of clients' documents. Of one host a source has half of its share, and all sources have three
	// times as much.
	Documents limit.Levels
	// Failures are requests to the token endpoints that are refused for what they show.
	Failures limit.Levels
	// Rows are how many rows of strangers there may be; 0 is a default.
	Rows store.Caps
}

// The bounds of what belongs to nobody but its owner.
func perFlow() limit.Rate   { return limit.Rate{Burst: 8, Every: time.Minute} }       // keys and codes, by flow and by browser
func perPerson() limit.Rate { return limit.Rate{Burst: 10, Every: 30 * time.Second} } // a browser that signed in before
func perGrant() limit.Rate  { return limit.Rate{Burst: 5, Every: 10 * time.Second} }  // refreshes
func perDevice() limit.Rate { return limit.Rate{Burst: 10, Every: 2 * time.Second} }  // questions, each of which is written down

const (
	// lookups bounds the looks into the store for access tokens of one source that are at work at once, and
	// waitingLookups those that wait; the database's connections are twenty.
	lookups        = 8
	waitingLookups = 500
	// trimEvery is after how many rows of strangers their tables are trimmed. A cap is exceeded by no more than that.
	trimEvery = 64
)

// defaults fills in what is left out. Rates times lifetimes are below the caps of Rows, so that no row is trimmed while
// one server runs: the caps are for replicas, each of which counts by itself.
func (l *Limits) defaults() {
	levels := func(l *limit.Levels, burst int, every time.Duration, times int) {
		*l = l.Or(limit.Levels{Share: limit.Rate{Burst: burst, Every: every},
			Whole: limit.Rate{Burst: burst * 10, Every: every / time.Duration(times)}})
	}
	levels(&l.Registrations, 60, 2*time.Second, 10)
	levels(&l.Keys, 60, time.Second, 10)
	// Twenty letters in eight places: at two guesses a second of all sources, a code that lives ten minutes is safe by far.
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

// limits count.
type limits struct {
	clock func() time.Time

	registrations, keys, codes, flows, devices, failures *limit.Limiter[peer.Source]
	// keyTries and codeTries are by flow and by browser; they are taken from together with keys and codes.
	keyTries, codeTries *limit.Table[store.Hash]
	// people are browsers that have signed in before. They have a place of their own when others have used up the rest.
	people    *limit.Table[store.Hash]
	refreshes *limit.Table[string]
	polls     *limit.Table[store.Hash]
	door      limit.Door // of people, refreshes and polls
	lookups   *limit.Slots[peer.Source]
	made      atomic.Uint64 // rows of strangers
}

func newLimits(clock func() time.Time, l Limits) *limits {
	return &limits{
		clock:         clock,
		registrations: limit.New[peer.Source](l.Registrations), keys: limit.New[peer.Source](l.Keys),
		codes: limit.New[peer.Source](l.Codes), flows: limit.New[peer.Source](l.Flows),
		devices: limit.New[peer.Source](l.Devices), failures: limit.New[peer.Source](l.Failures),
		keyTries: limit.NewTable[store.Hash](perFlow()), codeTries: limit.NewTable[store.Hash](perFlow()),
		people: limit.NewTable[store.Hash](perPerson()), refreshes: limit.NewTable[string](perGrant()),
		polls:   limit.NewTable[store.Hash](perDevice()),
		lookups: limit.NewSlots[peer.Source](lookups, waitingLookups),
	}
}

// take takes a turn of the source that ctx belongs to.
func (l *limits) take(ctx context.Context, of *limit.Limiter[peer.Source], further ...*limit.Bucket) time.Duration {
	return of.Take(peer.Of(ctx), l.clock(), further...)
}

// takeForPerson is take for what a browser does: one that signed in before has a place of its own.
func (b *Broker) takeForPerson(ctx context.Context, who browser, of *limit.Limiter[peer.Source], further ...*limit.Bucket) time.Duration {
	wait := b.limits.take(ctx, of, further...)
	if wait == 0 {
		return 0
	}
	if _, err := b.cfg.Store.Session(ctx, who.id, b.cfg.Clock()); err != nil {
		return wait
	}
	return b.limits.door.Take(b.limits.clock(), b.limits.people.Of(who.id))
}

// takeKey counts a credential that a browser tries with HeyGen, by flow and by browser first.
func (b *Broker) takeKey(ctx context.Context, who browser, f flow) time.Duration {
	tries := b.limits.keyTries
	return b.takeForPerson(ctx, who, b.limits.keys, tries.Of(flowHash(f.ID)), tries.Of(who.id))
}

// showTooManyKeys shows the sign-in again, to be tried later.
func (b *Broker) showTooManyKeys(w http.ResponseWriter, r *http.Request, who browser, f flow, wait time.Duration) {
	limit.SetRetryAfter(w.Header(), wait)
	b.showSignIn(w, r, who, f, http.StatusTooManyRequests, "Too many keys are being tried here. Wait a moment and try again.")
}

// trimmed counts a row that a stranger made, and now and then deletes those beyond the caps.
func (b *Broker) trimmed(ctx context.Context) {
	rows := b.cfg.Limits.Rows
	every := max(1, min(trimEvery, rows.Clients, rows.Flows, rows.Devices))
	if b.limits.made.Add(1)%uint64(every) != 0 {
		return
	}
	if err := b.cfg.Store.Trim(ctx, rows); err != nil && ctx.Err() == nil {
		b.cfg.Log.Warn().Err(err).Msg("records beyond their cap could not be deleted")
	}
}

// busyError says that a limit is used up, and for how long.
type busyError struct {
	wait time.Duration
	why  string
}

// Error implements error.
func (e *busyError) Error() string { return e.why }

// later carries how long to wait from an endpoint, through the library that knows no such answer, to what guards it.
type later busyError

type laterKey struct{}

// withLater gives a request in whose context tryLater can leave its word.
func withLater(r *http.Request) (*http.Request, *later) {
	l := &later{}
	return r.WithContext(context.WithValue(r.Context(), laterKey{}, l)), l
}

// tryLater answers 429.
func tryLater(ctx context.Context, wait time.Duration, why string) error {
	if l, ok := ctx.Value(laterKey{}).(*later); ok {
		l.wait, l.why = wait, why
	}
	return &oidc.Error{ErrorType: temporarilyUnavailable, Description: why}
}

// temporarilyUnavailable is the code of what may be tried again (RFC 6749 4.1.2.1).
const temporarilyUnavailable = "temporarily_unavailable"

// isFailure says whether an error of a token endpoint is one of showing the wrong thing, or of a device that does not wait.
// The others are how a device is told to wait, or not the client's fault.
func isFailure(code string) bool {
	switch code {
	case "invalid_client", "invalid_grant", "invalid_request", "unsupported_grant_type", "expired_token", "slow_down":
		return true
	}
	return false
}

// showBusy is the page of a 429.
func (b *Broker) showBusy(w http.ResponseWriter, busy *busyError) {
	limit.SetRetryAfter(w.Header(), busy.wait)
	b.message(w, http.StatusTooManyRequests, "Try again in a moment", sentence(busy.why))
}
