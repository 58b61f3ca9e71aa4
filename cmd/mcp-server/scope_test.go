package main

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"heygen-mcp/cmd/mcp-server/demo"
)

// signInFor signs in to the broker with these scopes, and gives the access token.
func (s *stack) signInFor(t *testing.T, scope string) string {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	b := demo.Browser{HTTP: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	at := strings.TrimSuffix(s.mcpURL, "/mcp")
	client, err := b.Register(t.Context(), at+"/oauth/register")
	if err != nil {
		t.Fatal(err)
	}
	verifier := rand.Text() + rand.Text()
	sum := sha256.Sum256([]byte(verifier))
	back, err := b.Consent(t.Context(), at+"/oauth/authorize?"+url.Values{"response_type": {"code"}, "client_id": {client}, "redirect_uri": {demo.RedirectURI}, "scope": {scope},
		"code_challenge": {base64.RawURLEncoding.EncodeToString(sum[:])}, "code_challenge_method": {"S256"}}.Encode(), "mia")
	if err != nil {
		t.Fatal(err)
	}
	var token struct {
		Access string `json:"access_token"`
		Scope  string `json:"scope"`
	}
	err = b.PostForm(t.Context(), at+"/oauth/token", url.Values{"grant_type": {"authorization_code"}, "code": {back.Get("code")}, "redirect_uri": {demo.RedirectURI},
		"client_id": {client}, "code_verifier": {verifier}}, &token)
	if err != nil || scope != "" && token.Scope != scope {
		t.Fatalf("%+v, %v", token, err)
	}
	return token.Access
}

// TestScopesOfCalls holds that a call needs the scope of what it does, that a broader scope
// includes a narrower, and that one that lacks it is answered 403 with all that the tool needs:
// before anything else of the answer, before HeyGen is asked, and by the tool inside where one
// passes calls on.
func TestScopesOfCalls(t *testing.T) {
	t.Parallel()
	s := newStack(t, "--auth", "broker", "--toolsets", "all,previews,discover")
	type try struct{ path, tool, args, needs string }
	tries := []try{
		{"", "list_videos", `{}`, "read"},
		{"", "create_speech", `{}`, "write"},
		{"", "update_webhook_endpoint", `{"endpoint_id":"x"}`, "write"},
		{"", "delete_video", `{"video_id":"x"}`, "delete"},
		{"", "rotate_webhook_endpoint_secret", `{"endpoint_id":"x"}`, "delete"},
		{"", "no_such_tool", `{}`, "read"},
		{"/x/discover", "search_tools", `{"query":"video"}`, "read"},
		{"/x/discover", "describe_tool", `{"name":"delete_video"}`, "read"},
		{"/x/discover", "call_read_tool", `{"name":"list_videos","arguments":{}}`, "read"},
		{"/x/discover", "call_read_tool", `{"name":"delete_video","arguments":{"video_id":"x"}}`, "read"}, // which it refuses by itself
		{"/x/discover", "call_tool", `{"name":"list_videos","arguments":{}}`, "read"},
		{"/x/discover", "call_tool", `{"name":"create_speech","arguments":{}}`, "write"},
		{"/x/discover", "call_tool", `{"name":"delete_video","arguments":{"video_id":"x"}}`, "delete"},
		{"/x/discover", "call_tool", `{"name":"call_tool","arguments":{"name":"delete_video","arguments":{"video_id":"x"}}}`, "read"}, // which is refused by itself
		{"/x/discover", "call_tool", `{"name":"no_such_tool"}`, "read"},
		{"/x/discover", "call_tool", `[]`, "read"},
	}
	scopes := []string{"read", "write", "delete"}
	rank := map[string]int{"read": 0, "write": 1, "delete": 2}
	for _, held := range scopes {
		token := s.signInFor(t, "heygen:"+held)
		for _, c := range tries {
			before := len(s.seen(t))
			for name, modern := range map[string]bool{"the older era": false, "2026-07-28": true} {
				res := s.call(t, s.mcpURL+c.path, token, c.tool, c.args, modern)
				if rank[held] >= rank[c.needs] {
					if res.status == http.StatusForbidden || res.status == http.StatusUnauthorized {
						t.Errorf("%s, %s, %s %s: got %d %s, want another res.status than %v and another res.status than %v", name, held, c.tool, c.args, res.status, res.body, http.StatusForbidden, http.StatusUnauthorized)
					}
					continue
				}
				want := `Bearer resource_metadata="` + strings.Replace(s.mcpURL, "/mcp", "/.well-known/oauth-protected-resource/mcp", 1) + c.path +
					`", scope="heygen:` + held + " heygen:" + c.needs + `", error="insufficient_scope", error_description="`
				var refusal struct {
					ID    int `json:"id"`
					Error struct {
						Code    int    `json:"code"`
						Message string `json:"message"`
					} `json:"error"`
				}
				if err := json.Unmarshal([]byte(res.body), &refusal); err != nil || res.status != http.StatusForbidden || !strings.HasPrefix(res.header.Get("WWW-Authenticate"), want) ||
					res.header.Get("Content-Type") != "application/json" || refusal.ID != 1 || refusal.Error.Code >= 0 || !strings.Contains(refusal.Error.Message, c.tool) {
					t.Errorf("%s, %s, %s %s: got %d %v %s, want no error, %v, %q at its beginning, Content-Type %q, refusal.ID %v, refusal.Error.Code below %v and %q in it", name, held, c.tool, c.args, res.status, res.header, res.body, http.StatusForbidden, want, "application/json", 1, 0, c.tool)
				}
				if after := len(s.seen(t)); after != before {
					t.Errorf("%s, %s, %s: HeyGen was asked %d times for a call that is not allowed", name, held, c.tool, after-before)
				}
			}
		}
	}
	// Whoever brings a key of their own has all scopes, and a client that asks for none may not delete.
	for who, want := range map[string]int{"mia": http.StatusOK, "Bearer " + s.signInFor(t, ""): http.StatusForbidden} {
		if status, body, err := s.post(t.Context(), s.mcpURL, who, rpc("delete_video", `{"video_id":"x"}`, "")); err != nil || status != want {
			t.Errorf("got %d %s %v, want no error and %v", status, body, err, want)
		}
	}
}

// call is one tools/call of either era with a token.
func (s *stack) call(t *testing.T, url, token, tool, args string, modern bool) answer {
	t.Helper()
	meta := ""
	if modern {
		meta = `,"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}`
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(rpc(tool, args, meta)))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{"Content-Type": "application/json", "Accept": "application/json, text/event-stream", "Authorization": "Bearer " + token} {
		req.Header.Set(name, value)
	}
	if modern {
		for name, value := range map[string]string{"MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "tools/call", "Mcp-Name": tool} {
			req.Header.Set(name, value)
		}
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{res.StatusCode, res.Header, string(body)}
}
