package main

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"heygen-mcp/internal/exchange"
)

// fixtures are the tools, prompts and resources that the suite asks for by name.
type fixtures struct {
	server *server.MCPServer // set by register
	tools  map[string]fixture
	key    []byte // signs what is given to clients to keep
	jobs   jobs
}

// progressFunc tells the client how far a call is.
type progressFunc = func(done, total float64, message string)

// fixture is one tool.
type fixture struct {
	schema string // "" for no arguments
	run    func(ctx context.Context, args json.RawMessage, progress progressFunc) *mcp.CallToolResult
	// outcome is run of a tool that may be answered with an error or a task.
	outcome outcomeFunc
}

type outcomeFunc = func(ctx context.Context, args json.RawMessage, progress progressFunc) exchange.Outcome

func newFixtures() (*fixtures, error) {
	f := &fixtures{key: make([]byte, 32), jobs: jobs{byID: map[string]*job{}}}
	if _, err := rand.Read(f.key); err != nil {
		return nil, err
	}
	f.tools = map[string]fixture{
		"test_simple_text":            {run: says("This is a simple text response for testing.")},
		"test_image_content":          {run: gives(mcp.NewImageContent(picture, "image/png"))},
		"test_audio_content":          {run: gives(mcp.NewAudioContent(silence(), "audio/wav"))},
		"test_embedded_resource":      {run: gives(embedded("test://embedded-resource", "text/plain", "This is an embedded resource content."))},
		"test_multiple_content_types": {run: mixed},
		"test_error_handling":         {run: fails},
		"test_tool_with_progress":     {run: progresses},
		"test_tool_with_logging":      {run: logs},
		"test_logging_tool":           {run: logs},
		"test_x_mcp_header":           {schema: headerSchema, run: says("The header agrees with the argument.")},
		"json_schema_2020_12_tool":    {schema: richSchema, run: says("ok")},
		"test_trigger_tool_change":    {run: f.announces(mcp.MethodNotificationToolsListChanged)},
		"test_trigger_prompt_change":  {run: f.announces(mcp.MethodNotificationPromptsListChanged)},
	}
	f.addAsking()
	f.addTasks()
	return f, nil
}

// call is Parts.Call.
func (f *fixtures) call(
	ctx context.Context, name string, args json.RawMessage, progress func(done, total float64, message string),
) (exchange.Outcome, bool) {
	tool, ok := f.tools[name]
	switch {
	case !ok:
		return exchange.Outcome{}, false
	case tool.outcome != nil:
		return tool.outcome(ctx, args, progress), true
	}
	return exchange.Outcome{Result: tool.run(ctx, args, progress)}, true
}

// says is a tool that answers one text.
func says(text string) func(context.Context, json.RawMessage, progressFunc) *mcp.CallToolResult {
	return gives(mcp.NewTextContent(text))
}

// gives is a tool that answers one content.
func gives(content ...mcp.Content) func(context.Context, json.RawMessage, progressFunc) *mcp.CallToolResult {
	return func(context.Context, json.RawMessage, progressFunc) *mcp.CallToolResult {
		return &mcp.CallToolResult{Content: content}
	}
}

func embedded(uri, kind, text string) mcp.EmbeddedResource {
	return mcp.NewEmbeddedResource(mcp.TextResourceContents{URI: uri, MIMEType: kind, Text: text})
}

func mixed(context.Context, json.RawMessage, progressFunc) *mcp.CallToolResult {
	return &mcp.CallToolResult{Content: []mcp.Content{
		mcp.NewTextContent("Multiple content types test:"),
		mcp.NewImageContent(picture, "image/png"),
		embedded("test://mixed-content-resource", "application/json", `{"test":"data","value":123}`),
	}}
}

func fails(context.Context, json.RawMessage, progressFunc) *mcp.CallToolResult {
	return mcp.NewToolResultError("This tool intentionally returns an error for testing")
}

// step is how long the suite wants a tool to work between two notifications.
const step = 50 * time.Millisecond

func progresses(ctx context.Context, _ json.RawMessage, progress progressFunc) *mcp.CallToolResult {
	for done := 0.0; done <= 100; done += 50 {
		if progress != nil {
			progress(done, 100, "")
		}
		if done < 100 {
			pause(ctx)
		}
	}
	return mcp.NewToolResultText("done")
}

// logs tells what it does. A modern client is told only what its request asked for.
func logs(ctx context.Context, _ json.RawMessage, _ progressFunc) *mcp.CallToolResult {
	x := exchange.From(ctx)
	for i, line := range []string{"Tool execution started", "Tool processing data", "Tool execution completed"} {
		if i > 0 {
			pause(ctx)
		}
		if !x.Modern || x.LogLevel != "" {
			x.Notify("notifications/message", map[string]any{"level": "info", "data": line})
		}
	}
	return mcp.NewToolResultText("logged")
}

func pause(ctx context.Context) {
	timer := time.NewTimer(step)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// announces is a tool that tells open listen streams of a change.
func (f *fixtures) announces(method string) func(context.Context, json.RawMessage, progressFunc) *mcp.CallToolResult {
	return func(context.Context, json.RawMessage, progressFunc) *mcp.CallToolResult {
		f.server.SendNotificationToAllClients(method, nil)
		return mcp.NewToolResultText("announced")
	}
}

// picture is a PNG of one red pixel.
const picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg=="

// silence is a WAV of no samples.
func silence() string {
	return base64.StdEncoding.EncodeToString([]byte("RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00" +
		"\x40\x1f\x00\x00\x80\x3e\x00\x00\x02\x00\x10\x00data\x00\x00\x00\x00"))
}

const headerSchema = `{"type":"object","properties":{"region":{"type":"string","x-mcp-header":"Region"}}}`

// richSchema has the keywords that the suite wants to see unchanged in tools/list.
const richSchema = `{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",
"$defs":{"address":{"$anchor":"addressDef","type":"object","properties":{"street":{"type":"string"},"city":{"type":"string"}}}},
"properties":{"name":{"type":"string"},"address":{"$ref":"#/$defs/address"},"contactMethod":{"type":"string","enum":["phone","email"]},"phone":{"type":"string"},"email":{"type":"string"}},
"allOf":[{"anyOf":[{"required":["phone"]},{"required":["email"]}]}],
"if":{"properties":{"contactMethod":{"const":"phone"}},"required":["contactMethod"]},"then":{"required":["phone"]},"else":{"required":["email"]},
"additionalProperties":false}`
