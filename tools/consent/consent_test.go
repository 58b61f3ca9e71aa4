package consent_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/tools"
	"heygen-mcp/tools/consent"
	"heygen-mcp/tools/repeats"
	"heygen-mcp/tools/toolstest"
)

func TestWhatIsAskedAbout(t *testing.T) {
	t.Parallel()
	for confirm, asked := range map[string]map[string]bool{
		tools.ConfirmNever:   {"delete_video": false, "create_folder": false, "update_lipsync": false},
		tools.ConfirmDeletes: {"delete_video": true, "call_tool": false, "rotate_webhook_endpoint_secret": true, "update_webhook_endpoint": true, "create_webhook_endpoint": false, "create_folder": false, "update_lipsync": false},
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

// The tool that calls others asks for the one inside, once.
func TestTheToolInsideIsAskedAbout(t *testing.T) {
	t.Parallel()
	a := toolstest.NewAsker(t, tools.ConfirmAll)
	const args = `{"name":"create_folder","arguments":{"name":"Drafts"}}`
	_, state := a.Asks(t, "call_tool", args)
	res, _ := a.Try(t, "call_tool", args, state, map[string]string{"confirm": toolstest.Agrees})
	if res.IsError || !strings.Contains(string(res.RawStructuredContent), "Drafts") {
		t.Errorf("got %+v, want res.IsError false and %q in it", res, "Drafts")
	}
	a.Elicitation = nil
	// Of two calls in one, it says whose arguments are meant.
	if res, _ := a.Try(t, "call_tool", args, "", nil); !strings.Contains(string(res.RawStructuredContent), "confirm true among the arguments of create_folder") {
		t.Errorf("got %s, want %q in it", res.RawStructuredContent, "confirm true among the arguments of create_folder")
	}
	if res, _ := a.Try(t, "call_tool", `{"name":"create_folder","arguments":{"name":"Other","confirm":true}}`, "", nil); res.IsError {
		t.Errorf("got %s, want res.IsError false", res.RawStructuredContent)
	}
	if said := a.CallTool(t, "describe_tool", `{"name":"create_folder"}`); !strings.Contains(fmt.Sprint(said), "confirm") {
		t.Errorf("describe_tool does not say it: %v", said)
	}
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

// TestOneYesIsOneCall holds that an answer is good for one call, of whatever effect: where HeyGen takes a key the
// second is the same call, elsewhere the person is asked again.
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
				a.Now = a.Now.Add(repeats.SlotLength) // the slot in which equal arguments are one take is over
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
			t.Fatalf("%s: got %+v, want res.IsError false and another res.ResultType than %v", tool, res, mcp.ResultTypeInputRequired)
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

// TestStrict holds that a client that cannot ask its person is refused, whatever it says, and that the schemas show it
// no way to say so.
func TestStrict(t *testing.T) {
	t.Parallel()
	a := toolstest.NewAsker(t, tools.ConfirmDeletes)
	a.Change(t, func(c *tools.Config) { c.ConfirmStrict = true })
	a.Elicitation = nil
	for _, args := range []string{`{"video_id":"v1"}`, `{"video_id":"v1","confirm":true}`} {
		res, _ := a.Try(t, "delete_video", args, "", nil)
		if text := string(res.RawStructuredContent); toolstest.Code(t, res) != "confirmation_required" || !strings.Contains(text, "2026-07-28") || !strings.Contains(text, "--confirm-strict") {
			t.Errorf("%s: got %s, want toolstest.Code(t, res) %q, %q in it and %q in it", args, text, "confirmation_required", "2026-07-28", "--confirm-strict")
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

func TestNew(t *testing.T) {
	t.Parallel()
	for _, cfg := range []consent.Config{{Confirm: "always"}, {CallbackHosts: []string{"https://hooks.example"}}} {
		if cfg.Clock = time.Now; cfg.Confirm == "" {
			cfg.Confirm = consent.All
		}
		if d, err := consent.New(cfg); err == nil {
			t.Errorf("got %+v of %+v, want an error", d, cfg)
		}
	}
}

// TestResume holds that a call which goes on with an agreed one is not asked about.
func TestResume(t *testing.T) {
	t.Parallel()
	d, err := consent.New(consent.Config{Confirm: consent.All, Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	call := d.Call(&consent.Tool{Name: "create", Does: "creates", Writes: true})
	if err := call.Confirm(t.Context(), nil, false, nil); err == nil || !call.Asks() {
		t.Errorf("got %v, want a refusal: nobody was asked", err)
	}
	if call.Resume("agreement"); call.AgreedID() != "agreement" {
		t.Errorf("the agreement is %q", call.AgreedID())
	}
	if err := call.Confirm(t.Context(), nil, false, nil); err != nil {
		t.Errorf("got %v, want the call to go on", err)
	}
}
