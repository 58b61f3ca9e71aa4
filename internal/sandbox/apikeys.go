package sandbox

import (
	"net/http"
	"time"

	"heygen-mcp/internal/sandbox/engine"
)

func (s *Sandbox) apiKeyRoutes() []engine.Route {
	return []engine.Route{
		engine.On("GET", "/v3/api_keys/self", s.currentKey),
	}
}

// currentKey answers GET /v3/api_keys/self.
func (s *Sandbox) currentKey(_ *http.Request, v *engine.Request) (any, *engine.Error) {
	if v.OAuth {
		return nil, engine.Refuse(http.StatusForbidden, "forbidden", "", "This request was not made with an API key.")
	}
	made := time.Unix(firstCreated, 0).UTC().Format(time.RFC3339)
	return map[string]any{
		"key_id":             s.NewID(v.Account.Name, "key"),
		"key_name":           v.Account.Name,
		"status":             "active",
		"scope_mode":         v.Account.ScopeMode,
		"scopes":             v.Account.KeyScopes(),
		"created_at":         made,
		"updated_at":         made,
		"expires_at":         nil, // never
		"expires_in_seconds": nil,
	}, nil
}
