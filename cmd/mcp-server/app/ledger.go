package app

import (
	"context"
	"net/url"
	"time"

	"github.com/rs/zerolog"

	"heygen-mcp/auth"
	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/internal/ledger"
	"heygen-mcp/tools"
)

// sweepLedgerEvery is how often records that are older than --ledger-days are deleted.
const sweepLedgerEvery = time.Hour

// openLedger opens the record of paid calls, which is kept where sign-ins are.
func (a *App) openLedger(ctx context.Context, cfg *settings.Config, log zerolog.Logger) {
	a.ledger = ledger.In(a.database)
	a.preparing.Go(func() error {
		if err := a.ledger.Prepare(ctx); err != nil {
			return err
		}
		a.sweepLedger(ctx, cfg, log)
		return nil
	})
}

// sweepLedger deletes what is too old until the app is closed, which may be before ctx ends.
func (a *App) sweepLedger(ctx context.Context, cfg *settings.Config, log zerolog.Logger) {
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
			before := cfg.Now().AddDate(0, 0, -cfg.LedgerDays)
			if err := a.ledger.Sweep(sweeping, before); err != nil && sweeping.Err() == nil {
				log.Error().Err(err).Msg("old records of paid calls could not be deleted")
			}
			select {
			case <-tick.C:
			case <-sweeping.Done():
				return
			}
		}
	}()
}

// spending is what the caller in a context may spend: as much as both the operator and the connection's person allow.
func spending(cfg *settings.Config, guard *auth.Auth, public *url.URL) func(context.Context) (tools.Spending, error) {
	raiseGrant := "The user can raise it at " + public.String() + auth.ConnectionsPath + "."
	return func(ctx context.Context) (s tools.Spending, err error) {
		s.Grant, s.Client = auth.Connection(ctx)
		if most := operatorCap(cfg); most > 0 {
			s.Caps = append(s.Caps, ledger.Cap{Most: most})
			s.Raise = "The operator of this server can raise it with --spend-cap-daily."
		}
		most, err := guard.SpendCap(ctx)
		if most != nil {
			s.Caps = append(s.Caps, ledger.Cap{Grant: true, Most: ledger.Money(*most)})
			s.RaiseGrant = raiseGrant
		}
		return s, err
	}
}

// operatorCap is the most that each account may spend in a day; 0 is no cap.
func operatorCap(cfg *settings.Config) ledger.Money { return ledger.Dollars(cfg.SpendCapDaily) }

// troubles logs errors that do not fail the call in which they occur.
func troubles(log zerolog.Logger) func(context.Context, error) {
	return func(ctx context.Context, err error) { log.Error().Ctx(ctx).Err(err).Msg("a call went on all the same") }
}
