package tools

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"
)

// receiving are the paths of the arguments of a plan that HeyGen sends to, and of those that are called as if it did.
func receiving(p *plan, path string, marked, called map[string]bool) {
	name := regexp.MustCompile(`(?i)callback.*ur[li]|webhook.*ur[li]|^(hook|notify|notification)_ur[li]$`)
	for _, f := range p.fields {
		at := join(path, f.name)
		if f.callback {
			marked[at] = true
		}
		if name.MatchString(f.name) {
			called[at] = true
		}
		if f.nested != nil {
			receiving(f.nested, at, marked, called)
		}
	}
	for kind, v := range p.variants {
		receiving(v, join(path, kind), marked, called)
	}
}

// TestCallbacksAreMarked holds that every argument that HeyGen sends to has the tag by which its host is checked: those
// that are called as a callback, at every depth, and the URLs of webhook endpoints. What the contract has is among them.
func TestCallbacksAreMarked(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	tools := map[string]bool{}
	for _, e := range b.tools {
		marked, called := map[string]bool{}, map[string]bool{}
		receiving(e.plan, "", marked, called)
		for _, op := range e.info.Operations {
			if strings.HasPrefix(op.Path, "/v3/webhooks/endpoints") {
				if _, ok := e.plan.bySpelling["url"]; ok {
					called["url"] = true
				}
			}
		}
		if !maps.Equal(marked, called) {
			t.Errorf("%s: marked are %v, called so %v", e.info.Name, marked, called)
		}
		if len(marked) > 0 {
			tools[e.info.Name] = true
		}
		// A free map of a body could carry one that nobody sees.
		for _, f := range e.plan.fields {
			if f.callback != (f.name == "callback_url" || strings.Contains(e.info.Name, "webhook") && f.name == "url") {
				t.Errorf("%s: %s", e.info.Name, f.name)
			}
		}
	}
	if len(tools) < 12 {
		t.Errorf("only %d tools have a callback: %v", len(tools), slices.Sorted(maps.Keys(tools)))
	}
}

// callbackCalls are calls with a callback to a host, at each depth there is.
func callbackCalls(t *testing.T, b *bench, url string) map[string]string {
	t.Helper()
	calls := map[string]string{}
	for tool, args := range exampleCalls(t) {
		e := b.tools[b.byName[tool]]
		for _, name := range []string{"callback_url", "url"} {
			if i, ok := e.plan.bySpelling[name]; ok && e.plan.fields[i].callback {
				args = maps.Clone(args)
				args[name] = url
				raw, err := encode(args)
				if err != nil {
					t.Fatal(err)
				}
				calls[tool] = string(raw)
			}
		}
	}
	calls["create_video_batch"] = `{"videos":[{"type":"avatar","avatar_id":"A","script":"x"},{"type":"avatar","avatarId":"A","script":"x","callbackUrl":` + quote(url) + `}]}`
	calls["create_lipsync_batch"] = `{"lipsyncs":[{"video":"https://a.example/a.mp4","audio":"https://a.example/a.mp3","callback_url":` + quote(url) + `}]}`
	return calls
}

// TestCallbackHosts holds that callbacks lead where the operator allows and nowhere else, at every depth of every tool.
func TestCallbackHosts(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.cfg.CallbackHosts = []string{"hooks.example", "Ports.Example:8443", "bücher.example", "[::1]"}
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
		for tool, args := range callbackCalls(t, b, url) {
			res := b.call(t, tool, args)
			text, _ := json.Marshal(res)
			refused := res["error_code"] == codeCallback || res["error_code"] == "invalid_parameter" && strings.Contains(string(text), "must be a URL that begins")
			if refused == allowed {
				t.Errorf("%s %s: %s", tool, args, text)
			}
			if res["error_code"] == codeCallback && (!strings.Contains(string(text), "--callback-hosts") || !strings.Contains(string(text), "HEYGEN_MCP_CALLBACK_HOSTS") ||
				!strings.Contains(res["message"].(string), res["param"].(string))) {
				t.Errorf("it does not say what to do: %s", text)
			}
		}
	}
	if res := b.call(t, "create_video_batch", callbackCalls(t, b, "https://evil.example/x")["create_video_batch"]); res["param"] != "videos[1].callback_url" {
		t.Errorf("%v", res)
	}
}

// TestCallbacksThatNobodyNamed holds what an unset list means: the deployment's own hosts, and what the person agrees to
// where the client can ask. No argument stands for that.
func TestCallbacksThatNobodyNamed(t *testing.T) {
	t.Parallel()
	for _, confirm := range []string{ConfirmNever, ConfirmAll} {
		a := newAsker(t, confirm)
		a.cfg.CallbackHosts = nil
		caps := a.elicitation
		for tool, args := range callbackCalls(t, a.bench, "https://evil.example/x") {
			a.elicitation = caps
			question, _ := a.asks(t, tool, args)
			if !strings.Contains(question.Message, "HeyGen will send what it has to tell to https://evil.example (") {
				t.Errorf("%s asks %q", tool, question.Message)
			}
			a.elicitation = nil
			with := strings.TrimSuffix(args, "}") + `,"confirm":true}`
			if confirm == ConfirmNever {
				with = args
			}
			res, _ := a.try(t, tool, with, "", nil)
			if code(t, res) != codeCallback || !strings.Contains(string(res.RawStructuredContent), "cannot ask") {
				t.Errorf("%s: %s", tool, res.RawStructuredContent)
			}
		}
		a.elicitation = caps
		const args = `{"url":"https://evil.example/x"}`
		_, state := a.asks(t, "create_webhook_endpoint", args)
		if res, _ := a.try(t, "create_webhook_endpoint", args, state, map[string]string{"confirm": agrees}); res.IsError || res.ResultType == mcp.ResultTypeInputRequired {
			t.Errorf("agreed: %s", res.RawStructuredContent)
		}
		if confirm == ConfirmNever {
			a.elicitation = nil
			if res, _ := a.try(t, "create_webhook_endpoint", `{"url":"https://mcp.example/x"}`, "", nil); res.IsError {
				t.Errorf("its own host: %s", res.RawStructuredContent)
			}
		}
	}
}

func TestHostsOfTheSetting(t *testing.T) {
	t.Parallel()
	for given, ok := range map[string]bool{
		"hooks.example": true, "hooks.example:8443": true, "127.0.0.1": true, "[::1]:80": true, "::1": true, "bücher.example": true,
		"": false, "https://hooks.example": false, "hooks.example/x": false, "a@b": false, "*.example": false, "a b": false,
	} {
		if err := CheckCallbackHost(given); (err == nil) != ok {
			t.Errorf("%q: %v", given, err)
		}
	}
}

func quote(s string) string {
	raw, _ := json.Marshal(s)
	return string(raw)
}
