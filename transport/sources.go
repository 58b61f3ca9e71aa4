package transport

import (
	"net/http"

	"heygen-mcp/internal/peer"
)

// sources puts the source of each request into its context, for the limits of whoever serves it.
func sources(cfg Config) func(http.Handler) http.Handler {
	return peer.New(cfg.TrustedProxies, func() {
		cfg.Log.Warn().Msg("requests arrive with X-Forwarded-For or Forwarded from a peer that is not in " +
			"--trusted-proxies: if it is a proxy of yours, name it there, since all who come through it count as one " +
			"source for limits")
	}).Middleware
}

// located notes where a request comes from, for its line. It stands behind sources.
func located(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		aboutOf(r.Context()).remote = peer.Address(r.Context())
		next.ServeHTTP(w, r)
	})
}
