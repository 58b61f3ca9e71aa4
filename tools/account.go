package tools

import "heygen-mcp/heygen"

// none is the input of a tool that takes nothing.
type none struct{}

// user is the account behind the credential.
type user struct {
	Username    string         `json:"username"`
	Email       string         `json:"email"`
	FirstName   string         `json:"first_name"`
	LastName    string         `json:"last_name"`
	BillingType string         `json:"billing_type"`
	Wallet      map[string]any `json:"wallet"`
	Plan        map[string]any `json:"subscription"`
	UsageBased  map[string]any `json:"usage_based"`
}

func accountTools() []entry {
	return []entry{
		Tool[none, user]{
			Name:        "get_current_user",
			Title:       "Get the account and its balance",
			Description: "Who is signed in, how the account is billed (wallet in USD, subscription credits or usage based) and what is left.",
			Aliases:     []string{"get_remaining_credits"},
			Op:          heygen.Op{Method: "GET", Path: "/v3/users/me"},
		}.entry(),
	}
}
