package transport

import (
	"context"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

// CompleteFunc suggests values of an argument of a prompt or of a variable of a resource template,
// of is its name or the template as it is listed, and typed what stands there yet. An *exchange.Refusal is for
// the client.
type CompleteFunc = func(ctx context.Context, of, argument, typed string) (*mcp.Completion, error)

// completer answers completion/complete.
type completer struct {
	complete CompleteFunc
	failures failures
}

// CompletePromptArgument completes an argument of a prompt.
func (c completer) CompletePromptArgument(
	ctx context.Context, prompt string, argument mcp.CompleteArgument, _ mcp.CompleteContext,
) (*mcp.Completion, error) {
	return guarded(ctx, c.failures, func() (*mcp.Completion, error) { return c.complete(ctx, prompt, argument.Name, argument.Value) })
}

// CompleteResourceArgument completes a variable of a resource template.
func (c completer) CompleteResourceArgument(
	ctx context.Context, template string, argument mcp.CompleteArgument, _ mcp.CompleteContext,
) (*mcp.Completion, error) {
	return guarded(ctx, c.failures, func() (*mcp.Completion, error) { return c.complete(ctx, template, argument.Name, argument.Value) })
}

// completions are the options that make mcp-go ask for completions; none where there are none.
func completions(complete CompleteFunc, f failures) []server.ServerOption {
	if complete == nil {
		return nil
	}
	c := completer{complete, f}
	return []server.ServerOption{
		server.WithCompletions(),
		server.WithPromptCompletionProvider(c),
		server.WithResourceCompletionProvider(c),
	}
}
