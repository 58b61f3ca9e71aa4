package engine_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/text"
	"heygen-mcp/tools"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/toolstest"
)

// TestQuestionsShowWhereLinksLead holds that a person sees the scheme and the host of each link, wherever it stands and
// however much of its text is hidden, as the host that is really asked.
func TestQuestionsShowWhereLinksLead(t *testing.T) {
	t.Parallel()
	a := toolstest.NewAsker(t, tools.ConfirmAll)
	long := strings.Repeat("x", 2000)
	for text, want := range map[string][]string{
		"https://evil.tld/a":                                                 {"https://evil.tld,"},
		long + " HTTPS://Evil.TLD/a":                                         {"https://evil.tld,"},
		"https://heygen.com@evil.tld/a":                                      {"https://evil.tld,"},
		"https://heygen.com:x@evil.tld:8443/":                                {"https://evil.tld:8443,"},
		"https://heygen.com%2f@evil.tld/":                                    {"https://evil.tld,"},
		`https://heygen.com\@evil.tld/`:                                      {"https://evil.tld,", "https://heygen.com"},
		"https:evil.tld/x":                                                   {"https://evil.tld,"},
		`https:\\evil.tld/x`:                                                 {"https://evil.tld,"},
		"https:///evil.tld/x":                                                {"https://evil.tld,"},
		"https://%65vil.tld/x":                                               {"https://evil.tld,"},
		"https://h\u0435ygen.com/x":                                          {"https://h\u0435ygen.com (xn--hygen-zwe.com)"},
		"https://b\u00fccher.example/x":                                      {"https://b\u00fccher.example (xn--bcher-kva.example)"},
		"https://evil\u3002tld/x":                                            {"(evil.tld)"},
		"https://[2001:db8::1]:8080/x":                                       {"https://[2001:db8::1]:8080,"},
		"[click](https://evil.tld) or https://other.tld.":                    {"https://evil.tld,", "https://other.tld,"},
		"ftp://files.tld/x and <a href='javascript://x.tld/%0a'>":            {"ftp://files.tld,", "javascript://x.tld,"},
		"https://" + strings.Repeat("a.", 60) + "heygen.com." + "evil.tld/x": {"heygen.com.evil.tld,"},
		"https://files.heygen.com/x":                                         {"https://files.heygen.com\n"},
		"https://mcp.example/x":                                              {"https://mcp.example\n"},
	} {
		question, _ := a.Asks(t, "create_video_agent", `{"prompt":`+toolstest.Quote(text)+`}`)
		head, _, _ := strings.Cut(question.Message, "\nprompt: ")
		for _, w := range want {
			if !strings.Contains(head+"\n", "\nLink to ") || !strings.Contains(head+"\n", w) {
				t.Errorf("%.80q: it asks %.400q, without %q", text, question.Message, w)
			}
		}
		if n := strings.Count(head, "\nLink to "); n != len(want) {
			t.Errorf("%.80q: %d links in %q", text, n, head)
		}
	}
	// In what is nested, and in the names of a free map.
	nested := `{"videos":[{"type":"avatar","avatar_id":"A","script":"` + long + `"},{"type":"studio","scenes":[{"type":"image","source":"https://deep.tld/c.png","duration":2}]}]}`
	if question, _ := a.Asks(t, "create_video_batch", nested); !strings.Contains(question.Message, "\nLink to https://deep.tld,") {
		t.Errorf("it asks %q", question.Message)
	}
	question, _ := a.Asks(t, "generate_from_template", `{"template_id":"t","variables":{"see https://named.tld/":{"type":"text","content":"x"}}}`)
	if !strings.Contains(question.Message, "\nLink to https://named.tld,") {
		t.Errorf("it asks %q", question.Message)
	}
}

