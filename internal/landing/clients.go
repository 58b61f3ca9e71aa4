package landing

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"html/template"
	"net/url"
	"strings"

	"heygen-mcp/internal/words"
)

// Button is a link by which a client installs the server at one click.
type Button struct {
	// Key is the client in manifests, and Client what people call it.
	Key, Client string
	// Link has a scheme of the client's own, which a template would otherwise take out.
	Link template.URL
}

// InstalledAs is the name that clients are told to give the server in their lists.
const InstalledAs = "heygen"

// Buttons are the clients that have such links.
func Buttons(endpoint string) []Button {
	cursor := base64.StdEncoding.EncodeToString(jsonText(struct {
		URL string `json:"url"`
	}{endpoint}))
	code := jsonText(struct {
		Name string `json:"name"`
		Type string `json:"type"`
		URL  string `json:"url"`
	}{InstalledAs, "http", endpoint})
	install := "mcp/install?" + strings.ReplaceAll(url.QueryEscape(string(code)), "+", "%20") // as encodeURIComponent has it
	return []Button{
		{"cursor", "Cursor", link("cursor://anysphere.cursor-deeplink/mcp/install?name=" + InstalledAs + "&config=" + url.QueryEscape(cursor))},
		{"vscode", "VS Code", link("vscode:" + install)},
		{"vscode_insiders", "VS Code Insiders", link("vscode-insiders:" + install)},
	}
}

// link vouches for a link that is made here, of the server's own URL.
func link(of string) template.URL { return template.URL(of) } //nolint:gosec // G203: a template takes out schemes it does not know

// Client is how one client is connected: a line to run or to paste, and where.
type Client struct {
	Name, How words.Text
	Line      string
}

// Clients are those with a way of their own. Their lines have the endpoint in them.
func Clients(endpoint string) []Client {
	type server struct {
		Type string `json:"type,omitempty"`
		URL  string `json:"url"`
	}
	config := func(key, kind string) string {
		return string(jsonText(map[string]any{key: map[string]server{InstalledAs: {kind, endpoint}}}))
	}
	terminal := words.Of("how.terminal")
	file := func(name string) words.Text { return words.Of("how.file", "File", name) }
	return []Client{
		{words.Verbatim("Claude Code"), terminal, "claude mcp add --transport http " + InstalledAs + " " + endpoint},
		{words.Of("client.claude"), words.Of("how.claude"), endpoint},
		{words.Verbatim("ChatGPT"), words.Of("how.chatgpt"), endpoint},
		{words.Verbatim("Cursor"), file("~/.cursor/mcp.json"), config("mcpServers", "")},
		{words.Verbatim("VS Code"), file(".vscode/mcp.json"), config("servers", "http")},
		{words.Verbatim("Codex"), terminal, "codex mcp add " + InstalledAs + " --url " + endpoint},
		{words.Verbatim("Gemini CLI"), terminal, "gemini mcp add --transport http " + InstalledAs + " " + endpoint},
		{words.Verbatim("n8n"), words.Of("how.n8n"), endpoint},
		{words.Verbatim("LibreChat"), file("librechat.yaml"), "mcpServers:\n  " + InstalledAs + ":\n    type: streamable-http\n    url: " + endpoint},
		{words.Of("client.command"), words.Of("how.command"), "npx -y mcp-remote " + endpoint},
	}
}

// jsonText is JSON with its characters as they are: a link with \u0026 in it is not one that people can read.
func jsonText(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic(err) // strings alone are in it
	}
	return bytes.TrimSpace(b.Bytes())
}
