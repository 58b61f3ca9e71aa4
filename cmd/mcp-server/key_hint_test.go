package main

import (
	"strings"
	"testing"

	"heygen-mcp/cmd/mcp-server/demo"
)

// TestWhatTakesAKeyAlone holds, through every layer, what a user is told who has signed in with
// HeyGen at something that HeyGen takes an API key for: at once, and how to come with a key here.
func TestWhatTakesAKeyAlone(t *testing.T) {
	t.Parallel()
	direct := newStack(t, "--toolsets", "all,previews")
	token, err := demo.SignIn(t.Context(), direct.mcpURL, "mia", func(string, string) {})
	if err != nil {
		t.Fatal(err)
	}
	broker := newSigned(t, "--toolsets", "account")
	for name, c := range map[string]struct {
		s     *stack
		token string
		tools map[string]string
		hint  string
	}{
		"direct": {
			direct, token,
			map[string]string{
				"get_current_api_key":   `{}`,
				"generate_model_speech": `{"voice_id":"v","text":"x"}`,
			},
			direct.mcpURL + "/key",
		},
		"broker": {
			broker, connectAtHeyGen(t, broker.mcpURL).access,
			map[string]string{"get_current_api_key": `{}`},
			"this server's sign-in page",
		},
	} {
		plain := *c.s
		plain.bearers = nil // the token is at hand
		for tool, args := range c.tools {
			res := plain.tool(t, "Bearer "+c.token, tool, args)
			step, _ := res["next_step"].(string)
			if res["error_code"] != "api_key_required" || !strings.Contains(step, c.hint) ||
				!strings.Contains(step, "X-Api-Key") {
				t.Errorf("%s %s: got %v, want a way in with a key", name, tool, res)
			}
		}
		for _, asked := range c.s.seen(t) {
			// Who signs in is checked with /v3/users/me.
			if strings.HasPrefix(asked.Path, "/v3/") && asked.Path != "/v3/users/me" {
				t.Errorf("%s: HeyGen was asked %s %s, want nothing", name, asked.Method, asked.Path)
			}
		}
		// Whoever comes with a key is not held up, whether they bring it or have signed in with it.
		res := c.s.tool(t, "mia", "get_current_api_key", `{}`)
		if res["error"] != nil || res["can"] == nil {
			t.Errorf("%s, with a key: got %v, want the key", name, res)
		}
	}
}