// TestQuestionsSayWhatTheyHide holds that what is cut says how much of it there is.
func TestQuestionsSayWhatTheyHide(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{120: "", 121: "… 1 more characters", 1360: "… 1,240 more characters", 1_000_120: "… 1,000,000 more characters"} {
		got := text.OnOneLine(strings.Repeat("é", n), engine.MaxShownChars)
		if rest := strings.TrimLeft(got, "é"); rest != want {
			t.Errorf("%d: %q, want %q", n, rest, want)
		}
	}
	a := toolstest.NewAsker(t, tools.ConfirmAll)
	var many []string
	for i := range engine.MaxOrigins + 1 {
		many = append(many, fmt.Sprintf("https://h%d.tld", i))
	}
	res, _ := a.Try(t, "create_video_agent", `{"prompt":`+toolstest.Quote(strings.Join(many, " "))+`}`, "", nil)
	if toolstest.Code(t, res) != "too_many_hosts" {
		t.Errorf("more hosts than a question shows: %+v", res)
	}
}

// TestNewHostsAreNamed holds that a host is called new until this caller has agreed to it, and HeyGen's never is.
func TestNewHostsAreNamed(t *testing.T) {
	t.Parallel()
	a := toolstest.NewAsker(t, tools.ConfirmAll)
	caller := "caller"
	a.Change(t, func(c *tools.Config) { c.Caller = func(context.Context) string { return caller } })
	isNew := func(name string) bool {
		t.Helper()
		question, _ := a.Asks(t, "create_folder", `{"name":`+toolstest.Quote(name)+`}`)
		return strings.Contains(question.Message, "a new host")
	}
	const link = "see https://a.tld/x"
	args := `{"name":` + toolstest.Quote(link) + `}`
	_, state := a.Asks(t, "create_folder", args)
	if res, _ := a.Try(t, "create_folder", args, state, map[string]string{"confirm": toolstest.Declines}); !res.IsError {
		t.Errorf("a call that the user declined was made: %s", res.RawStructuredContent)
	}
	if !isNew(link) {
		t.Error("a host that was declined is no longer new")
	}
	if res, _ := a.Try(t, "create_folder", args, state, map[string]string{"confirm": toolstest.Agrees}); res.IsError {
		t.Errorf("a call that the user agreed to was refused: %s", res.RawStructuredContent)
	}
	if isNew(link) || isNew("http://A.tld:8080") {
		t.Error("a host that was agreed to is new")
	}
	if !isNew("https://b.tld") || !isNew("https://a.tld.b.tld") || isNew("https://api.heygen.com/x") || !isNew("https://evilheygen.com/x") {
		t.Error("another host, or HeyGen's")
	}
	caller = "stranger"
	if !isNew(link) {
		t.Error("what one caller has agreed to is not new to another")
	}
}

