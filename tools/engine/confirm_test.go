package engine_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/tools"
	"heygen-mcp/tools/engine"
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
			t.Errorf("%s: %+v", no, res)
		}
	}
	// No answer is no consent, and neither is one to another question.
	for _, answers := range []map[string]string{nil, {"link": toolstest.Agrees}} {
		if res, _ := a.Try(t, "delete_video", args, state, answers); res.ResultType != mcp.ResultTypeInputRequired {
			t.Errorf("%v: %+v", answers, res)
		}
	}
	if res, _ := a.Try(t, "delete_video", args, "", map[string]string{"confirm": toolstest.Agrees}); res.ResultType != mcp.ResultTypeInputRequired {
		t.Errorf("an answer to no question: %+v", res)
	}
	if now := a.CallTool(t, "get_video", args); now["error"] != nil {
		t.Fatalf("it is gone: %v", now)
	}
	if res, _ := a.Try(t, "delete_video", args, state, map[string]string{"confirm": toolstest.Agrees}); res.IsError {
		t.Errorf("%s", res.RawStructuredContent)
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
			t.Errorf("%s: %+v", name, refusal)
		}
	}
	a.Now = a.Now.Add(engine.Patience + time.Second)
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
				t.Errorf("%s, %s: %s", name, args, res.RawStructuredContent)
			}
		}
	}
	older := a.CallTool(t, "delete_video", `{"video_id":"v1"}`)
	if older["error_code"] != "confirmation_required" || !strings.Contains(older["next_step"].(string), "confirm true") {
		t.Errorf("%v", older)
	}
	a.Elicitation = &mcp.ElicitationCapability{Form: &struct{}{}}
	if res, _ := a.Try(t, "delete_video", `{"video_id":"v1","confirm":true}`, "", nil); res.ResultType != mcp.ResultTypeInputRequired {
		t.Errorf("a client that can ask: %+v", res)
	}
}

func TestWhatIsAskedAbout(t *testing.T) {
	t.Parallel()
	for confirm, asked := range map[string]map[string]bool{
		tools.ConfirmNever:   {"delete_video": false, "create_folder": false, "update_lipsync": false},
		tools.ConfirmDeletes: {"delete_video": true, "rotate_webhook_endpoint_secret": true, "update_webhook_endpoint": true, "create_webhook_endpoint": false, "create_folder": false, "update_lipsync": false},
		tools.ConfirmAll:     {"delete_video": true, "create_folder": true, "update_lipsync": true, "list_videos": false, "wait_for_jobs": false, "call_tool": false},
	} {
		b := toolstest.New(t)
		b.Change(t, func(c *tools.Config) { c.Confirm = confirm })
		for tool, want := range asked {
			if got := strings.Contains(string(b.Declared()[tool].RawInputSchema), `"confirm":{"type":"boolean"`); got != want {
				t.Errorf("%s: the schema of %s takes confirm: %v", confirm, tool, got)
			}
		}
		if confirm != tools.ConfirmNever {
			continue
		}
		if res := b.CallTool(t, "delete_video", `{"video_id":"v1","confirm":true}`); res["error_code"] != "invalid_parameter" {
			t.Errorf("confirm where nothing asks: %v", res)
		}
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

// The tool that calls others asks for the one inside, once.
func TestTheToolInsideIsAskedAbout(t *testing.T) {
	t.Parallel()
	a := toolstest.NewAsker(t, tools.ConfirmAll)
	const args = `{"name":"create_folder","arguments":{"name":"Drafts"}}`
	_, state := a.Asks(t, "call_tool", args)
	res, _ := a.Try(t, "call_tool", args, state, map[string]string{"confirm": toolstest.Agrees})
	if res.IsError || !strings.Contains(string(res.RawStructuredContent), "Drafts") {
		t.Errorf("%+v", res)
	}
	a.Elicitation = nil
	// Of two calls in one, it says whose arguments are meant.
	if res, _ := a.Try(t, "call_tool", args, "", nil); !strings.Contains(string(res.RawStructuredContent), "confirm true among the arguments of create_folder") {
		t.Errorf("%s", res.RawStructuredContent)
	}
	if res, _ := a.Try(t, "call_tool", `{"name":"create_folder","arguments":{"name":"Other","confirm":true}}`, "", nil); res.IsError {
		t.Errorf("%s", res.RawStructuredContent)
	}
	if said := a.CallTool(t, "describe_tool", `{"name":"create_folder"}`); !strings.Contains(fmt.Sprint(said), "confirm") {
		t.Errorf("describe_tool does not say it: %v", said)
	}
}

// newTwin is a group whose person has not consented yet.
func newTwin(t *testing.T, b *toolstest.Bench) string {
	t.Helper()
	made := b.CallTool(t, "create_digital_twin", `{"name":"Sam","file":{"type":"url","url":"https://files.example/sam.mp4"}`+confirmed(b.Cfg.Confirm)+`}`)
	b.Pass(t, "3600")
	id, _ := made["group_id"].(string)
	return id
}

func TestAConsentsLinkIsOffered(t *testing.T) {
	t.Parallel()
	for _, confirm := range []string{tools.ConfirmNever, tools.ConfirmAll} {
		a := toolstest.NewAsker(t, confirm)
		a.Elicitation = &mcp.ElicitationCapability{Form: &struct{}{}, URL: &struct{}{}}
		args := `{"group_id":"` + newTwin(t, a.Bench) + `"}`
		res, state := (*mcp.CallToolResult)(nil), ""
		answers := map[string]string{}
		if confirm == tools.ConfirmAll {
			_, state = a.Asks(t, "create_avatar_consent", args)
			answers["confirm"] = toolstest.Agrees
		}
		res, _ = a.Try(t, "create_avatar_consent", args, state, answers)
		link := res.InputRequests["link"].Elicitation
		if link == nil || link.Mode != mcp.ElicitationModeURL || !strings.HasPrefix(link.URL, "http") || link.ElicitationID == "" {
			t.Fatalf("%s: %+v", confirm, res)
		}
		a.Now = a.Now.Add(24 * time.Hour) // the person takes their time; nothing is made again
		for answer, says := range map[string]string{`{"action":"accept"}`: "took the link", toolstest.Declines: "Give the url"} {
			done, _ := a.Try(t, "create_avatar_consent", args, res.RequestState, map[string]string{"link": answer})
			if got := string(done.RawStructuredContent); done.IsError || !strings.Contains(got, link.URL) || !strings.Contains(got, says) {
				t.Errorf("%s, %s: %s", confirm, answer, got)
			}
		}
		// A client that opens no links gets it in the result.
		a.Elicitation = nil
		if plain, _ := a.Try(t, "create_avatar_consent", args[:len(args)-1]+`,"idempotency_key":"k"`+confirmed(confirm)+`}`, "", nil); len(plain.InputRequests) != 0 || plain.IsError {
			t.Errorf("%s: %+v", confirm, plain)
		}
	}
}

// confirmed is what such a client must add.
func confirmed(confirm string) string {
	if confirm == tools.ConfirmAll {
		return `,"confirm":true`
	}
	return ""
}

// A person who cancels a task has said what they want.
func TestACancelIsNotAskedAbout(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	begun := b.Begin(t, "create_video_agent", `{"prompt":"A film about lanterns"}`)
	b.Change(t, func(c *tools.Config) { c.Confirm = tools.ConfirmAll })
	if out, known := b.CancelTask(toolstest.Taking(t), begun.ID); out != (exchange.Outcome{}) || !known {
		t.Errorf("%+v, %v", out, known)
	}
}
