package demo

import "fmt"

// Ready returns the text that says how to connect clients to the running demo, and ends with what plays
// the video that was made. Clients that support
// sign-in open a page in a browser; for the others there is the API key of the demo account and the
// endpoint that takes it in a header.
func Ready(mcpURL, sandboxURL string, made Made) string {
	text := fmt.Sprintf(`
Serving on; Ctrl-C ends it. To sign in, use the API key %[3]s, or continue with HeyGen, where any name will do.
  Endpoint      %[1]s
  Sandbox       %[2]s

  Claude Code   claude mcp add --transport http heygen %[1]s
  Cursor        ~/.cursor/mcp.json: {"mcpServers": {"heygen": {"url": "%[1]s"}}}
  Gemini CLI    gemini mcp add --transport http --header "X-Api-Key: %[3]s" heygen %[1]s/key
  Inspector     npx @modelcontextprotocol/inspector@2.12 --cli %[1]s/key --transport http --header "X-Api-Key: %[3]s" --method tools/list

Watch the video: %[4]s
`, mcpURL, sandboxURL, keyPrefix+account, fileURL(made.Path))
	if made.Page != "" {
		text += "On a page:       " + made.Page + "\n"
	}
	return text
}
