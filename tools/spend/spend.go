// Package spend owns the money side of a call: what it is expected to cost, whether limits leave room for that, the
// record of it in the ledger from before it is sent to the end of what it began, and what its answer tells of its cost.
// It reads how long media files are, since most costs follow from that.
//
// It does not know which tools there are, what is charged for what, or how HeyGen is asked: estimates come in ready,
// and what only HeyGen can tell of a cost comes through a function of its Config.
//
// Reading order: estimate.go (what is expected, and how it is told), limits.go (whether it may be spent), paid.go (the
// record of a call), settle.go (what came of it), length.go (how long files are).
package spend

import (
	"context"
	"time"

	"heygen-mcp/internal/ledger"
	"heygen-mcp/internal/memo"
)

// Config has what a Book is made of.
type Config struct {
	// Ledger records paid calls; nil records none.
	Ledger *ledger.Ledger
	// Limits says what the caller in ctx may spend; nil sets no limit. Where it cannot tell, nothing is spent.
	Limits func(ctx context.Context) (Limits, error)
	// Account names whose money the caller in ctx spends.
	Account func(ctx context.Context) string
	// Now tells the time.
	Now func() time.Time
	// Trouble is told of what went wrong beside a call that goes on all the same.
	Trouble func(ctx context.Context, err error)
	// Charged finds out what a job of a kind has cost that is done, where its record does not tell it; object is what
	// its get answers. nil finds nothing out.
	Charged func(ctx context.Context, kind string, object map[string]any) Charge
}

// Charge is what a job has cost, as far as that can be found out.
type Charge struct {
	USD   float64
	Known bool
	// Low and High are what it has cost at the least and at the most where that alone is known; 0 is not known.
	Low, High float64
	// Later says that it is not known yet, and worth another question.
	Later bool
}

// Book is where the money of calls is kept account of. It is safe for use by many goroutines.
type Book struct {
	cfg Config
	// settled are the jobs of which the ledger was told that they have ended, by account, kind and id: it is asked of
	// each once.
	settled memo.Memo[ledger.Job]
	// unrecorded are the jobs that the ledger has no record of, and until when that is believed: a create whose answer
	// was lost, or a batch, may turn out to have begun them, and another replica may find that out.
	unrecorded memo.Memo[time.Time]
}

// unrecordedFor is how long the ledger is not asked again about a job that it has no record of.
const unrecordedFor = time.Minute

// jobKey is the key of a job of the caller in ctx, for settled and unrecorded.
func (b *Book) jobKey(ctx context.Context, kind, id string) string {
	return b.cfg.Account(ctx) + "\x00" + kind + "\x00" + id
}

// New makes a Book.
func New(cfg Config) *Book { return &Book{cfg: cfg} }
