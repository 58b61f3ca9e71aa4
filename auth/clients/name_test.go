package clients

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestNames(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Claude":                    "Claude",
		"Claude Code (heygen)":      "Claude Code (heygen)",
		" a\n\tb ":                  "a b",
		"HeyGen\u202etxt":           "HeyGentxt",
		"zero\u200bwidth":           "zerowidth",
		"Ｃｌａｕｄｅ":                    "Claude",
		"Bob's tool":                "Bobs tool",
		"a <b> & \"c\"":             "a b c",
		"it; that":                  "it that",
		"Студия 2":                  "Студия 2",
		"動画エージェント":                  "動画エージェント",
		"वीडियो":                    "वीडियो",
		"café":                      "café",
		"Cl\u0430ude":               "", // a Cyrillic letter among Latin ones
		"Ϲlaude":                    "", // a Greek one
		"Claude 動画":                 "",
		"ꓚꓡꓮꓴꓓꓰ":                    "", // Lisu, each of whose letters is drawn as a Latin one
		"ᏟᏞᎪᏌᎠᎬ":                    "", // Cherokee
		"ᑕᒪᗩᑌᗪᗴ":                    "", // Canadian syllabics
		"ⲤⲞⲆⲈ":                      "", // Coptic
		"a\u0301\u0301\u0301\u0301": "á",
		"\U0001f916 bot":            "bot",
		"\u0000":                    "",
		"...":                       "...",
		strings.Repeat("x", 200):    strings.Repeat("x", 40),
		strings.Repeat("é", 200):    strings.Repeat("é", 40),
		strings.Repeat("x ", 200):   strings.TrimSpace(strings.Repeat("x ", 20)),
	} {
		if got := cleanName(in); got != want || utf8.RuneCountInString(got) > 40 {
			t.Errorf("%q is shown as %q, want %q", in, got, want)
		}
	}
	if got := (Client{Name: "n8n & co", Source: Static}).ShownName(); got != "n8n & co" {
		t.Errorf("the operator's name is shown as %q", got)
	}
}

// TestResembles tries to be taken for a well-known client.
func TestResembles(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Claude": "Claude", "CLAUDE": "Claude", "C l a u d e": "Claude", "C.l.a.u.d.e": "Claude", "Claude Code (heygen)": "Claude", "ClaudeAI": "Claude",
		"C1aude": "Claude", "CIaude": "Claude", "C|aude": "", "Clàude": "Claude", "Ｃlaude": "Claude", "Сӏаυԁе": "Claude", "𝐂𝐥𝐚𝐮𝐝𝐞": "Claude", "Cl4ude": "Claude",
		"Official-Claude": "Claude", "dаude": "Claude", "ChatGPT": "ChatGPT", "Chat GPT 5": "ChatGPT", "0penAl": "OpenAI", "OpenAI": "OpenAI", "Anthropic": "Anthropic",
		"Сurѕоr": "Cursor", "Visual  Studio_Code": "Visual Studio Code", "VSCode": "VS Code", "HeyGen Support": "HeyGen", "HeyGеn": "HeyGen", "Gernini": "Gemini",
		"G00gle": "Google", "GitHub C0pilot": "Copilot", "Micros0ft": "Microsoft", "GEMINI CLI MCP Client": "Gemini", "Vv5": "",
		"ᴄʟᴀᴜᴅᴇ": "Claude", "Cʟaude": "Claude", "Çłåüðé": "Claude", "Cɭaude": "Claude", "Clauɖe": "Claude", "Clauꝺe": "Claude", "ꞓlaude": "Claude", "CLɅUDE": "Claude",
		"СһатԌРТ": "ChatGPT", "СЏЯЅОЯ": "Cursor", "Ɠemini": "Gemini", "ɢᴏᴏɢʟᴇ": "Google",
		"A client": "", "n8n": "", "LibreChat MCP Client": "", "MCP CLI Proxy": "", "": "", "Студия": "", "Cloud": "", "Codec": "",
	} {
		if got := resembles(name); got != want {
			t.Errorf("%q resembles %q, want %q (folded: %q)", name, got, want, fold(name))
		}
	}
}

