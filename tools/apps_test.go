package tools_test

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/tiktoken-go/tokenizer"

	"heygen-mcp/internal/apps"
	"heygen-mcp/internal/exchange"
	"heygen-mcp/tools"
	"heygen-mcp/tools/toolstest"
)

// showing is a context of a client that shows pages.
func showing(ctx context.Context) context.Context {
	x := &exchange.Exchange{Notify: func(string, any) {}}
	x.Capabilities.Extensions = map[string]any{exchange.AppsExtension: map[string]any{"mimeTypes": []any{apps.MIMEType}}}
	return exchange.With(ctx, x)
}

// visible are the tools of a selection by their names, as a client sees them.
func visible(ctx context.Context, t *testing.T, b *toolstest.Bench, sets, names []string, readOnly bool) map[string]mcp.Tool {
	t.Helper()
	var lists [][]string
	if len(sets) > 0 {
		lists = [][]string{sets}
	}
	if len(lists)+len(names) > 0 || readOnly {
		var err error
		if ctx, err = b.Choose(ctx, lists, names, readOnly); err != nil {
			t.Fatal(err)
		}
	}
	seen := map[string]mcp.Tool{}
	for _, tool := range b.Visible(ctx, slices.Collect(maps.Values(b.Declared()))) {
		seen[tool.Name] = tool
	}
	return seen
}

// TestPagesAreTied holds that a client that shows pages is told of them, in the standard's words and those before it,
// and that no other sees any of it.
func TestPagesAreTied(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	for name, tool := range visible(t.Context(), t, b, []string{tools.All}, nil, false) {
		if tool.Meta != nil {
			t.Errorf("%s has %v for a client that shows nothing", name, tool.Meta)
		}
	}
	seen := visible(showing(t.Context()), t, b, []string{tools.All}, nil, false)
	for name, uri := range map[string]string{
		"show_video": apps.Player, "get_video": apps.Player, "wait_for_jobs": apps.Player, "list_voices": apps.Picker, "cast_video": apps.Picker,
		"list_avatar_looks": apps.Picker, "create_video_from_avatar": apps.Progress, "create_lipsync": apps.Progress, "video_agent_generate": apps.Progress,
		"open_avatar_creator": apps.Avatar, "prepare_avatar_video": apps.Avatar, "get_avatar_creation_status": apps.Avatar, "delete_video": "",
	} {
		raw, err := json.Marshal(seen[name])
		if err != nil {
			t.Fatal(err)
		}
		var got struct {
			Meta struct {
				UI struct {
					URI        string   `json:"resourceUri"`
					Visibility []string `json:"visibility"`
				} `json:"ui"`
				Flat    string `json:"ui/resourceUri"`
				ChatGPT string `json:"openai/outputTemplate"`
			} `json:"_meta"`
		}
		if err := json.Unmarshal(raw, &got); err != nil {
			t.Fatal(err)
		}
		if m := got.Meta; m.UI.URI != uri || m.Flat != uri || m.ChatGPT != uri || uri != "" && !slices.Equal(m.UI.Visibility, []string{"model", "app"}) {
			t.Errorf("%s has %+v, want %s", name, m, uri)
		}
	}
}

// TestHelpersAreForPages holds that what only pages call is listed to clients that show pages, for no model, wherever
// there is such a page, and that nobody else can call it.
func TestHelpersAreForPages(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	helpers := []string{"get_job_progress", "get_captions", "create_avatar"}
	for _, c := range []struct {
		sets, names []string
		readOnly    bool
		want        []string
	}{
		{nil, nil, false, helpers},
		{[]string{tools.All}, nil, false, helpers},
		{[]string{"apps"}, nil, false, helpers},
		{[]string{"videos"}, nil, false, helpers[:2]},
		{[]string{"folders"}, nil, false, nil},
		{[]string{"discover"}, nil, false, nil},
		{nil, nil, true, helpers[:2]},
		{nil, []string{"get_video"}, false, []string{"get_captions"}},
	} {
		seen := visible(showing(t.Context()), t, b, c.sets, c.names, c.readOnly)
		for _, name := range helpers {
			tool, listed := seen[name]
			if listed != slices.Contains(c.want, name) {
				t.Errorf("%v %v %v: %s is listed: %v", c.sets, c.names, c.readOnly, name, listed)
			}
			ui, _ := json.Marshal(tool.Meta)
			if listed && string(ui) != `{"ui":{"visibility":["app"]}}` {
				t.Errorf("%s has %s", name, ui)
			}
		}
		for _, name := range helpers {
			if _, listed := visible(t.Context(), t, b, c.sets, c.names, c.readOnly)[name]; listed {
				t.Errorf("%v %v: %s is listed to a client that shows nothing", c.sets, c.names, name)
			}
		}
	}
	for _, name := range helpers {
		if _, known := b.Call(t.Context(), name, json.RawMessage(`{}`), nil); known {
			t.Errorf("%s can be called by a client that shows nothing", name)
		}
	}
}

