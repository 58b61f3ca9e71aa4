package app

import "heygen-mcp/auth"

// keyHint tells a user who signed in without a HeyGen API key how to connect with one.
func keyHint(mode auth.Mode, mcpURL string) string {
	if mode == auth.Broker {
		return "They connect again and give it on this server's sign-in page, under Use an API key; or " +
			"the client sends it in X-Api-Key."
	}
	return "The client sends it in X-Api-Key, or as its bearer token, in place of the sign-in; one " +
		"that drops its own headers then uses " + mcpURL + "/key."
}
