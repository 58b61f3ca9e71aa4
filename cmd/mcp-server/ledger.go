package main

import (
	"context"
	"time"

	"github.com/rs/zerolog"

	"heygen-mcp/auth"
	"heygen-mcp/internal/ledger"
	"heygen-mcp/tools"
)

// sweepLedgerEvery is how often records that are older than --ledger-days are deleted.
const sweepLedgerEvery = time.Hour

// openLedger opens the record of paid calls, which is kept where sign-ins are.
func (a *app) openLedger(ctx context.Context, cfg *config, log zerolog.Logger) error {
	book, err := ledger.New(ctx, a.database)
	if err != nil {
		return err
	}
	a.ledger = book
	// The sweeps end with the app, which may be closed before ctx ends.
	sweeping, end := context.WithCancel(ctx)
	done := make(chan struct{})
	a.endSweeps = func() {
		end()
		<-done
	}
	go func() {
		defer close(done)
		tick := time.NewTicker(sweepLedgerEvery)
		defer tick.Stop()
		for {
			before := cfg.now().AddDate(0, 0, -cfg.LedgerDays)
			if err := book.Sweep(sweeping, before); err != nil && sweeping.Err() == nil {
				log.Error().Err(err).Msg("old records of paid calls could not be deleted")
			}
			select {
			case <-tick.C:
			case <-sweeping.Done():
				return
			}
		}
	}()
	return nil
}

// spending is what the caller in a context may spend.
func spending(cfg *config) func(context.Context) tools.Spending {
	return func(ctx context.Context) tools.Spending {
		var s tools.Spending
		s.Grant, s.Client = auth.Connection(ctx)
		if cfg.SpendCapDaily > 0 {
			s.Caps = append(s.Caps, ledger.Cap{Most: ledger.Dollars(cfg.SpendCapDaily)})
			s.Raise = "The operator of this server can raise it with --spend-cap-daily."
		}
		return s
	}
}

// troubles logs what went wrong beside a call that went on.
func troubles(log zerolog.Logger) func(context.Context, error) {
	return func(ctx context.Context, err error) { log.Error().Ctx(ctx).Err(err).Msg("a call went on all the same") }
}
