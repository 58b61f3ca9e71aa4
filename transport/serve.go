package transport

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/rs/zerolog"

	"heygen-mcp/transport/connections"
	"heygen-mcp/transport/keepalive"
)

const (
	// headerTime bounds the reading of a request's head, against clients that
	// open connections and send a byte now and then.
	headerTime = 10 * time.Second
	// requestTime bounds the reading of a whole request, against bodies that come a
	// byte now and then: net/http reads on after a refusal, to keep the connection.
	// The limit ends with the body, so an answer may take as long as it needs; the
	// edge sets a later one for a long body.
	requestTime = 30 * time.Second
	// idleTime is longer than the minute that load balancers keep a connection,
	// so that it is they who close it.
	idleTime = 2 * time.Minute
	// drainTime is less than the thirty seconds after which schedulers kill.
	drainTime = 25 * time.Second
	// maxHead bounds a request's head; tokens and a proxy's headers fit easily.
	maxHead = 64 << 10
)

// delay serves on for a while, so that whoever was told that the server is not ready sends requests elsewhere before
// the listener closes.
func (s *Server) delay(failed <-chan error) error {
	if s.cfg.DrainDelay == 0 {
		return nil
	}
	s.cfg.Log.Info().Dur("for", s.cfg.DrainDelay).Msg("not ready, and serving on")
	over := time.NewTimer(s.cfg.DrainDelay)
	defer over.Stop()
	select {
	case err := <-failed:
		return fmt.Errorf("transport: serving: %w", err)
	case <-over.C:
		return nil
	}
}

// Serve serves on ln until ctx is done. Then, after DrainDelay, it takes no more connections, ends
// the listen streams, lets running calls finish, and closes what is left after
// 25 seconds. There is no write timeout for all that a request is answered: it
// would cut streams. The recorder gives each write its own. Connections on which nothing comes for a while are kept
// outside of net/http.
func (s *Server) Serve(ctx context.Context, ln net.Listener) error {
	open := connections.New(s.cfg.Limits.Connections)
	waiting := keepalive.Listen(ln, keepalive.After, open.State)
	srv := &http.Server{
		Handler:           keepalive.Handler(s.handler),
		ReadHeaderTimeout: headerTime,
		ReadTimeout:       requestTime,
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    maxHead,
		ConnState:         waiting.State,
		ConnContext: func(ctx context.Context, conn net.Conn) context.Context {
			return waiting.Context(open.Context(ctx, conn), conn)
		},
		// net/http's own complaints: broken connections and bad requests.
		ErrorLog: slog.NewLogLogger(zerolog.NewSlogHandler(s.cfg.Log), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(waiting) }()
	select {
	case err := <-failed:
		return fmt.Errorf("transport: serving: %w", err)
	case <-ctx.Done():
	}
	s.draining.Store(true)
	if err := s.delay(failed); err != nil {
		return err
	}
	s.edge.Drain()
	if s.parts.Drain != nil {
		s.parts.Drain()
	}
	// The end of ctx is what began the drain; it must not end it too.
	limit, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	err := srv.Shutdown(limit)
	if err != nil {
		err = errors.Join(fmt.Errorf("transport: calls were cut off: %w", err), srv.Close())
	}
	if late := s.detached.wait(limit); err == nil && late != nil {
		err = fmt.Errorf("transport: waits were cut off: %w", late)
	}
	if failure := <-failed; !errors.Is(failure, http.ErrServerClosed) {
		err = errors.Join(err, fmt.Errorf("transport: serving: %w", failure))
	}
	return err
}