// TestLimitsHoldForPages holds that an operator's limit is one for pages too.
func TestLimitsHoldForPages(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	b.Change(t, func(c *tools.Config) { c.Toolsets = []string{"apps"} })
	ctx := showing(t.Context())
	out, known := b.Call(ctx, "create_avatar", json.RawMessage(`{"from":"photo","name":"Ann","asset_id":"a"}`), nil)
	if !known || out.Result == nil || !out.Result.IsError || !strings.Contains(string(out.Result.RawStructuredContent), "does not offer create_photo_avatar") {
		t.Errorf("got %v %+v", known, out)
	}
	b.Change(t, func(c *tools.Config) { c.Toolsets, c.ReadOnly = nil, true })
	if _, known := b.Call(ctx, "create_avatar", json.RawMessage(`{}`), nil); known {
		t.Error("what creates is there in a server that only reads")
	}
}

// TestAppsBudget holds what the tools for pages cost the model of a client that shows these, with the default set.
func TestAppsBudget(t *testing.T) {
	t.Parallel()
	codec, err := tokenizer.Get(tokenizer.Cl100kBase)
	if err != nil {
		t.Fatal(err)
	}
	const budget = 9_500
	b := toolstest.New(t)
	var list []mcp.Tool
	for _, tool := range visible(showing(t.Context()), t, b, []string{tools.Core}, nil, false) {
		// A host shows the model neither _meta nor what is for pages alone.
		if tool.Meta != nil {
			if ui, _ := tool.Meta.AdditionalFields["ui"].(map[string]any); ui["resourceUri"] == nil && ui["visibility"] != nil {
				continue
			}
		}
		tool.Meta = nil
		list = append(list, tool)
	}
	raw, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	tokens, err := codec.Count(string(raw))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("core with pages: %d tokens of %d in %d tools", tokens, budget, len(list))
	if tokens > budget {
		t.Errorf("core with pages costs %d tokens; %d are allowed", tokens, budget)
	}
}

// TestHelpersAnswer holds what pages are answered.
func TestHelpersAnswer(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	ctx := showing(t.Context())
	looks, _ := b.CallToolIn(ctx, t, "list_avatar_looks", `{"limit":1,"ownership":"public"}`)["items"].([]any)
	look, _ := looks[0].(map[string]any)
	id := toolstest.Quote(look["look_id"].(string))

	ready := b.CallToolIn(ctx, t, "prepare_avatar_video", `{"lookId":`+id+`,"script":"Hello there."}`)
	arguments, _ := ready["arguments"].(map[string]any)
	if arguments["script"] != "Hello there." || arguments["voice_id"] == nil || ready["estimated_cost_usd"] == nil {
		t.Errorf("got %v", ready)
	}
	raw, err := json.Marshal(arguments)
	if err != nil {
		t.Fatal(err)
	}
	made := b.CallToolIn(ctx, t, "create_video_from_avatar", string(raw))
	video := toolstest.Quote(made["video_id"].(string))
	now := b.CallToolIn(ctx, t, "get_job_progress", `{"kind":"video","id":`+video+`}`)
	if pending, _ := now["pending"].([]any); len(pending) != 1 {
		t.Errorf("got %v", now)
	}
	b.Pass(t, "3600")
	if shown := b.CallToolIn(ctx, t, "show_video", `{"videoId":`+video+`}`); shown["video_url"] == nil || shown["state"] != "done" {
		t.Errorf("got %v", shown)
	}
	if done, _ := b.CallToolIn(ctx, t, "get_job_progress", `{"id":`+video+`}`)["done"].([]any); len(done) != 1 {
		t.Errorf("got %v", done)
	}
	cues, _ := b.CallToolIn(ctx, t, "get_captions", `{"video_id":`+video+`}`)["cues"].([]any)
	if cue, _ := cues[0].(map[string]any); cue["text"] == "" || cue["end"] == 0 {
		t.Errorf("got %v", cues)
	}

	translated := b.CallToolIn(ctx, t, "create_video_translation", `{"video":"https://example.com/talk.mp4","output_languages":["Spanish (Spain)"]}`)
	translations, _ := translated["video_translation_ids"].([]any)
	synced := b.CallToolIn(ctx, t, "create_lipsync", `{"video":"https://example.com/talk.mp4","audio":"https://example.com/talk.mp3"}`)
	b.Pass(t, "3600")
	for kind, id := range map[string]any{"video_translation": translations[0], "lipsync": synced["lipsync_id"]} {
		cues, _ := b.CallToolIn(ctx, t, "get_captions", `{"kind":`+toolstest.Quote(kind)+`,"video_id":`+toolstest.Quote(id.(string))+`}`)["cues"].([]any)
		if len(cues) == 0 {
			t.Errorf("%s: there are no captions", kind)
		}
	}

	begun := b.CallToolIn(ctx, t, "create_avatar", `{"from":"prompt","name":"Ann","prompt":"A baker in her shop"}`)
	if state := b.CallToolIn(ctx, t, "get_avatar_creation_status", `{"avatar_id":`+toolstest.Quote(begun["look_id"].(string))+`}`); state["look_id"] != begun["look_id"] {
		t.Errorf("got %v", state)
	}
	session := b.CallToolIn(ctx, t, "video_agent_generate", `{"prompt":"A film about tea","conversationContext":"For grandparents"}`)
	again := b.CallToolIn(ctx, t, "video_agent_generate", `{"prompt":"Make it green","sessionId":`+toolstest.Quote(session["session_id"].(string))+`}`)
	if again["session_id"] != session["session_id"] && again["error_code"] == nil {
		t.Errorf("got %v after %v", again, session)
	}
}
