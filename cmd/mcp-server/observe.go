package main

import (
	"context"
	"time"

	"github.com/rs/zerolog"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/metrics"
	"heygen-mcp/transport"
)

// observer puts what the packages tell of their work together: the counts, and the time of a request that HeyGen took.
type observer struct {
	metrics *metrics.Metrics // nil without --metrics-listen
}

// grantsTime bounds the question at each scrape how many sign-ins there are.
const grantsTime = 2 * time.Second

// startWatching makes the observer and, where it is asked for, the listener that tells what was counted.
func (a *app) startWatching(ctx context.Context, cfg *config, log zerolog.Logger) (err error) {
	a.watch = newObserver(cfg, a)
	a.ledger.Told = a.watch.spent()
	if a.watch.metrics == nil {
		return nil
	}
	if a.metrics, err = startMetrics(ctx, cfg.MetricsListen, a.watch.metrics.Handler()); err != nil {
		return err
	}
	log.Info().Str("url", a.metrics.url+"/metrics").Msg("metrics are served")
	return nil
}

// newObserver makes the counts where somebody can read them.
func newObserver(cfg *config, a *app) *observer {
	o := &observer{}
	if cfg.MetricsListen == "" {
		return o
	}
	counted := metrics.Config{Version: buildVersion()}
	if a.store != nil {
		counted.Grants = func() (float64, bool) {
			ctx, cancel := context.WithTimeout(context.Background(), grantsTime)
			defer cancel()
			n, err := a.store.CountGrants(ctx)
			return float64(n), err == nil
		}
	}
	o.metrics = metrics.New(counted)
	return o
}

// requests is what transport tells.
func (o *observer) requests() transport.Watch {
	if o.metrics == nil {
		return transport.Watch{}
	}
	return transport.Watch{
		Operation: func(ctx context.Context, op transport.Operation) (context.Context, func(string, time.Duration)) {
			return ctx, func(code string, took time.Duration) {
				o.metrics.Operation(op.Method, op.Tool, op.Version, code, took)
			}
		},
		Request: o.metrics.Request,
		Limited: o.metrics.Limited,
	}
}

// upstream is what the client of HeyGen tells.
func (o *observer) upstream(now func() time.Time) heygen.WatchFunc {
	return func(ctx context.Context, op heygen.Op, try int) (context.Context, func(int, string)) {
		start := now()
		return ctx, func(status int, code string) {
			took := now().Sub(start)
			transport.AddUpstream(ctx, took)
			if o.metrics != nil {
				o.metrics.Upstream(op.Method, op.Path, status, try, code, took)
			}
		}
	}
}
