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
	return []Client{
		{words.Verbatim("Claude Code"), inTerminal(), "claude mcp add --transport http " + InstalledAs + " " + endpoint},
		{words.Of("client.claude"), words.Of("how.claude"), endpoint},
		{words.Verbatim("ChatGPT"), words.Of("how.chatgpt"), endpoint},
		{words.Verbatim("Cursor"), inFile("~/.cursor/mcp.json"), entry("mcpServers", server{URL: endpoint})},
		{words.Verbatim("VS Code"), inFile(".vscode/mcp.json"), entry("servers", server{Type: "http", URL: endpoint})},
		{words.Verbatim("Codex"), inTerminal(), "codex mcp add " + InstalledAs + " --url " + endpoint},
		{words.Verbatim("Gemini CLI"), inTerminal(), "gemini mcp add --transport http " + InstalledAs + " " + endpoint},
		{words.Verbatim("n8n"), words.Of("how.n8n"), endpoint},
		{words.Verbatim("LibreChat"), inFile("librechat.yaml"), librechat(endpoint)},
		{words.Of("client.command"), words.Of("how.command"), "npx -y mcp-remote " + endpoint},
	}
}

// yourKey stands for a person's key in the lines of KeyClients, and keyHeader is where clients put it.
const (
	yourKey   = "YOUR_KEY"
	keyHeader = "X-Api-Key"
)

// KeyClients are the same clients where each brings a key of HeyGen's. keyed is the endpoint without OAuth: some drop
// their headers where they see it. Those that can send no header are told so, and are given the endpoint with it.
func KeyClients(endpoint, keyed string) []Client {
	const flag = `--header "` + keyHeader + ": " + yourKey + `"`
	headers := map[string]string{keyHeader: yourKey}
	instead := func(how string) words.Text { return words.Sentences{words.Of("how.no_key"), words.Of(how)} }
	return []Client{
		{words.Verbatim("Claude Code"), inTerminal(), "claude mcp add --transport http " + InstalledAs + " " + keyed + " " + flag},
		{words.Of("client.claude"), instead("how.claude"), endpoint},
		{words.Verbatim("ChatGPT"), instead("how.chatgpt"), endpoint},
		{words.Verbatim("Cursor"), inFile("~/.cursor/mcp.json"), entry("mcpServers", server{URL: keyed, Headers: headers})},
		{words.Verbatim("VS Code"), inFile(".vscode/mcp.json"), entry("servers", server{Type: "http", URL: keyed, Headers: headers})},
		{words.Verbatim("Codex"), inFile("~/.codex/config.toml"), "[mcp_servers." + InstalledAs + "]\nurl = \"" + keyed + "\"\n" +
			`http_headers = { "` + keyHeader + `" = "` + yourKey + `" }`},
		{words.Verbatim("Gemini CLI"), inTerminal(), "gemini mcp add --transport http " + flag + " " + InstalledAs + " " + keyed},
		{words.Verbatim("n8n"), words.Of("how.n8n_key"), keyed},
		{words.Verbatim("LibreChat"), inFile("librechat.yaml"), librechat(keyed) + "\n    headers:\n      " + keyHeader + ": " + yourKey},
		{words.Of("client.command"), words.Of("how.command"), "npx -y mcp-remote " + keyed + " " + flag},
	}
}

func inTerminal() words.Text { return words.Of("how.terminal") }

func inFile(name string) words.Text { return words.Of("how.file", "File", name) }

// server is an entry in the settings of a client that keeps them as JSON.
type server struct {
	Type    string            `json:"type,omitempty"`
	URL     string            `json:"url"`
	Headers map[string]string `json:"headers,omitempty"`
}

// entry is a file of settings with a server in it, under the name that a client has for all of them.
func entry(all string, s server) string {
	return string(jsonText(map[string]any{all: map[string]server{InstalledAs: s}}))
}

func librechat(endpoint string) string {
	return "mcpServers:\n  " + InstalledAs + ":\n    type: streamable-http\n    url: " + endpoint
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
