package tools

import (
	"context"
	"encoding/json"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

// rawArguments are the arguments as the client sent them: mcp-go's decoded form has lost the
// precision of large numbers.
func rawArguments(req mcp.CallToolRequest) json.RawMessage {
	if len(req.Params.RawArguments) > 0 {
		return req.Params.RawArguments
	}
	raw, err := json.Marshal(req.Params.Arguments)
	if err != nil {
		return nil
	}
	return raw
}

// reporter sends progress to a client that asked for it. A notification that cannot be sent is no
// reason to end a call.
func reporter(ctx context.Context, req mcp.CallToolRequest) progressFunc {
	s := server.ServerFromContext(ctx)
	if s == nil || req.Params.Meta == nil || req.Params.Meta.ProgressToken == nil {
		return nil
	}
	return func(done, total float64, message string) {
		_ = s.SendNotificationToClient(ctx, "notifications/progress", map[string]any{
			"progressToken": req.Params.Meta.ProgressToken,
			"progress":      done,
			"total":         total,
			"message":       message,
		})
	}
}
