package transport

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/rs/zerolog"

	"heygen-mcp/internal/panics"
	"heygen-mcp/internal/text"
	"heygen-mcp/transport/edge"
)

// logged names each request and writes one line when it has ended. The line holds neither query nor
// body, and of the headers only what a client calls itself, and a Host or an Origin that was refused:
// codes, tokens and scripts travel in the others.
func (s *Server) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := s.cfg.Clock()
		about := &request{id: chooseID(r.Header)}
		w.Header().Set("X-Request-Id", about.id)
		rec := &recorder{ResponseWriter: w, ctl: http.NewResponseController(w)}
		ctx := context.WithValue(r.Context(), requestKey{}, about)
		method, path := r.Method, r.URL.Path
		defer func() {
			left, route := r.Context().Err() != nil, routeOf(ctx)
			about.atEnd(func() {
				took := s.cfg.Clock().Sub(start)
				status := rec.result(left || about.hasLeft())
				s.told(method, route, status, took)
				s.line(about, method, path, status, took, rec.bytes)
			})
			about.detached.begin()
		}()
		next.ServeHTTP(rec, r.WithContext(ctx))
		if about.detached == nil {
			rec.unread(r)
		}
	})
}

// line writes the line of a request.
func (s *Server) line(about *request, method, path string, status int, took time.Duration, bytes int64) {
	line := s.cfg.Log.WithLevel(s.level(about, path, status, took))
	if line == nil {
		return
	}
	line.Func(about.tellRefused).Str("method", clipForLog(method)).Str("path", clipForLog(path)).Int("status", status).
		Func(about.tellOperation).Str("outcome", about.outcome(status)).
		Float64("duration_ms", milliseconds(took)).Int64("bytes", bytes)
	if upstream := time.Duration(about.upstream.Load()); upstream > 0 {
		line.Float64("heygen_ms", milliseconds(upstream))
	}
	for _, text := range [...]struct{ name, value string }{{"caller", about.caller}, {"remote", about.remote}} {
		if text.value != "" {
			line.Str(text.name, text.value)
		}
	}
	line.Str("request_id", about.id).Msg("request")
}

// level is how much a request matters: those of probes are many and all alike.
func (s *Server) level(about *request, path string, status int, took time.Duration) zerolog.Level {
	waits := about.operation.Method == edge.MethodListen || s.parts.Waits != nil && s.parts.Waits(about.operation.Tool)
	switch slow := s.cfg.SlowRequest; {
	case about.refused.header != "", slow > 0 && took >= slow && !waits:
		return zerolog.WarnLevel
	case status < http.StatusBadRequest && isProbe(path):
		return zerolog.DebugLevel
	}
	return zerolog.InfoLevel
}

// milliseconds are a duration's, with three places.
func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// recovered turns a panic into a log line and, where nothing is sent yet, into
// an answer without particulars. Otherwise the connection is cut, so that half
// an answer is not taken for a whole one.
func recovered(log zerolog.Logger) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			p := panics.Catch(func() { next.ServeHTTP(w, r) })
			if p == nil {
				return
			}
			if err, ok := p.Value.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(http.ErrAbortHandler)
			}
			logPanic(r.Context(), log, p, "")
			if rec, ok := w.(*recorder); ok && rec.status != 0 {
				panic(http.ErrAbortHandler)
			}
			edge.WriteError(w, http.StatusInternalServerError, nil, mcp.INTERNAL_ERROR, internal(RequestID(r.Context())).Error())
		})
	}
}

// logPanic writes what ended a handler. what names a tool or a method, where the line of the request
// does not; "" is none.
func logPanic(ctx context.Context, log zerolog.Logger, p *panics.Panic, what string) {
	line := log.Error().Str("request_id", RequestID(ctx)).Str("panic", p.Text()).Bytes("stack", p.Stack)
	if what != "" {
		line = line.Str("tool", what)
	}
	line.Msg("a handler panicked")
}

// clipForLog bounds what a stranger can make us write.
func clipForLog(s string) string {
	const longest = 200 // bytes
	return text.Clip(s, longest)
}
