package app

import (
	"context"

	"heygen-mcp/auth"
	"heygen-mcp/tools"
)

// challenge is the WWW-Authenticate header for a caller who lacks the scope that an effect needs;
// "" for one who has it.
func challenge(ctx context.Context, guard *auth.Auth, e tools.Effect) string {
	scope := auth.ScopeWrite
	switch e {
	case tools.Reads:
		scope = auth.ScopeRead
	case tools.Deletes:
		scope = auth.ScopeDelete
	case tools.Creates, tools.Changes:
	}
	answer, _ := guard.Lacks(ctx, scope)
	return answer
}
