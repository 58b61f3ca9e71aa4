package transport

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
	"github.com/rs/zerolog"
)

// settle is how long a call that may have notified waits before it answers.
//
// mcp-go v1.2.1 drops the last notification of a handler that returns right
// after sending it: its forwarder has taken the notification from the channel
// but finds the request already marked done. Two milliseconds let the forwarder,
// which is already runnable, write first.
const settle = 2 * time.Millisecond

// newMCP builds mcp-go's server, with the caller's tools, as a handler.
func newMCP(cfg Config, parts Parts) http.Handler {
	hooks := &server.Hooks{}
	// The acknowledgement of a listen stream that ends at once is lost by the same fault.
	hooks.AddAfterSubscriptionsListen(func(ctx context.Context, _ any, _ *mcp.SubscriptionsListenRequest, _ *mcp.SubscriptionsListenResult) {
		pause(ctx)
	})
	options := []server.ServerOption{
		// A listen stream for changes of the list is left open because of this;
		// otherwise mcp-go would end it at once and its client open it again.
		server.WithToolCapabilities(true),
		server.WithInstructions(cfg.Instructions),
		server.WithToolHandlerMiddleware(guardTool(cfg.Log)),
		server.WithToolHandlerMiddleware(settleTool),
		server.WithHooks(hooks),
		// What a caller sees may depend on its path, its headers and its rights.
		server.WithCacheHints(0, mcp.CacheScopePrivate),
	}
	if parts.Visible != nil {
		options = append(options, server.WithToolFilter(parts.Visible))
	}
	s := server.NewMCPServer(cfg.Name, cfg.Version, options...)
	parts.Register(s)
	return server.NewStreamableHTTPServer(s,
		server.WithStateLess(true),
		server.WithDisableStreaming(true),
		// We check Host ourselves: mcp-go's check refuses a proxy on the same
		// machine that keeps the public name.
		server.WithDisableLocalhostProtection(true),
		server.WithStreamableHTTPLogger(slog.New(zerolog.NewSlogHandler(cfg.Log))),
	)
}

// guardTool keeps panics and Go errors from the client, to whom mcp-go, with or
// without its WithRecovery, would send them word for word.
func guardTool(log zerolog.Logger) server.ToolHandlerMiddleware {
	return func(next server.ToolHandlerFunc) server.ToolHandlerFunc {
		return func(ctx context.Context, req mcp.CallToolRequest) (res *mcp.CallToolResult, err error) {
			id := RequestID(ctx)
			defer func() {
				if p := recover(); p != nil {
					log.Error().Str("request_id", id).Str("tool", req.Params.Name).Str("panic", panicText(p)).
						Bytes("stack", debug.Stack()).Msg("a tool panicked")
					res, err = nil, internal(id)
				}
			}()
			res, err = next(ctx, req)
			if err == nil || errors.Is(err, context.Canceled) {
				return res, err
			}
			log.Error().Str("request_id", id).Str("tool", req.Params.Name).Err(err).Msg("a tool failed")
			return nil, internal(id)
		}
	}
}

func internal(id string) error { return fmt.Errorf("internal error (request %s)", id) }

// settleTool waits after a handler that may have notified: only a caller that
// gave a progress token is sent progress.
func settleTool(next server.ToolHandlerFunc) server.ToolHandlerFunc {
	return func(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		res, err := next(ctx, req)
		if req.Params.Meta != nil && req.Params.Meta.ProgressToken != nil {
			pause(ctx)
		}
		return res, err
	}
}

func pause(ctx context.Context) {
	timer := time.NewTimer(settle)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
