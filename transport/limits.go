package transport

import (
	"context"
	"net/http"

	"heygen-mcp/internal/peer"
	"heygen-mcp/transport/edge"
	"heygen-mcp/transport/inflight"
)

// limited bounds the requests that it lets through.
func (s *Server) limited(page bool) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			t, busy := s.inflight.Arrive(inflight.Source{Network: peer.Of(r.Context()), Page: page})
			if busy != nil {
				s.hit(busy)
				edge.WriteBusy(w, nil, busy)
				return
			}
			about := aboutOf(r.Context())
			about.ticket = t
			defer about.atEnd(func() { s.inflight.Leave(t) })
			next.ServeHTTP(w, r)
		})
	}
}

// identified gives a request that was let in to its caller.
func (s *Server) identified(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if t := ticketOf(r.Context()); t != nil {
			caller := ""
			if s.parts.Caller != nil {
				caller = s.parts.Caller(r.Context())
				aboutOf(r.Context()).caller = caller
			}
			if busy := s.inflight.Identify(t, caller, s.parts.Caller != nil); busy != nil {
				s.hit(busy)
				edge.WriteBusy(w, nil, busy)
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

// hold takes what the request of ctx needs.
func (s *Server) hold(ctx context.Context, n edge.Need) *edge.Busy {
	if t := ticketOf(ctx); t != nil {
		busy := s.inflight.Hold(t, n)
		s.hit(busy)
		return busy
	}
	return nil
}

// hit tells the operator that a limit was reached; nil is none.
func (s *Server) hit(busy *edge.Busy) {
	if busy != nil && s.cfg.Watch.Limited != nil {
		s.cfg.Watch.Limited(busy.Limit)
	}
}

func ticketOf(ctx context.Context) *inflight.Ticket {
	return aboutOf(ctx).ticket
}
