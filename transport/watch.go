package transport

import (
	"context"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/transport/edge"
)

// Operation is a message of MCP's as an operator may know it.
type Operation = edge.Operation

// Watch is told of what happens, for metrics and traces. Each of its members may be nil. None is told who calls.
type Watch struct {
	// Operation is told of a message that has come. The context that it gives is the one in which the message is
	// answered, and end is called then, with "" or the error code.
	Operation func(ctx context.Context, o Operation) (answering context.Context, end func(code string, took time.Duration))
	// Request is told of every HTTP request that has ended. route is the pattern of its path, "" where there is none.
	Request func(method, route string, status int, took time.Duration)
	// Limited is told of every request that is refused for a limit, by the limit's name.
	Limited func(limit string)
}

// watch remembers a message for the line of its request and passes it on to the operator's Watch.
func (s *Server) watch(ctx context.Context, o Operation) (context.Context, func(code string)) {
	about := aboutOf(ctx)
	about.messages++
	first := about.messages == 1
	if first {
		about.operation = o
	}
	end := func(string, time.Duration) {}
	if s.cfg.Watch.Operation != nil {
		ctx, end = s.cfg.Watch.Operation(ctx, o)
	}
	start := s.cfg.Clock()
	return ctx, func(code string) {
		if first {
			about.code = code
		}
		end(code, s.cfg.Clock().Sub(start))
	}
}

// told passes a request that has ended on to the operator's Watch. A limit of another part's, such as auth's, is known
// by the status alone.
func (s *Server) told(method, route string, status int, took time.Duration) {
	if s.cfg.Watch.Request != nil {
		s.cfg.Watch.Request(method, route, status, took)
	}
}

// routeOf is the pattern of the path of the request that is being served in ctx, "" where there is none.
func routeOf(ctx context.Context) string {
	if c := chi.RouteContext(ctx); c != nil {
		return c.RoutePattern()
	}
	return ""
}

// isProbe says whether a path is asked for by schedulers, again and again.
func isProbe(path string) bool {
	for _, probe := range [...]string{"/healthz", "/readyz"} {
		if strings.HasSuffix(path, probe) {
			return true
		}
	}
	return false
}
