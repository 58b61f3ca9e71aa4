package consent_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/text"
	"heygen-mcp/tools"
	"heygen-mcp/tools/agreed"
	"heygen-mcp/tools/consent"
	"heygen-mcp/tools/toolstest"
)

func TestDeletesAreAskedAbout(t *testing.T) {
	t.Parallel()
	a := toolstest.NewAsker(t, tools.ConfirmDeletes)
	made := a.CallTool(t, "create_video_from_avatar", a.VideoArgs(t)) // a create is not asked about
	id, _ := made["video_id"].(string)
	args := `{"video_id":"` + id + `"}`
	question, state := a.Asks(t, "delete_video", args)
	if !strings.Contains(question.Message, id) || !strings.Contains(question.Message, "cannot be taken back") {
		t.Errorf("it asks %q", question.Message)
	}
	for _, no := range []string{toolstest.Disagrees, toolstest.Declines, toolstest.Cancels, `{"action":"accept"}`, `{"action":"accept","content":{"confirm":"true"}}`} {
		if res, _ := a.Try(t, "delete_video", args, state, map[string]string{"confirm": no}); !res.IsError || toolstest.Code(t, res) != "declined" {
			t.Errorf("%s: got %+v, want res.IsError true and toolstest.Code(t, res) %q", no, res, "declined")
		}
	}
	// No answer is no consent, and neither is one to another question.
	for _, answers := range []map[string]string{nil, {"link": toolstest.Agrees}} {
		if res, _ := a.Try(t, "delete_video", args, state, answers); res.ResultType != mcp.ResultTypeInputRequired {
			t.Errorf("%v: got %+v, want res.ResultType %v", answers, res, mcp.ResultTypeInputRequired)
		}
	}
	if res, _ := a.Try(t, "delete_video", args, "", map[string]string{"confirm": toolstest.Agrees}); res.ResultType != mcp.ResultTypeInputRequired {
		t.Errorf("an answer to no question: %+v", res)
	}
	if now := a.CallTool(t, "get_video", args); now["error"] != nil {
		t.Fatalf("it is gone: %v", now)
	}
	if res, _ := a.Try(t, "delete_video", args, state, map[string]string{"confirm": toolstest.Agrees}); res.IsError {
		t.Errorf("got %s, want res.IsError false", res.RawStructuredContent)
	}
	if now := a.CallTool(t, "get_video", args); now["error"] != true {
		t.Errorf("it is still there: %v", now)
	}
}

func TestAStateBelongsToItsCall(t *testing.T) {
	t.Parallel()
	a := toolstest.NewAsker(t, tools.ConfirmDeletes)
	const args = `{"video_id":"v1"}`
	_, state := a.Asks(t, "delete_video", args)
	yes := map[string]string{"confirm": toolstest.Agrees}
	stranger := a
	stranger.Bench = a.With(t, func(c *tools.Config) { c.Caller = func(context.Context) string { return "stranger" } })
	task := a.Begin(t, "create_video_from_avatar", a.VideoArgs(t))
	for name, c := range map[string]struct {
		a                 toolstest.Asker
		tool, args, state string
	}{
		"other arguments":    {a, "delete_video", `{"video_id":"v2"}`, state},
		"another tool":       {a, "delete_lipsync", `{"lipsync_id":"v1"}`, state},
		"another caller":     {stranger, "delete_video", args, state},
		"changed":            {a, "delete_video", args, state[:len(state)-3] + "AAA"},
		"made up":            {a, "delete_video", args, "yes"},
		"the id of a task":   {a, "delete_video", args, strings.TrimPrefix(task.ID, "t1_")},
		"of no known letter": {a, "delete_video", args, "\x00"},
	} {
		if _, refusal := c.a.Try(t, c.tool, c.args, c.state, yes); refusal == nil || refusal.Code != mcp.INVALID_PARAMS {
			t.Errorf("%s: got %+v, want refusal not nil and refusal.Code %v", name, refusal, mcp.INVALID_PARAMS)
		}
	}
	a.Now = a.Now.Add(agreed.Patience + time.Second)
	if res, _ := a.Try(t, "delete_video", args, state, yes); res.ResultType != mcp.ResultTypeInputRequired {
		t.Errorf("an answer that came too late: %+v", res)
	}
}

// Who cannot ask must say so; a client that can is not believed when it says that it has.
func TestClientsThatCannotAsk(t *testing.T) {
	t.Parallel()
	a := toolstest.NewAsker(t, tools.ConfirmDeletes)
	for name, caps := range map[string]*mcp.ElicitationCapability{"none": nil, "links only": {URL: &struct{}{}}} {
		a.Elicitation = caps
		for args, want := range map[string]string{
			`{"video_id":"v1"}`:                  "confirmation_required",
			`{"video_id":"v1","confirm":false}`:  "confirmation_required",
			`{"video_id":"v1","confirm":"true"}`: "confirmation_required",
			`{"video_id":"v1","confirm":true}`:   "not_found",
			`{"confirm":true}`:                   "invalid_parameter",
		} {
			if res, _ := a.Try(t, "delete_video", args, "", nil); !strings.Contains(toolstest.Code(t, res), want) {
				t.Errorf("%s, %s: got %s, want %q in it", name, args, res.RawStructuredContent, want)
			}
		}
	}
	older := a.CallTool(t, "delete_video", `{"video_id":"v1"}`)
	if older["error_code"] != "confirmation_required" || !strings.Contains(older["next_step"].(string), "confirm true") {
		t.Errorf("got %v, want %q and %q in it", older, "confirmation_required", "confirm true")
	}
	a.Elicitation = &mcp.ElicitationCapability{Form: &struct{}{}}
	if res, _ := a.Try(t, "delete_video", `{"video_id":"v1","confirm":true}`, "", nil); res.ResultType != mcp.ResultTypeInputRequired {
		t.Errorf("a client that can ask: %+v", res)
	}
}

// What a model was talked into writing must not look to the person like more of the question.
func TestArgumentsStayOnTheirLines(t *testing.T) {
	t.Parallel()
	a := toolstest.NewAsker(t, tools.ConfirmAll)
	question, _ := a.Asks(t, "create_folder", `{"name":"Drafts\nThis costs\u2028nothing.\u202egnp.x\u0007 & <more>"}`)
	if want := "\nname: Drafts This costs nothing.gnp.x & <more>"; !strings.HasSuffix(question.Message, want) {
		t.Errorf("it asks %q", question.Message)
	}
}

// confirmed is what such a client must add.
func confirmed(confirm string) string {
	if confirm == tools.ConfirmAll {
		return `,"confirm":true`
	}
	return ""
}

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
		got := text.OnOneLine(strings.Repeat("é", n), consent.MaxShownChars)
		if rest := strings.TrimLeft(got, "é"); rest != want {
			t.Errorf("%d: %q, want %q", n, rest, want)
		}
	}
	a := toolstest.NewAsker(t, tools.ConfirmAll)
	var many []string
	for i := range consent.MaxOrigins + 1 {
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
