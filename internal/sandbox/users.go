package sandbox

import (
	"net/http"
	"strings"
	"time"

	"heygen-mcp/internal/sandbox/engine"
)

func (s *Sandbox) userRoutes() []engine.Route {
	return []engine.Route{
		engine.On("GET", "/v3/users/me", s.currentUser),
	}
}

// currentUser answers GET /v3/users/me.
func (s *Sandbox) currentUser(_ *http.Request, v *engine.Request) (any, *engine.Error) {
	a := v.Account
	now := s.Now()
	s.Settle(a, now)
	email := a.Name
	if !strings.Contains(email, "@") {
		email += "@sandbox.example"
	}
	out := map[string]any{
		"username":     a.Name,
		"email":        email,
		"first_name":   a.Name,
		"last_name":    "Sandbox",
		"billing_type": "wallet",
		"wallet":       nil,
		"subscription": nil,
		"usage_based":  nil,
	}
	if v.OAuth {
		month := time.Date(now.UTC().Year(), now.UTC().Month()+1, 1, 0, 0, 0, 0, time.UTC)
		out["billing_type"] = "subscription"
		out["subscription"] = map[string]any{
			"plan": v.Account.Plan,
			"credits": map[string]any{
				"premium_credits": map[string]any{"remaining": a.Premium, "resets_at": month.Format(time.RFC3339)},
				"add_on_credits":  nil,
			},
		}
		return out, nil
	}
	out["wallet"] = map[string]any{
		"currency":          "usd",
		"remaining_balance": float64(a.Wallet) / engine.MicroUSD,
		"auto_reload":       map[string]any{"enabled": false, "threshold_usd": nil, "amount_usd": nil},
	}
	return out, nil
}
