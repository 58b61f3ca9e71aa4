package tools_test

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/tools"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/refusals"
	"heygen-mcp/tools/toolstest"
)

// receiving are the paths of the arguments of a plan that HeyGen sends to, and of those that are called as if it did.
func receiving(p *inputs.Spec, path string, marked, called map[string]bool) {
	name := regexp.MustCompile(`(?i)callback.*ur[li]|webhook.*ur[li]|^(hook|notify|notification)_ur[li]$`)
	for _, f := range p.Fields {
		at := faults.Join(path, f.Name)
		if f.Callback {
			marked[at] = true
		}
		if name.MatchString(f.Name) {
			called[at] = true
		}
		if f.Nested != nil {
			receiving(f.Nested, at, marked, called)
		}
	}
	for kind, v := range p.Variants {
		receiving(v, faults.Join(path, kind), marked, called)
	}
}

// TestCallbacksAreMarked holds that every argument that HeyGen sends to has the tag by which its
// host is checked: those that are called as a callback, at every depth, and the URLs of webhook
// endpoints. What the contract has is among them.
func TestCallbacksAreMarked(t *testing.T) {
	t.Parallel()
	found := map[string]bool{}
	for _, e := range tools.Declared() {
		marked, called := map[string]bool{}, map[string]bool{}
		receiving(e.Input(), "", marked, called)
		for _, op := range e.Operations {
			if strings.HasPrefix(op.Path, "/v3/webhooks/endpoints") {
				if e.Input().Has("url") {
					called["url"] = true
				}
			}
		}
		if !maps.Equal(marked, called) {
			t.Errorf("%s: marked are %v, called so %v", e.Name, marked, called)
		}
		if len(marked) > 0 {
			found[e.Name] = true
		}
		// A free map of a body could carry one that nobody sees.
		for _, f := range e.Input().Fields {
			if f.Callback != (f.Name == "callback_url" || strings.Contains(e.Name, "webhook") && f.Name == "url") {
				t.Errorf("%s: %s", e.Name, f.Name)
			}
		}
	}
	if len(found) < 12 {
		t.Errorf("only %d tools have a callback: %v", len(found), slices.Sorted(maps.Keys(found)))
	}
}

// callbackCalls are calls with a callback to a host, at each depth there is.
func callbackCalls(t *testing.T, url string) map[string]string {
	t.Helper()
	calls := map[string]string{}
	inputs := specs()
	for tool, given := range exampleCalls(t) {
		for _, name := range []string{"callback_url", "url"} {
			if f, ok := inputs[tool].Lookup(name); ok && f.Callback {
				given = maps.Clone(given)
				given[name] = url
				raw, err := jsonwrite.Marshal(given)
				if err != nil {
					t.Fatal(err)
				}
				calls[tool] = string(raw)
			}
		}
	}
	calls["create_video_batch"] = `{"videos":[{"type":"avatar","avatar_id":"A","script":"x"},{"type":"avatar","avatarId":"A","script":"x","callbackUrl":` + toolstest.Quote(url) + `}]}`
	calls["create_lipsync_batch"] = `{"lipsyncs":[{"video":"https://a.example/a.mp4","audio":"https://a.example/a.mp3","callback_url":` + toolstest.Quote(url) + `}]}`
	return calls
}

