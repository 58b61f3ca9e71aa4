package spend

import (
	"context"
	"errors"
	"fmt"
	"time"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/ledger"
	"heygen-mcp/tools/refusals"
)

// Order is a paid call before it is sent.
type Order struct {
	Tool, Title string
	// Kind is that of the jobs that the call begins, "" for none.
	Kind string
	// Key is its idempotency key, "" for none. ForGood says that HeyGen knows it for good, and not for a day.
	Key     string
	ForGood bool
	// Near are up to two more keys under which the same call may have been sent in the last Within, which is 0 where
	// there are none.
	Near   []string
	Within time.Duration
	// Apart says that the call has a record of its own even if it came before: it makes what is missing.
	Apart bool
	// At is when the key was chosen, from which the record counts; zero is now.
	At time.Time
	// Most is what its caller allows it to cost, nil for any amount.
	Most     *float64
	Estimate *Estimate
}

// KeyLasts is how long HeyGen takes an equal key for the same request, where it does not keep it for good.
const KeyLasts = 24 * time.Hour

const forGood = 100 * 365 * 24 * time.Hour

// Paid is the record of a paid call that is under way; nil of a call that has none.
type Paid struct {
	book *Book
	id   string
	key  string
	kind string // of the jobs that it begins, "" for none
	// earlier says that an equal call had come before, whose record it is and of which it is known that it happened;
	// found, that its record was there.
	earlier, found bool
	ended          bool // it was told how the call ended
}

// Begin holds the limits of what a call may cost, and records it before anything is sent. The record is nil where none
// is kept.
func (b *Book) Begin(ctx context.Context, o Order) (*Paid, error) {
	limits, err := b.limits(ctx)
	if err != nil {
		return nil, refusals.LedgerAway(err)
	}
	if err := limits.within(o.Estimate, o.Most); err != nil || b.cfg.Ledger == nil {
		return nil, err
	}
	entry := ledger.Entry{
		Account: b.cfg.Account(ctx), Grant: limits.Grant, Client: limits.Client, Tool: o.Tool, Kind: o.Kind, Title: o.Title,
		Key: o.Key, Near: o.Near, KeyLasts: KeyLasts, Apart: o.Apart, Estimate: o.Estimate.entry(),
	}
	if o.At.IsZero() {
		o.At = b.cfg.Now()
	}
	switch {
	case o.Within > 0:
		entry.KeyLasts = o.Within
	case o.ForGood:
		entry.KeyLasts = forGood
	}
	r, err := b.cfg.Ledger.Begin(ctx, entry, limits.Caps, o.At)
	if over, ok := errors.AsType[*ledger.OverError](err); ok {
		return nil, limits.capReached(over, o.Estimate)
	}
	if err != nil {
		return nil, refusals.LedgerAway(err)
	}
	return &Paid{book: b, id: r.ID, key: r.Key, kind: o.Kind, earlier: r.State != ledger.Open, found: r.Found}, nil
}

// Key is the one of its order's keys under which the call is to be sent, "" where no record is kept.
func (p *Paid) Key() string {
	if p == nil {
		return ""
	}
	return p.key
}

// Earlier reports whether an equal call had come before, whose record this is.
func (p *Paid) Earlier() bool { return p != nil && p.earlier }

// Answer is what the answer of a paid call says of what has begun.
type Answer struct {
	// Jobs are HeyGen's ids of them.
	Jobs []string
	// NoParts says of a call of many parts that none has begun, Unsure that some may have all the same.
	NoParts, Unsure bool
	// Seconds is how long what was made at once is, 0 where that is not told.
	Seconds float64
}

// Answered records which jobs have begun, or that a call which begins none is done and how long what it made is.
func (p *Paid) Answered(ctx context.Context, a Answer) {
	if p == nil || p.ended {
		return
	}
	p.ended = true
	if a.NoParts && a.Unsure {
		return
	}
	p.note(ctx, func(ctx context.Context, l *ledger.Ledger) error {
		switch {
		case p.kind != "" && len(a.Jobs) > 0:
			err := l.Answered(ctx, p.id, a.Jobs)
			p.book.Recorded(ctx, p.kind, a.Jobs...) // a list may have told of them before
			return err
		case a.NoParts:
			return l.Refused(ctx, p.id, p.book.cfg.Now())
		}
		return l.Finished(ctx, p.id, ledger.Outcome{State: ledger.Done, Seconds: a.Seconds}, p.book.cfg.Now())
	})
}

// Failed gives back what was reserved where nothing can have happened. Elsewhere the record stays open: it may have, by
// this call or by an equal one before.
func (p *Paid) Failed(ctx context.Context, err error) {
	if p == nil || p.ended || p.found || MayHaveHappened(err) {
		return
	}
	p.ended = true
	p.note(ctx, func(ctx context.Context, l *ledger.Ledger) error { return l.Refused(ctx, p.id, p.book.cfg.Now()) })
}

// noteLimit bounds what the answer of a call waits for its record.
const noteLimit = 5 * time.Second

// note writes what came of a call, whether or not its caller still waits. What cannot be written is settled by a later
// look.
func (p *Paid) note(ctx context.Context, write func(context.Context, *ledger.Ledger) error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), noteLimit)
	defer cancel()
	if err := write(ctx, p.book.cfg.Ledger); err != nil {
		p.book.cfg.Trouble(ctx, fmt.Errorf("recording a paid call: %w", err))
	}
}

// MayHaveHappened says of an error whether HeyGen may have done what was asked.
func MayHaveHappened(err error) bool {
	if e, ok := errors.AsType[*heygen.Error](err); ok {
		return e.MayHaveHappened
	}
	_, refused := errors.AsType[*refusals.Refusal](err)
	return !refused
}