// TestOneYesIsOneCall holds that an answer is good for one call, of whatever effect: where HeyGen takes a key the second is
// the same call, elsewhere the person is asked again.
func TestOneYesIsOneCall(t *testing.T) {
	t.Parallel()
	a := toolstest.NewAsker(t, tools.ConfirmAll)
	yes := map[string]string{"confirm": toolstest.Agrees}
	twin := a
	twin.Bench = a.With(t, func(*tools.Config) {}) // a replica: it shares the keys and not the memory

	for tool, args := range map[string]string{
		"create_folder":           `{"name":"Drafts"}`,
		"create_webhook_endpoint": `{"url":"https://hooks.example/once"}`,
	} {
		_, state := a.Asks(t, tool, args)
		var got []string
		for i, who := range []toolstest.Asker{a, a, twin, a} {
			if i == 3 {
				a.Now = a.Now.Add(engine.SlotLength) // the slot in which equal arguments are one take is over
			}
			res, _ := who.Try(t, tool, args, state, yes)
			got = append(got, string(res.RawStructuredContent))
		}
		if got[0] == "" || got[1] != got[0] || got[2] != got[0] || got[3] != got[0] {
			t.Errorf("%s: %q", tool, got)
		}
		// A second yes is a second call, also for the same arguments at the same time.
		_, again := a.Asks(t, tool, args)
		if res, _ := a.Try(t, tool, args, again, yes); string(res.RawStructuredContent) == got[0] {
			t.Errorf("%s: a second yes made nothing", tool)
		}
	}

	voice, _ := a.CallTool(t, "list_voices", `{"limit":1}`)["items"].([]any)[0].(map[string]any)["voice_id"].(string)
	hook := a.CallTool(t, "create_webhook_endpoint", `{"confirm":true,"url":"https://hooks.example/used"}`)["endpoint_id"].(string)
	for _, c := range [][2]string{
		{"create_speech", `{"text":"Hi.","voice_id":` + toolstest.Quote(voice) + `}`},
		{"update_webhook_endpoint", `{"endpoint_id":"` + hook + `","url":"https://hooks.example/moved"}`},
		{"delete_webhook_endpoint", `{"endpoint_id":"` + hook + `"}`},
	} {
		tool, args := c[0], c[1]
		_, state := a.Asks(t, tool, args)
		if res, _ := a.Try(t, tool, args, state, yes); res.IsError || res.ResultType == mcp.ResultTypeInputRequired {
			t.Fatalf("%s: %+v", tool, res)
		}
		for range 2 {
			res, _ := a.Try(t, tool, args, state, yes)
			if res.ResultType != mcp.ResultTypeInputRequired || res.RequestState == state {
				t.Errorf("%s, the answer once more: %+v", tool, res)
			}
		}
	}
}

// TestASecretIsReplacedOncePerYes holds the same of a tool whose calls otherwise have keys of their own.
func TestASecretIsReplacedOncePerYes(t *testing.T) {
	t.Parallel()
	a := toolstest.NewAsker(t, tools.ConfirmDeletes)
	id, _ := a.CallTool(t, "create_webhook_endpoint", `{"url":"https://hooks.example/x"}`)["endpoint_id"].(string)
	args := `{"endpoint_id":"` + id + `"}`
	_, state := a.Asks(t, "rotate_webhook_endpoint_secret", args)
	one, _ := a.Try(t, "rotate_webhook_endpoint_secret", args, state, map[string]string{"confirm": toolstest.Agrees})
	two, _ := a.Try(t, "rotate_webhook_endpoint_secret", args, state, map[string]string{"confirm": toolstest.Agrees})
	if one.IsError || string(one.RawStructuredContent) != string(two.RawStructuredContent) {
		t.Errorf("%s, then %s", one.RawStructuredContent, two.RawStructuredContent)
	}
}

// TestStrict holds that a client that cannot ask its person is refused, whatever it says, and that the schemas show it no
// way to say so.
func TestStrict(t *testing.T) {
	t.Parallel()
	a := toolstest.NewAsker(t, tools.ConfirmDeletes)
	a.Change(t, func(c *tools.Config) { c.ConfirmStrict = true })
	a.Elicitation = nil
	for _, args := range []string{`{"video_id":"v1"}`, `{"video_id":"v1","confirm":true}`} {
		res, _ := a.Try(t, "delete_video", args, "", nil)
		if text := string(res.RawStructuredContent); toolstest.Code(t, res) != "confirmation_required" || !strings.Contains(text, "2026-07-28") || !strings.Contains(text, "--confirm-strict") {
			t.Errorf("%s: %s", args, text)
		}
	}
	if schema := a.Declared()["delete_video"].RawInputSchema; strings.Contains(string(schema), `"confirm"`) {
		t.Errorf("the schema has it: %s", schema)
	}
	a.Elicitation = &mcp.ElicitationCapability{}
	a.Asks(t, "delete_video", `{"video_id":"v1"}`)
	if res, _ := a.Try(t, "create_folder", `{"name":"x"}`, "", nil); res.IsError {
		t.Errorf("what is not asked about: %s", res.RawStructuredContent)
	}
}
