package toolstest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"heygen-mcp/internal/exchange"
)

// CallTool is CallToolIn for as long as the test runs.
func (b *Bench) CallTool(t *testing.T, name, raw string) map[string]any {
	t.Helper()
	return b.CallToolIn(t.Context(), t, name, raw)
}

// CallToolIn calls a tool with raw arguments, holds its result against its output schema, and gives it.
func (b *Bench) CallToolIn(ctx context.Context, t *testing.T, name, raw string) map[string]any {
	t.Helper()
	return CheckedResult(t, name, b.Result(ctx, t, name, raw))
}

// Result is the result of a call that becomes no task and is not rejected.
func (b *Bench) Result(ctx context.Context, t *testing.T, name, raw string) *mcp.CallToolResult {
	t.Helper()
	out, known := b.Call(ctx, name, json.RawMessage(raw), nil)
	if !known {
		t.Fatalf("no tool %s", name)
	}
	if out.Result == nil {
		t.Fatalf("%s %s has no result: %+v", name, raw, out)
	}
	return out.Result
}

// Videos counts the videos that were really made.
func (b *Bench) Videos(t *testing.T) int {
	t.Helper()
	res := b.CallTool(t, "list_videos", `{"limit":100}`)
	return int(res["count"].(float64))
}

// FirstLook is the id of a public look that can speak.
func (b *Bench) FirstLook(t *testing.T) string {
	t.Helper()
	res := b.CallTool(t, "list_avatar_looks", `{"limit":1,"ownership":"public"}`)
	return res["items"].([]any)[0].(map[string]any)["look_id"].(string)
}

// VideoArgs are arguments of create_video_from_avatar.
func (b *Bench) VideoArgs(t *testing.T) string {
	t.Helper()
	items, _ := b.CallTool(t, "list_avatar_looks", `{"limit":1}`)["items"].([]any)
	one, _ := items[0].(map[string]any)
	return fmt.Sprintf(`{"avatar_id":%q,"script":"Hello there, and welcome."}`, one["look_id"])
}

// Taking is a context whose client takes tasks.
func Taking(t *testing.T) context.Context {
	t.Helper()
	x := &exchange.Exchange{Modern: true, Notify: func(string, any) {}}
	x.Capabilities.Extensions = map[string]any{exchange.TasksExtension: map[string]any{}}
	return exchange.With(t.Context(), x)
}

// Begin makes a call that must become a task.
func (b *Bench) Begin(t *testing.T, name, raw string) *exchange.Task {
	t.Helper()
	out, _ := b.Call(Taking(t), name, json.RawMessage(raw), nil)
	if out.Task == nil || out.Result != nil {
		t.Fatalf("%s became no task: %+v", name, out)
	}
	return out.Task
}

// TaskNow asks for a task.
func (b *Bench) TaskNow(t *testing.T, id string) *exchange.Task {
	t.Helper()
	out, known := b.Task(Taking(t), id)
	if !known || out.Task == nil {
		t.Fatalf("known %v, refused with %+v", known, out.Refusal)
	}
	return out.Task
}

// TaskResult is what a completed task answers.
func TaskResult(t *testing.T, task *exchange.Task) map[string]any {
	t.Helper()
	if task.Status != exchange.Completed || task.Result == nil {
		t.Fatalf("it is %s: %s", task.Status, task.Message)
	}
	return DecodeResult(t, task.Result)
}

