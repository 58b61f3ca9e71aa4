package observe

import (
	"context"
	"net"
	"net/http"
	"net/http/pprof"
	"net/url"
	"time"

	"github.com/rs/zerolog"

	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/internal/hosts"
	"heygen-mcp/internal/listen"
	"heygen-mcp/internal/metrics"
	"heygen-mcp/internal/release"
)

// grantsTime bounds the question at each scrape how many sign-ins there are.
const grantsTime = 2 * time.Second

// StartCounting counts where somebody can read it, on a listener of its own, and nil where nobody can. grants tells how
// many sign-ins there are; it is nil where there are none.
func (o *Observer) StartCounting(
	ctx context.Context, addr string, grants func(ctx context.Context) (int, error), log zerolog.Logger,
) (*listen.Server, error) {
	if addr == "" {
		return nil, nil
	}
	counted := metrics.Config{Version: release.Version()}
	if grants != nil {
		counted.Grants = func() (float64, bool) {
			ctx, cancel := context.WithTimeout(context.Background(), grantsTime)
			defer cancel()
			n, err := grants(ctx)
			return float64(n), err == nil
		}
	}
	o.metrics = metrics.New(counted)
	s, err := startMetrics(ctx, addr, o.metrics.Handler())
	if err != nil {
		return nil, err
	}
	log.Info().Str("url", s.URL.String()+"/metrics").Msg("metrics are served")
	return s, nil
}

// startMetrics serves handler and the profiles at an address, which is not for the world: profiles tell what memory
// holds, and cost time.
func startMetrics(ctx context.Context, addr string, handler http.Handler) (*listen.Server, error) {
	ln, u, err := listen.On(ctx, "metrics-listen", addr)
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
	return listen.Serve(ln, u, ownHost(ln, mux)), nil
}

// ownHost keeps web pages out of a listener on a loopback address: a name of theirs that leads to it (DNS rebinding) is
// no name of this machine's.
func ownHost(ln net.Listener, next http.Handler) http.Handler {
	local, err := settings.IsLoopback(ln.Addr().String())
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
