package choice_test

import (
	"fmt"
	"strings"
	"testing"

	"heygen-mcp/tools/toolstest"
)

// TestElsewhere holds how a refusal says where the tools are that it names.
func TestElsewhere(t *testing.T) {
	t.Parallel()
	open := toolstest.New(t)
	limited := toolstest.Limited(t, false, "translations", "discover")
	const choose = "Choose video_translation_id from list_video_translations."
	for name, c := range map[string]struct {
		b        *toolstest.Bench
		sets     string
		only     string
		readOnly bool
		agent    bool // get_video_agent_session is called, which is in the core set without its list
		want     string
	}{
		"listed": {b: open, sets: "all", want: choose},
		"in another set": {b: open, sets: "core", agent: true,
			want: "Choose session_id from list_video_agent_sessions. Not in this session: list_video_agent_sessions (at /mcp/x/agents)."},
		"left out by the client": {b: open, sets: "translations", only: "get_video_translation", want: choose + " Not in this session: list_video_translations (at /mcp/x/translations)."},
		"through one that calls": {b: open, sets: "discover", want: choose + " Call list_video_translations by call_read_tool."},
		"through one that reads": {b: open, sets: "discover", readOnly: true, want: choose + " Call list_video_translations by call_read_tool."},
		"by its name where both": {b: open, sets: "discover,translations", want: choose},
		"under a limit":          {b: limited, sets: "discover", want: choose + " Call list_video_translations by call_read_tool."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var only []string
			if c.only != "" {
				only = []string{c.only}
			}
			ctx, err := c.b.Choose(t.Context(), [][]string{strings.Split(c.sets, ",")}, only, c.readOnly)
			if err != nil {
				t.Fatal(err)
			}
			tool, raw := "get_video_translation", `{"video_translation_id":"none"}`
			if c.agent {
				tool, raw = "get_video_agent_session", `{"session_id":"none"}`
			}
			if c.sets == "discover" {
				tool, raw = "call_read_tool", fmt.Sprintf(`{"name":%q,"arguments":%s}`, tool, raw)
			}
			res := toolstest.DecodeResult(t, c.b.Result(ctx, t, tool, raw))
			if res["next_step"] != c.want {
				t.Errorf("got %q, want %q", res["next_step"], c.want)
			}
		})
	}
}

// TestChoicesThatLeaveNothing holds that a choice without a tool is refused with what left none.
func TestChoicesThatLeaveNothing(t *testing.T) {
	t.Parallel()
	open, limited := toolstest.New(t), toolstest.Limited(t, false, "videos")
	for name, c := range map[string]struct {
		b        *toolstest.Bench
		sets     [][]string
		only     []string
		readOnly bool
		want     string
	}{
		"sets without a common tool": {open, [][]string{{"folders"}, {"webhooks"}}, nil, false, "no tool is in all of folders and webhooks"},
		"the operator's limit":       {limited, [][]string{{"folders"}}, nil, false, "this server offers no tool of folders"},
		"tools of another set":       {open, [][]string{{"voices"}}, []string{"get_video"}, false, "none of the tools get_video"},
		"only what reads":            {open, nil, []string{"delete_video"}, true, "only reads"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := c.b.Choose(t.Context(), c.sets, c.only, c.readOnly)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

// TestNotOfferedAtAll holds that a tool which the operator has left out is said to be none here.
func TestNotOfferedAtAll(t *testing.T) {
	t.Parallel()
	b := toolstest.Limited(t, false, "videos")
	res := b.CallTool(t, "create_video_from_avatar", `{"avatar_id":"none","script":"Hello."}`)
	const want = "Choose avatar_id from list_avatar_looks. This server does not offer list_avatar_looks."
	if res["next_step"] != want {
		t.Errorf("got %q, want %q", res["next_step"], want)
	}
}

// TestWhyUnknown holds what is said of a name that the request does not list: where the tool is, or
// which one may be meant.
func TestWhyUnknown(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	for _, c := range []struct{ set, name, want string }{
		{"core", "get_template", "Not in this session: get_template (at /mcp/x/templates)."},
		{"voices", "get_video_status", "Not in this session: get_video (at /mcp/x/videos)."},
		{"discover", "get_video", "Call get_video by call_read_tool."},
		{"core", "listVoices", "did you mean list_voices?"},
		{"core", "creat_speech", "did you mean create_speech?"},
		{"core", "heygen_translate_video", "did you mean create_video_translation?"},
		{"voices", "translate_video", "create_video_translation (at /mcp/x/translations)"},
		{"core", "knit", "tools/list names those of this endpoint"},
	} {
		ctx, err := b.Choose(t.Context(), [][]string{{c.set}}, nil, false)
		if err != nil {
			t.Fatal(err)
		}
		out, known := b.Call(ctx, c.name, []byte(`{}`), nil)
		if known || out.Refusal == nil || !strings.Contains(out.Refusal.Message, c.want) {
			t.Errorf("%s at %s: got %+v, want %q", c.name, c.set, out.Refusal, c.want)
		}
	}
}