// DecodeResult reads what a result says.
func DecodeResult(t *testing.T, res *mcp.CallToolResult) map[string]any {
	t.Helper()
	var out map[string]any
	if err := json.Unmarshal(res.RawStructuredContent, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// Asked counts what HeyGen was asked.
func (b *Bench) Asked(t *testing.T, method, path string) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, b.URL+"/_sandbox/calls", nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := b.HTTP.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var calls []struct{ Method, Path string }
	if err := json.NewDecoder(res.Body).Decode(&calls); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, c := range calls {
		if c.Method == method && c.Path == path {
			n++
		}
	}
	return n
}

// PodcastArgs are arguments of create_podcast: two looks, with the voice of each.
func (b *Bench) PodcastArgs(t *testing.T) string {
	t.Helper()
	two := func(tool, id string) (first, second any) {
		items, _ := b.CallTool(t, tool, `{"limit":2}`)["items"].([]any)
		return items[0].(map[string]any)[id], items[1].(map[string]any)[id]
	}
	host, guest := two("list_avatar_looks", "look_id")
	voice, other := two("list_voices", "voice_id")
	return fmt.Sprintf(`{"topic":"Tea in China","host_avatar_id":%q,"guest_avatar_id":%q,`+
		`"host_voice_id":%q,"guest_voice_id":%q}`, host, guest, voice, other)
}

const (
	talk   = `{"type":"url","url":"https://example.com/talk.mp4"}`
	judged = `{"prompt":"Rain","model_a":"a","model_b":"b","video_a":` + talk + `,"video_b":` + talk + `,"question_id":"craft"}`
)

// Creates are calls that begin each kind of job: the tool and its arguments, by kind.
func (b *Bench) Creates(t *testing.T) map[string][]string {
	t.Helper()
	return map[string][]string{
		"video":                   {"create_video_from_avatar", b.VideoArgs(t)},
		"video_batch":             {"create_video_batch", `{"videos":[{"type":"avatar",` + b.VideoArgs(t)[1:] + `]}`},
		"video_translation":       {"create_video_translation", `{"video":` + talk + `,"output_languages":["German (Germany)","Spanish (Spain)"]}`},
		"video_translation_batch": {"create_video_translation_batch", `{"video_translations":[{"video":` + talk + `,"output_languages":["German (Germany)"]}]}`},
		"proofread":               {"create_proofread", `{"video":` + talk + `,"output_languages":["French (France)"],"title":"Talk"}`},
		"lipsync":                 {"create_lipsync", `{"video":` + talk + `,"audio":{"type":"url","url":"https://example.com/a.mp3"}}`},
		"lipsync_batch":           {"create_lipsync_batch", `{"lipsyncs":[{"video":` + talk + `,"audio":{"type":"url","url":"https://example.com/a.mp3"}}]}`},
		"ai_clipping":             {"create_ai_clipping", `{"video":` + talk + `}`},
		"background_removal":      {"create_background_removal", `{"video":` + talk + `}`},
		"filler_word_removal":     {"create_filler_word_removal", `{"video":` + talk + `}`},
		"hyperframes_render":      {"create_hyperframes_render", `{"project":{"type":"url","url":"https://example.com/project.zip"}}`},
		"voice_clone":             {"clone_voice", `{"voice_name":"Mine","audio":"https://files.example/me.mp3"}`},
		"model_voice":             {"create_model_audio_voice", `{"audio":["https://files.example/me.wav"]}`},
		"avatar_look":             {"create_photo_avatar", `{"name":"Kim","file":"https://files.example/kim.jpg"}`},
		"brand_kit":               {"create_brand_kit", `{"url":"https://acme.example"}`},
		"model_video":             {"text_to_video", `{"prompt":"Lanterns rise over a lake."}`},
		"podcast":                 {"create_podcast", b.PodcastArgs(t)},
		"video_agent":             {"create_video_agent", `{"prompt":"A film about lanterns"}`},
		"video_quality":           {"create_video_quality_comparison", judged},
		"video_quality_batch":     {"create_video_quality_comparison_batch", `{"comparisons":[` + judged + `]}`},
		"avatar_realtime":         {"create_avatar_realtime_session", b.realtime(t)},
		"workflow_run":            {"create_workflow_run", `{"workflow_id":"` + b.workflow(t) + `"}`},
	}
}

// realtime are arguments of create_avatar_realtime_session.
func (b *Bench) realtime(t *testing.T) string {
	t.Helper()
	first := func(tool, args, id string) any {
		items, _ := b.CallTool(t, tool, args)["items"].([]any)
		one, _ := items[0].(map[string]any)
		return one[id]
	}
	return fmt.Sprintf(`{"type":"tts","avatar_id":%q,"voice_id":%q,"text":"Hello there."}`,
		first("list_avatar_looks", `{"limit":1,"avatar_type":"photo_avatar"}`, "look_id"), first("list_voices", `{"limit":1}`, "voice_id"))
}

// workflow is the id of a workflow of one node, the same at every call.
func (b *Bench) workflow(t *testing.T) string {
	t.Helper()
	made := b.CallTool(t, "create_workflow", `{"name":"A poem","product_graph":{"schema_version":"1.0.0","nodes":`+
		`[{"id":"write","type":"llm","config":{"prompt":"A poem."}}],"outputs":{"poem":{"node_id":"write","port":"text"}}}}`)
	id, _ := made["workflow_id"].(string)
	return id
}

// Declared are the tools as an MCP server is told of them, by name.
func (b *Bench) Declared() map[string]mcp.Tool {
	s := server.NewMCPServer("test", "1")
	b.Register(s)
	declared := map[string]mcp.Tool{}
	for name, tool := range s.ListTools() {
		declared[name] = tool.Tool
	}
	return declared
}

// ask makes a request of an MCP server that serves the catalog. The error is what a handler gave.
func (b *Bench) ask(ctx context.Context, t *testing.T, method string, params any, result any) error {
	t.Helper()
	var failed error
	hooks := &server.Hooks{}
	hooks.AddOnError(func(_ context.Context, _ any, _ mcp.MCPMethod, _ any, err error) { failed = err })
	s := server.NewMCPServer("test", "1", server.WithHooks(hooks), server.WithResourceCapabilities(false, false), server.WithPromptCapabilities(false))
	b.Register(s)
	raw, err := json.Marshal(map[string]any{"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
	if err != nil {
		t.Fatal(err)
	}
	answer, err := json.Marshal(s.HandleMessage(ctx, raw))
	if err != nil {
		t.Fatal(err)
	}
	if failed != nil {
		return failed
	}
	var reply struct{ Result json.RawMessage }
	if err := errors.Join(json.Unmarshal(answer, &reply), json.Unmarshal(reply.Result, result)); err != nil {
		t.Fatalf("%s: %v in %s", method, err, answer)
	}
	return nil
}

// ReadURI reads a resource.
func (b *Bench) ReadURI(ctx context.Context, t *testing.T, uri string) (string, error) {
	t.Helper()
	var got struct{ Contents []struct{ Text string } }
	if err := b.ask(ctx, t, "resources/read", map[string]any{"uri": uri}, &got); err != nil {
		return "", err
	}
	return got.Contents[0].Text, nil
}

// Prompt is the text of a prompt.
func (b *Bench) Prompt(ctx context.Context, t *testing.T, name string, arguments map[string]string) (string, error) {
	t.Helper()
	var got struct {
		Messages []struct{ Content struct{ Text string } }
	}
	if err := b.ask(ctx, t, "prompts/get", map[string]any{"name": name, "arguments": arguments}, &got); err != nil {
		return "", err
	}
	var texts []string
	for _, m := range got.Messages {
		texts = append(texts, m.Content.Text)
	}
	return strings.Join(texts, "\n"), nil
}
