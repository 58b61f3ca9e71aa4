// Package ledger keeps a record of every paid call: what was asked for, what it may cost, whether
// it happened, and what it did cost. A record is written before the request leaves, with its
// estimate reserved, so that a lost answer or a killed process leaves one that says what may have
// happened; it is settled by what HeyGen tells afterwards.
//
// It keeps no argument of a call but the title, and no secret: accounts come in as hashes. It does
// not know HeyGen, MCP or what anything costs. Times are parameters.
//
// Reading order: ledger.go (the records), begin.go (before the request), settle.go (after it), members.go (the items of
// a batch), spend.go (caps), list.go, rows.go.
package ledger

import (
	"context"
	"embed"
	"fmt"
	"math"
	"time"

	"heygen-mcp/internal/database"
)

// Money is an amount in millionths of a USD.
type Money int64

// Dollars is an amount given in USD, rounded up to a millionth: what is reserved must suffice.
func Dollars(usd float64) Money { return Money(math.Ceil(usd*1e6 - 1e-6)) }

// USD is the amount in USD.
func (m Money) USD() float64 { return float64(m) / 1e6 }

// State is how far a record or one of its jobs is.
type State string

// The states of a record. Those of a job are all but Open and Refused.
const (
	// Open says that the request has left or is about to, and that no answer is known: it may have happened.
	Open State = "open"
	// Running says that HeyGen has begun the work.
	Running  State = "running"
	Done     State = "done"
	Failed   State = "failed"
	Canceled State = "canceled"
	// Refused says that nothing was made and nothing is owed.
	Refused State = "refused"
)

// Ended says that a state is not followed by another.
func (s State) Ended() bool { return s != Open && s != Running }

// Estimate is what a call is expected to cost. A Basis of "" says that nothing is known.
type Estimate struct {
	Low, High Money
	// Basis is what is charged for, in words.
	Basis string
	// Price is that of each job.
	Price
	// Members are the prices of the items of a batch, in their order, where they can differ.
	Members []Price
}

// Price is what a job costs by how long what it has made is: so much for each second, and so much besides. The latter
// is less than nothing where some of the seconds cost less than the others. Where both are 0, the length does not tell
// the cost.
type Price struct{ PerSecond, PerJob Money }

// of is what a job that is done has cost, if its length tells.
func (p Price) of(seconds float64) (cost Money, known bool) {
	if p.PerSecond == 0 {
		return p.PerJob, p.PerJob != 0
	}
	return max(0, p.PerJob+Money(math.Round(float64(p.PerSecond)*seconds))), seconds > 0
}

// Entry is what is known before the request leaves.
type Entry struct {
	// Account is whose money it is, as a hash.
	Account string
	// Grant is the connection that was used, and Client its name; both are "" where the caller brings a credential of
	// their own.
	Grant, Client string
	Tool          string
	// Kind is of the jobs that it begins, "" for none.
	Kind  string
	Title string
	// Key is the idempotency key of the request, "" for none.
	Key string
	// Near are up to two more keys, under which the same request may have been sent before.
	Near []string
	// KeyLasts is how long a request with one of these keys is the same.
	KeyLasts time.Duration
	// Apart says that the call has a record of its own all the same, which gets the key of the first one.
	Apart    bool
	Estimate Estimate
}

// Job is one job of a record.
type Job struct {
	ID    string
	State State
	// Seconds is how long what was made is, 0 where that is not known.
	Seconds float64
	// Cost is what the job has cost. A CostBasis of "" says that it is not known.
	Cost      Money
	CostBasis string
	// Basis is the Estimate's of its record, as far as JobEnded and Charged tell it.
	Basis string
	Ended time.Time
}

// Record is one paid call.
type Record struct {
	ID string
	Entry
	At    time.Time
	State State
	Jobs  []Job
	// Cost is of all its jobs that have ended. A CostBasis of "" says that it is not known.
	Cost      Money
	CostBasis string
	Ended     time.Time
	// Found says that Begin has found it, and not made it.
	Found bool
}

// The bases of a cost.
const (
	// Computed says that a cost follows from what was made and the published prices.
	Computed = "computed"
	// Told says that HeyGen has told the cost.
	Told = "heygen"
)

// Ledger keeps the records of one deployment. All of its methods may be called at once, by any
// number of processes where the database is shared.
type Ledger struct {
	db *database.DB
	// Told is told what a call or a job has cost, once, by the process that notes its end; nil tells nobody. It is set
	// before the Ledger is used.
	Told func(tool string, cost Money)
}

// tell tells of what a call or a job has cost.
func (l *Ledger) tell(tool string, cost Money) {
	if l.Told != nil && cost > 0 {
		l.Told(tool, cost)
	}
}

//go:embed migrations
var migrations embed.FS

// New keeps a ledger in a database, and makes the tables where they are missing. The database stays
// the caller's to close.
func New(ctx context.Context, db *database.DB) (*Ledger, error) {
	l := In(db)
	return l, l.Prepare(ctx)
}

// In is the ledger in a database, to be used once Prepare has returned.
func In(db *database.DB) *Ledger { return &Ledger{db: db} }

// Prepare makes the tables where they are missing.
func (l *Ledger) Prepare(ctx context.Context) error {
	if err := l.db.Migrate(ctx, migrations, "migrations", "ledger_migrations"); err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	return nil
}

// Lasting says that the records outlive the process.
func (l *Ledger) Lasting() bool { return l.db.Lasting }

// Shared says that other processes may write the same records.
func (l *Ledger) Shared() bool { return l.db.Shared }