// TestClass is what follows from where a client waits and who says so.
func TestClass(t *testing.T) {
	t.Parallel()
	p := Policy{Hosts: []string{"n8n.example", "app.example", "https://one.example/cb", "myapp://"}}
	doc := func(id string) Client { return Client{ID: id, Source: Document} }
	dcr, static := Client{ID: "x", Source: Registered}, Client{ID: "x", Source: Static}
	for i, c := range []struct {
		client   Client
		redirect string
		want     Class
	}{
		{dcr, "https://claude.ai/api/mcp/auth_callback", Known},
		{dcr, "https://chatgpt.com/connector/oauth/abc", Known},
		{dcr, "https://n8n.example/cb", Known},
		{dcr, "https://one.example/cb", Known},
		{dcr, "https://one.example/other", OwnHost},
		{dcr, "https://claude.ai/other", OwnHost},
		{doc("https://claude.ai/oauth/c"), "https://claude.ai/api/mcp/auth_callback", Known},
		{doc("https://claude.ai/oauth/c"), "https://claude.com/api/mcp/auth_callback", Known},
		{doc("https://evil.example/c"), "https://claude.ai/api/mcp/auth_callback", OwnHost},
		{doc("https://claude.ai.evil.example/c"), "https://claude.ai/api/mcp/auth_callback", OwnHost},
		{doc("https://evil.example/c"), "https://evil.example/cb", OwnHost},
		{doc("https://evil.example/c"), "https://n8n.example/cb", OwnHost},
		{doc("https://n8n.example/c"), "https://n8n.example/cb", Known},
		{doc("https://app.example/c"), "https://n8n.example/cb", Known},
		{static, "https://any.example/cb", Known},
		{static, "http://127.0.0.1/cb", Local},
		{static, "https://localhost:8443/cb", Local},
		{static, "https://app.LOCALHOST./cb", Local},
		{static, "https://[::1]/cb", Local},
		{static, "https://vscode.dev/redirect", Local},
		{dcr, "http://localhost:1/cb", Local},
		{dcr, "cursor://anysphere.cursor-mcp/oauth/callback", Local},
		{dcr, "myapp://x/y", Local},
		{dcr, "https://vscode.dev/redirect", Local},
		{dcr, "https://insiders.vscode.dev/redirect", Local},
		{dcr, "https://VSCODE.dev./redirect?x", Local},
		{doc("https://vscode.dev/c"), "https://vscode.dev/redirect", Local},
	} {
		if got := p.Class(c.client, c.redirect); got != c.want || Hosted(c.redirect) == (c.want == Local) {
			t.Errorf("%d: %s of %s is %d, hosted %t; want %d", i, c.redirect, c.client.ID, got, Hosted(c.redirect), c.want)
		}
	}
	for i, c := range []struct {
		client   Client
		redirect string
		want     string
	}{
		{Client{Name: "Claude", Source: Registered}, "https://claude.ai/api/mcp/auth_callback", ""},
		{Client{Name: "Claude", Source: Registered}, "http://localhost/cb", "Claude"},
		{Client{Name: "Claude", Source: Registered}, "https://n8n.example/cb", "Claude"},
		{Client{Name: "HeyGen", Source: Registered}, "https://claude.ai/api/mcp/auth_callback", "HeyGen"},
		{Client{Name: "Claude Code", ID: "https://claude.ai/c", Source: Document}, "http://localhost/cb", ""},
		{Client{Name: "Claude Code", ID: "https://evil.example/c", Source: Document}, "http://localhost/cb", "Claude"},
		{Client{Name: "Claude", ID: "https://evil.example/c", Source: Document}, "https://claude.ai/api/mcp/auth_callback", "Claude"},
		{Client{Name: "Claude", Source: Static}, "http://localhost/cb", ""},
	} {
		if got := p.Resembles(c.client, c.redirect); got != c.want {
			t.Errorf("%d: %s resembles %q, want %q", i, c.client.Name, got, c.want)
		}
	}
}

func TestCheckAllowed(t *testing.T) {
	t.Parallel()
	for given, ok := range map[string]bool{
		"n8n.example.com": true, "n8n.example.com:8443": true, "myapp://": true, "https://n8n.example/cb": true, "https://n8n.example/": true,
		"cursor://another.extension/cb?x=1": true, "com.example.app://host/cb": true,
		"": false, "http://": false, "https://": false, "https://n8n.example": false, "http://n8n.example/cb": false, "http://127.0.0.1/cb": false, "myapp://*": false,
		"https://*.example/cb": false, "https://u:p@n8n.example/cb": false, "https://n8n.example/cb#x": false, "https://n8n.example/cb?code=1": false,
		"javascript://": false, "javascript://x/y": false, "n8n.example/cb": false, "a b": false, "*.example": false, "MyApp://": false, "://": false,
	} {
		if err := CheckAllowed(given); (err == nil) != ok {
			t.Errorf("%q: got %v, want success %v", given, err, ok)
		}
	}
}
