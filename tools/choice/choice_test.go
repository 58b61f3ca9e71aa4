package choice_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/tools"
	"heygen-mcp/tools/choice"
	"heygen-mcp/tools/toolstest"
)

// names are the tools that a choice lists.
func names(t *testing.T, c *toolstest.Bench, toolsets [][]string, only []string, readOnly bool) []string {
	t.Helper()
	ctx, err := c.Choose(t.Context(), toolsets, only, readOnly)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	shown := map[string]bool{}
	for _, tool := range c.Visible(ctx, slices.Collect(maps.Values(c.Declared()))) {
		shown[tool.Name] = true
	}
	for _, info := range tools.Describe() {
		out, known := c.Call(ctx, info.Name, []byte(`[1]`), nil)
		if known != shown[info.Name] || known && !out.Result.IsError {
			t.Errorf("%s: listed %v, called %v", info.Name, shown[info.Name], known)
		}
		if known {
			list = append(list, info.Name)
		}
	}
	return list
}

// TestChoose holds that a request only ever narrows what the operator allows, on list and call alike.
func TestChoose(t *testing.T) {
	t.Parallel()
	open, core, reads := toolstest.Limited(t, false), toolstest.Limited(t, false, tools.Core), toolstest.Limited(t, true)
	all := names(t, open, [][]string{{tools.All}}, nil, false)
	initial := names(t, open, nil, nil, false)
	if len(all) < len(initial) || !slices.Contains(initial, "get_video") || slices.Contains(all, "call_tool") {
		t.Errorf("all %v, at first %v", all, initial)
	}
	if got := names(t, core, [][]string{{tools.All}}, nil, false); !slices.Equal(got, initial) {
		t.Errorf("the operator's core was widened to %v, from %v", got, initial)
	}
	if got := names(t, open, [][]string{{"videos", "voices"}, {"voices", "avatars"}}, nil, false); !slices.Contains(got, "list_voices") || slices.Contains(got, "get_video") || slices.Contains(got, "get_avatar_look") {
		t.Errorf("two lists do not narrow each other: %v", got)
	}
	if got := names(t, open, [][]string{{"videos"}}, []string{"get_video", "list_voices"}, false); !slices.Equal(got, []string{"get_video"}) {
		t.Errorf("named tools: %v", got)
	}
	for _, got := range [][]string{names(t, reads, [][]string{{tools.All}}, nil, false), names(t, open, [][]string{{tools.All}}, nil, true)} {
		if slices.Contains(got, "create_video_from_avatar") || slices.Contains(got, "delete_video") || !slices.Contains(got, "get_video") {
			t.Errorf("read-only has %v", got)
		}
	}
	if got := names(t, core, [][]string{{choice.Discover}}, nil, true); !slices.Equal(got, []string{"search_tools", "describe_tool", "call_read_tool"}) {
		t.Errorf("discover, read-only: %v", got)
	}
	previews := names(t, open, [][]string{{tools.Previews}}, nil, false)
	for _, info := range tools.Describe() {
		if info.Name == "wait_for_jobs" && slices.Contains(previews, info.Name) && slices.Contains(all, info.Name) {
			continue // it waits for the jobs of both
		}
		inCore := slices.Contains(initial, info.Name)
		if info.Preview != slices.Contains(previews, info.Name) || info.Preview && slices.Contains(all, info.Name) != inCore {
			t.Errorf("%s: a preview %v, in previews %v, in all %v", info.Name, info.Preview,
				slices.Contains(previews, info.Name), slices.Contains(all, info.Name))
		}
	}
	wide := toolstest.Limited(t, false, tools.All)
	if got := names(t, wide, [][]string{{tools.Previews}}, nil, false); !slices.Equal(got, previews) {
		t.Errorf("where the operator allows all, previews are %v, want %v", got, previews)
	}
	if got := names(t, wide, nil, nil, false); !slices.Equal(got, all) {
		t.Errorf("where the operator allows all, a request that chooses nothing lists %v, want %v", got, all)
	}
	for _, bad := range []struct {
		sets  [][]string
		tools []string
	}{{[][]string{{"sweaters"}}, nil}, {nil, []string{"knit_sweater"}}} {
		if _, err := open.Choose(t.Context(), bad.sets, bad.tools, false); err == nil || !strings.Contains(err.Error(), "sweater") {
			t.Errorf("%v was chosen: %v", bad, err)
		}
	}
	plain, typed := names(t, open, [][]string{{"voices", "jobs"}}, nil, false), names(t, open, [][]string{{"Voices", "JOBS"}}, nil, false)
	if len(plain) == 0 || !slices.Equal(typed, plain) {
		t.Errorf("Voices and JOBS are %v, want %v", typed, plain)
	}
	cfg := open.Cfg
	cfg.Toolsets = []string{"x"}
	if _, err := tools.New(cfg); err == nil {
		t.Error("an operator's toolset that is none was taken")
	}
}

