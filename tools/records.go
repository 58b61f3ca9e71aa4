package tools

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

// record is a kind of thing of an account that can be read under a URI. It is what a get tool
// answers, so whoever may not call the tool may not read the record.
type record struct {
	name, title string
	template    string
	argument    string // of the template, and of the tool
	tool        string
}

func records() []record {
	return []record{
		{"video", "A video", "heygen://videos/{video_id}", "video_id", "get_video"},
		{"look", "An avatar look", "heygen://looks/{look_id}", "look_id", "get_avatar_look"},
		{"voice", "A voice", "heygen://voices/{voice_id}", "voice_id", "get_voice"},
		{"translation", "A translation", "heygen://translations/{video_translation_id}", "video_translation_id", "get_video_translation"},
		{"lipsync", "A lip-sync", "heygen://lipsyncs/{lipsync_id}", "lipsync_id", "get_lipsync"},
		{"session", "A video agent's session", "heygen://sessions/{session_id}", "session_id", "get_video_agent_session"},
	}
}

// registerRecords adds the templates.
func (c *Catalog) registerRecords(s *server.MCPServer) {
	for _, r := range records() {
		s.AddResourceTemplate(
			mcp.NewResourceTemplate(r.template, r.name, mcp.WithTemplateTitle(r.title),
				mcp.WithTemplateDescription("What "+r.tool+" answers."), mcp.WithTemplateMIMEType(jsonType)),
			func(ctx context.Context, req mcp.ReadResourceRequest) ([]mcp.ResourceContents, error) {
				return c.readRecord(ctx, r, req)
			},
		)
	}
}

// readRecord calls the get tool of a record.
func (c *Catalog) readRecord(ctx context.Context, r record, req mcp.ReadResourceRequest) ([]mcp.ResourceContents, error) {
	id := ""
	switch v := req.Params.Arguments[r.argument].(type) {
	case string:
		id = v
	case []string:
		if len(v) == 1 {
			id = v[0]
		}
	}
	res, refusal := c.read(ctx, r.tool, map[string]any{r.argument: id})
	if refusal != nil {
		return nil, fmt.Errorf("%s %s", refusal.Message, refusal.NextStep)
	}
	raw, err := encode(res)
	if err != nil {
		return nil, errors.New("the answer could not be written")
	}
	return []mcp.ResourceContents{mcp.TextResourceContents{URI: req.Params.URI, MIMEType: jsonType, Text: string(raw)}}, nil
}

// read calls a tool that reads, as far as it is within a request's reach.
func (c *Catalog) read(ctx context.Context, tool string, args map[string]any) (map[string]any, *Refusal) {
	i, ok := c.byName[tool]
	if !ok || !c.chosen(ctx).reaches[i] || c.tools[i].info.Effect != Reads {
		return nil, invalid("uri", "This server does not offer that here.", "Use what resources/list and tools/list show.")
	}
	raw, err := json.Marshal(args)
	if err != nil {
		return nil, invalid("uri", "The id cannot be read.", "Send an id as a list tool shows it.")
	}
	return c.tools[i].run(ctx, c, raw, nil)
}