// TestCallbackHosts holds that callbacks lead where the operator allows and nowhere else, at every depth of every tool.
func TestCallbackHosts(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	b.Change(t, func(c *tools.Config) {
		c.CallbackHosts = []string{"hooks.example", "Ports.Example:8443", "bücher.example", "[::1]"}
	})
	for url, allowed := range map[string]bool{
		"https://hooks.example/x":              true,
		"https://HOOKS.example.:444/x":         true,
		"https://ports.example:8443/x":         true,
		"https://xn--bcher-kva.example/x":      true,
		"https://BÜCHER.example/x":             true,
		"https://[::1]:9/x":                    true,
		"https://ports.example/x":              false,
		"https://evil.example/x":               false,
		"https://hooks.example.evil.example/x": false,
		"https://evilhooks.example/x":          false,
		"https://sub.hooks.example/x":          false,
		"https://hooks.example@evil.example/x": false,
		"https://evil.example#hooks.example":   false,
		`https://hooks.example\@evil.example/`: false,
		"https://evil.example?hooks.example/":  false,
		"https://mcp.example/x":                false, // our own counts where nothing is set
		"https:///hooks.example":               false,
		"https://user@hooks.example/x":         false, // programs do not agree on what this is
		"https://h\u043e\u043eks.example/x":    false, // with Cyrillic letters
	} {
		for tool, args := range callbackCalls(t, url) {
			res := b.CallTool(t, tool, args)
			text, _ := json.Marshal(res)
			refused := res["error_code"] == refusals.CodeCallbackNotAllowed || res["error_code"] == "invalid_parameter" && strings.Contains(string(text), "must be a URL that begins")
			if refused == allowed {
				t.Errorf("%s %s: got %s, want another refused than %v", tool, args, text, allowed)
			}
			if res["error_code"] == refusals.CodeCallbackNotAllowed && (!strings.Contains(string(text), "--callback-hosts") || !strings.Contains(string(text), "HEYGEN_MCP_CALLBACK_HOSTS") ||
				!strings.Contains(res["message"].(string), res["param"].(string))) {
				t.Errorf("it does not say what to do: %s", text)
			}
		}
	}
	if res := b.CallTool(t, "create_video_batch", callbackCalls(t, "https://evil.example/x")["create_video_batch"]); res["param"] != "videos[1].callback_url" {
		t.Errorf("got %v, want %q", res, "videos[1].callback_url")
	}
}

// TestCallbacksThatNobodyNamed holds what an unset list means: the deployment's own hosts, and what
// the person agrees to where the client can ask. No argument stands for that.
func TestCallbacksThatNobodyNamed(t *testing.T) {
	t.Parallel()
	for _, confirm := range []string{tools.ConfirmNever, tools.ConfirmAll} {
		a := toolstest.NewAsker(t, confirm)
		a.Change(t, func(c *tools.Config) { c.CallbackHosts = nil })
		caps := a.Elicitation
		for tool, args := range callbackCalls(t, "https://evil.example/x") {
			a.Elicitation = caps
			question, _ := a.Asks(t, tool, args)
			if !strings.Contains(question.Message, "HeyGen will send what it has to tell to https://evil.example (") {
				t.Errorf("%s asks %q", tool, question.Message)
			}
			a.Elicitation = nil
			with := strings.TrimSuffix(args, "}") + `,"confirm":true}`
			if confirm == tools.ConfirmNever {
				with = args
			}
			res, _ := a.Try(t, tool, with, "", nil)
			if toolstest.Code(t, res) != refusals.CodeCallbackNotAllowed || !strings.Contains(string(res.RawStructuredContent), "cannot ask") {
				t.Errorf("%s: got %s, want toolstest.Code(t, res) %v and %q in it", tool, res.RawStructuredContent, refusals.CodeCallbackNotAllowed, "cannot ask")
			}
		}
		a.Elicitation = caps
		const args = `{"url":"https://evil.example/x"}`
		_, state := a.Asks(t, "create_webhook_endpoint", args)
		if res, _ := a.Try(t, "create_webhook_endpoint", args, state, map[string]string{"confirm": toolstest.Agrees}); res.IsError || res.ResultType == mcp.ResultTypeInputRequired {
			t.Errorf("agreed: %s", res.RawStructuredContent)
		}
		if confirm == tools.ConfirmNever {
			a.Elicitation = nil
			if res, _ := a.Try(t, "create_webhook_endpoint", `{"url":"https://mcp.example/x"}`, "", nil); res.IsError {
				t.Errorf("its own host: %s", res.RawStructuredContent)
			}
		}
	}
}
