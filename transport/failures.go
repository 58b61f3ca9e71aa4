package transport

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
	"github.com/rs/zerolog"

	"heygen-mcp/internal/exchange"
)

// failures decides what a client is told of a request that failed inside of mcp-go. Version 1.2.1
// sends the words of every Go error, its own and those of our prompts and resources, and a panic ends
// the request without an answer to its id. Here an *exchange.Refusal is for the client, what mcp-go
// finds wrong with a request is said in words that help, and everything else is told by the request's
// id, by which the log has the rest.
type failures struct{ log zerolog.Logger }

// options make mcp-go tell of its failures.
func (f failures) options(hooks *server.Hooks) []server.ServerOption {
	hooks.AddOnError(f.explain)
	return []server.ServerOption{
		server.WithPromptHandlerMiddleware(func(next server.PromptHandlerFunc) server.PromptHandlerFunc {
			return func(ctx context.Context, req mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
				return guarded(ctx, f, func() (*mcp.GetPromptResult, error) { return next(ctx, req) })
			}
		}),
		server.WithResourceHandlerMiddleware(func(next server.ResourceHandlerFunc) server.ResourceHandlerFunc {
			return func(ctx context.Context, req mcp.ReadResourceRequest) ([]mcp.ResourceContents, error) {
				return guarded(ctx, f, func() ([]mcp.ResourceContents, error) { return next(ctx, req) })
			}
		}),
	}
}

// guarded runs a handler; the error that it gives is a refusal.
func guarded[R any](ctx context.Context, f failures, run func() (R, error)) (res R, err error) {
	if !shielded(ctx, f.log, "", func() { res, err = run() }) {
		return res, failed(ctx)
	}
	if _, ours := errors.AsType[*exchange.Refusal](err); err != nil && !ours {
		if ctx.Err() == nil { // otherwise the client has left, which is no fault
			f.log.Error().Str("request_id", RequestID(ctx)).Err(err).Msg("a handler failed")
		}
		err = failed(ctx)
	}
	return res, err
}

// failed is the refusal of what is not the client's affair.
func failed(ctx context.Context) *exchange.Refusal {
	return &exchange.Refusal{Code: mcp.INTERNAL_ERROR, Message: internal(RequestID(ctx)).Error()}
}

// explain is called by mcp-go with each error that it is about to send.
func (f failures) explain(ctx context.Context, _ any, method mcp.MCPMethod, message any, err error) {
	refuse := func(r *exchange.Refusal) { exchange.From(ctx).Refuse(r.Code, r.Message, r.Data) }
	if ours, ok := errors.AsType[*exchange.Refusal](err); ok {
		refuse(ours)
		return
	}
	if about := wrong(ctx, method, message, err); about != nil {
		refuse(about)
		return
	}
	if e, ok := err.(interface{ ToJSONRPCError() mcp.JSONRPCError }); ok && e.ToJSONRPCError().Error.Code != mcp.INTERNAL_ERROR {
		exchange.From(ctx).Fail(e.ToJSONRPCError().Error.Code) // about the protocol, in mcp-go's own words
		return
	}
	f.log.Error().Str("request_id", RequestID(ctx)).Str("method", clipForLog(string(method))).Err(err).Msg("a request failed")
	refuse(failed(ctx))
}

// wrong says what is wrong with a request that mcp-go refuses, nil where its own words will do.
func wrong(ctx context.Context, method mcp.MCPMethod, message any, err error) *exchange.Refusal {
	invalid := func(format string, args ...any) *exchange.Refusal {
		return &exchange.Refusal{Code: mcp.INVALID_PARAMS, Message: fmt.Sprintf(format, args...)}
	}
	if _, ok := errors.AsType[*server.UnparsableMessageError](err); ok {
		return invalid("the params are not those of %s: a member is missing or of another type than the protocol gives it", method)
	}
	if _, ok := errors.AsType[base64.CorruptInputError](err); ok {
		return invalid("that cursor is none of ours: leave it out to begin with the first page")
	}
	switch req := message.(type) {
	case *mcp.GetPromptRequest:
		if errors.Is(err, server.ErrPromptNotFound) {
			return invalid("unknown prompt: %s; prompts/list names those that there are", clipForLog(req.Params.Name))
		}
	case *mcp.ReadResourceRequest:
		if errors.Is(err, server.ErrResourceNotFound) {
			return &exchange.Refusal{Code: exchange.From(ctx).NotFound(), Data: map[string]any{"uri": clipForLog(req.Params.URI)},
				Message: "unknown resource; resources/list and resources/templates/list show what can be read"}
		}
	}
	return nil
}