// TestDiscoverKeepsTheLimits holds that the tools that call others reach no further than the operator
// allows, and that the effect of the tool inside decides.
func TestDiscoverKeepsTheLimits(t *testing.T) {
	t.Parallel()
	c := toolstest.Limited(t, false, "voices", choice.Discover)
	for _, tool := range []string{"call_tool", "call_read_tool"} {
		res := c.Result(t.Context(), t, tool, `{"name":"get_current_user"}`)
		if !res.IsError {
			t.Errorf("%s reached past the limit", tool)
		}
		if res = c.Result(t.Context(), t, tool, `{"name":"list_voices","arguments":{"limit":1}}`); res.IsError {
			t.Errorf("%s did not reach what is allowed", tool)
		}
		if res = c.Result(t.Context(), t, tool, `{"name":"call_tool","arguments":{"name":"list_voices"}}`); !res.IsError {
			t.Errorf("%s called itself", tool)
		}
	}
	reads := toolstest.Limited(t, true, tools.All, choice.Discover)
	ctx, err := reads.Choose(t.Context(), [][]string{{choice.Discover}}, nil, false)
	if err != nil {
		t.Fatal(err)
	}
	if _, known := reads.Call(ctx, "call_tool", []byte(`{}`), nil); known {
		t.Error("call_tool is there although nothing but reading is allowed")
	}
	if res := reads.Result(ctx, t, "call_read_tool", `{"name":"create_speech","arguments":{"text":"x","voice_id":"V"}}`); !res.IsError {
		t.Error("call_read_tool created something")
	}
}

// TestAliases holds that a tool answers to the names it had, and that these are never listed.
func TestAliases(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	for alias, name := range map[string]string{
		"get_remaining_credits": "get_current_user", "list_avatars": "list_avatar_groups", "get_voices": "list_voices",
		"get_avatars_in_avatar_group": "list_avatar_looks", "list_audio_voices": "list_voices", "get_video_status": "get_video",
		"check_video_status": "get_video", "get_avatar_video_status": "get_video", "create_video": "create_video_from_avatar",
		"create_avatar_video": "create_video_from_avatar", "generate_avatar_video": "create_video_from_avatar",
		"generate_video_agent": "create_video_agent", "text_to_speech": "create_speech",
	} {
		if fmt.Sprint(b.CallTool(t, alias, `{"no_such_argument":1}`)) != fmt.Sprint(b.CallTool(t, name, `{"no_such_argument":1}`)) {
			t.Errorf("%s is not %s", alias, name)
		}
		if slices.ContainsFunc(tools.Describe(), func(i tools.Info) bool { return i.Name == alias }) {
			t.Errorf("%s is listed", alias)
		}
	}
	if res := b.CallTool(t, "get_remaining_credits", `{}`); res["billing_type"] != "wallet" {
		t.Errorf("got %v, want %q", res, "wallet")
	}
}

// TestCamelCase holds that schemas can be published in camelCase at every depth.
func TestCamelCase(t *testing.T) {
	t.Parallel()
	c := toolstest.Limited(t, false, tools.All)
	c.Change(t, func(c *tools.Config) { c.CamelCase = true })
	schema := string(c.Declared()["create_video_from_avatar"].RawInputSchema)
	if strings.Contains(schema, "avatar_id\":") || !strings.Contains(schema, `"avatarId":`) || !strings.Contains(schema, `"referenceLookId":`) || !strings.Contains(schema, `"required":["avatarId"]`) {
		t.Errorf("got %s, want no %q in it, %q in it, %q in it and %q in it", schema, "avatar_id\":", `"avatarId":`, `"referenceLookId":`, `"required":["avatarId"]`)
	}
}

// TestWaitKeepsTheLimits holds that a wait reads only what some tool within the limit may.
func TestWaitKeepsTheLimits(t *testing.T) {
	t.Parallel()
	c := toolstest.Limited(t, false, "videos", choice.Discover)
	for kind, offered := range map[string]bool{"video": true, "video_batch": true, "brand_kit": false, "video_translation": false, "video_agent": false} {
		res := c.Result(t.Context(), t, "wait_for_jobs", `{"kind":"`+kind+`","ids":["x"],"timeout_seconds":0}`)
		if res.IsError == offered {
			t.Errorf("%s: refused is %v", kind, res.IsError)
		}
	}
}

// TestCamelCaseRefusals holds that a client that only knows camelCase is answered in it.
func TestCamelCaseRefusals(t *testing.T) {
	t.Parallel()
	c := toolstest.Limited(t, false, tools.All)
	c.Change(t, func(c *tools.Config) { c.CamelCase = true })
	for args, want := range map[string][2]string{
		`{}`: {"avatarId", "avatarId is required."},
		`{"avatarId":"A","script":"x","voiceSettings":{"engineSettings":{"engineType":"fish","similarty":1}}}`: {"voiceSettings.engineSettings.similarty", "Did you mean similarity?"},
		`{"avatarId":"A","script":"x","voice":"v"}`:                                                            {"voice", "Did you mean voiceId?"},
	} {
		res := c.Result(t.Context(), t, "create_video_from_avatar", args)
		text := res.Content[0].(mcp.TextContent).Text
		if !strings.Contains(text, `"param":"`+want[0]+`"`) || !strings.Contains(text, want[1]) || strings.Contains(text, "avatar_id") {
			t.Errorf("%s: %s", args, text)
		}
	}
}
