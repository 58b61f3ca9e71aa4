package tools

import (
	"heygen-mcp/heygen"
	"heygen-mcp/tools/choice"
	"heygen-mcp/tools/engine"
)

// noArguments is the input of a tool that takes nothing.
type noArguments struct{}

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

// apiKey is the key behind the credential.
type apiKey struct {
	KeyID     string   `json:"key_id"`
	KeyName   string   `json:"key_name"`
	Status    string   `json:"status"`
	ScopeMode string   `json:"scope_mode"`
	Scopes    []string `json:"scopes"`
	CreatedAt string   `json:"created_at"`
	UpdatedAt string   `json:"updated_at"`
	ExpiresAt string   `json:"expires_at"`
	ExpiresIn int      `json:"expires_in_seconds"`

	Can    string `json:"can"`
	Cannot string `json:"cannot,omitempty"`
}

func accountTools(ch *choice.Choice) []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[noArguments, user]{
			Name:  "get_current_user",
			Title: "Get the account and its balance",
			Asked: "money left afford budget signed in plan tier subscription membership login whoami email username " +
				"seats remaining funds top up recharge enough quota wallet bill",
			Description: "Who is signed in, how the account is billed (wallet in USD, subscription credits or usage based) " +
				"and what is left.",
			Aliases: []string{"get_remaining_credits"},
			Op:      heygen.Op{Method: "GET", Path: "/v3/users/me"},
		}.Bind(),
		engine.Tool[noArguments, apiKey]{
			Name:  "get_current_api_key",
			Title: "Get the API key's permissions",
			Asked: "allowed rights expires token scopes reach may forbidden 403 denied",
			Description: "What the API key in use can and cannot do here, its permissions (scopes) and its " +
				"expiry. Refused where the user signed in without a key.",
			KeyOnly: true,
			Op:      heygen.Op{Method: "GET", Path: "/v3/api_keys/self"},
			Augment: func(_ *noArguments, r *engine.Result[apiKey]) {
				r.Out.Can, r.Out.Cannot = keyReach(ch.AllCallable(), r.Out.ScopeMode, r.Out.Scopes)
			},
		}.Bind(),
	}
}
