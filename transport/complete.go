package transport

import (
	"context"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

// completer answers completion/complete by the name of the argument alone, which means the same
// wherever it stands.
type completer struct {
	complete func(ctx context.Context, argument, typed string) *mcp.Completion
}

// CompletePromptArgument completes an argument of a prompt.
func (c completer) CompletePromptArgument(ctx context.Context, _ string, argument mcp.CompleteArgument, _ mcp.CompleteContext) (*mcp.Completion, error) {
	return c.complete(ctx, argument.Name, argument.Value), nil
}

// CompleteResourceArgument completes an argument of a resource template.
func (c completer) CompleteResourceArgument(ctx context.Context, _ string, argument mcp.CompleteArgument, _ mcp.CompleteContext) (*mcp.Completion, error) {
	return c.complete(ctx, argument.Name, argument.Value), nil
}

// completions are the options that make mcp-go ask for completions; none where there are none.
func completions(complete func(ctx context.Context, argument, typed string) *mcp.Completion) []server.ServerOption {
	if complete == nil {
		return nil
	}
	c := completer{complete}
	return []server.ServerOption{
		server.WithCompletions(),
		server.WithPromptCompletionProvider(c),
		server.WithResourceCompletionProvider(c),
	}
}
