package main

import (
	"context"
	"net"
	"net/http"
	"net/http/pprof"
	"net/url"
	"time"

	"github.com/rs/zerolog"

	"heygen-mcp/internal/hosts"
	"heygen-mcp/internal/metrics"
)

// metricsServer serves the counts and Go's profiles on a listener of its own, which is not for the world: profiles tell
// what memory holds, and cost time.
type metricsServer struct {
	url    string
	server *http.Server
	done   chan struct{}
}

// grantsTime bounds the question at each scrape how many sign-ins there are.
const grantsTime = 2 * time.Second

// startCounting counts where somebody can read it, on a listener of its own.
func (a *app) startCounting(ctx context.Context, cfg *config, log zerolog.Logger) (err error) {
	if cfg.MetricsListen == "" {
		return nil
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
	a.watch.metrics = metrics.New(counted)
	a.ledger.Told = a.watch.spent()
	if a.metrics, err = startMetrics(ctx, cfg.MetricsListen, a.watch.metrics.Handler()); err != nil {
		return err
	}
	log.Info().Str("url", a.metrics.url+"/metrics").Msg("metrics are served")
	return nil
}

// startMetrics serves handler and the profiles at an address.
func startMetrics(ctx context.Context, addr string, handler http.Handler) (*metricsServer, error) {
	ln, u, err := listen(ctx, "metrics-listen", addr)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", handler)
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/cmdline", http.NotFound) // flags are the operator's
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	s := &metricsServer{
		url:    u.String(),
		server: &http.Server{Handler: ownHost(ln, mux), ReadHeaderTimeout: headerLimit, IdleTimeout: 2 * time.Minute},
		done:   make(chan struct{}),
	}
	go func() {
		defer close(s.done)
		_ = s.server.Serve(ln) // it ends with ErrServerClosed, by close
	}()
	return s, nil
}

// ownHost keeps web pages out of a listener on a loopback address: a name of theirs that leads to it (DNS rebinding) is
// no name of this machine's.
func ownHost(ln net.Listener, next http.Handler) http.Handler {
	local, err := loopback(ln.Addr().String())
	if err != nil || !local {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !hosts.IsLoopback((&url.URL{Host: r.Host}).Hostname()) {
			http.Error(w, "This listener is for this machine.", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// close ends the listener at once.
func (s *metricsServer) close() {
	_ = s.server.Close()
	<-s.done
}
