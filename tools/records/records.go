// Package records owns the things of an account that a client reads by URI, and the suggestions for
// what a prompt or such a URI leaves open. Both are what tools that only read answer, as far as a
// request may call these, and nothing of them is kept.
//
// Reading order: records.go, completion.go, suggestions.go, read.go.
package records

import (
	"context"
	"fmt"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/tools/choice"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/prompts"
)

// resourceTemplate is a kind of thing of an account that can be read under a URI. It is what a get tool
// answers, so whoever may not call the tool may not read the record.
type resourceTemplate struct {
	name, title string
	template    string
	argument    string // of the template, and of the tool
	tool        string
}

func resourceTemplates() []resourceTemplate {
	return []resourceTemplate{
		{"video", "A video", "heygen://videos/{video_id}", "video_id", "get_video"},
		{"look", "An avatar look", "heygen://looks/{look_id}", "look_id", "get_avatar_look"},
		{"voice", "A voice", "heygen://voices/{voice_id}", "voice_id", "get_voice"},
		{"translation", "A translation", "heygen://translations/{video_translation_id}", "video_translation_id", "get_video_translation"},
		{"lipsync", "A lip-sync", "heygen://lipsyncs/{lipsync_id}", "lipsync_id", "get_lipsync"},
		{"template", "A template", "heygen://templates/{template_id}", "template_id", "get_template"},
		{"avatar", "An avatar", "heygen://avatars/{group_id}", "group_id", "get_avatar_group"},
		{"asset", "An asset", "heygen://assets/{asset_id}", "asset_id", "get_asset"},
		{"brand kit", "A brand kit", "heygen://brand-kits/{brand_kit_id}", "brand_kit_id", "get_brand_kit"},
		{"brand glossary", "A brand glossary", "heygen://brand-glossaries/{brand_glossary_id}", "brand_glossary_id", "get_brand_glossary"},
		{"session", "A video agent's session", "heygen://sessions/{session_id}", "session_id", "get_video_agent_session"},
	}
}

// jsonMIMEType is the type of everything that is read.
const jsonMIMEType = "application/json"

// Records reads what an account has, by calling tools.
type Records struct {
	choice *choice.Choice
	engine *engine.Engine
}

// New makes Records of the tools that may be called.
func New(ch *choice.Choice, e *engine.Engine) *Records { return &Records{ch, e} }

// Names are the tools that templates read with, by the name of the template, for the check that they
// are there.
func Names() map[string]string {
	names := map[string]string{}
	for _, r := range resourceTemplates() {
		names[r.name] = r.tool
	}
	return names
}

// Sources are the tools whose answers are suggested, by the name of the argument, for the same check.
func Sources() map[string]string {
	sources := map[string]string{}
	var arguments []string
	for _, r := range resourceTemplates() {
		arguments = append(arguments, r.argument)
	}
	for _, p := range prompts.Names() {
		names, _ := prompts.Arguments(p)
		arguments = append(arguments, names...)
	}
	for _, name := range arguments {
		if from, ok := sourceOf(name); ok {
			sources[name] = from.tool
		}
	}
	return sources
}

// Register adds the templates to an MCP server.
func (rs *Records) Register(s *server.MCPServer) {
	for _, r := range resourceTemplates() {
		s.AddResourceTemplate(
			mcp.NewResourceTemplate(r.template, r.name, mcp.WithTemplateTitle(r.title),
				mcp.WithTemplateDescription("What "+r.tool+" answers."), mcp.WithTemplateMIMEType(jsonMIMEType)),
			func(ctx context.Context, req mcp.ReadResourceRequest) ([]mcp.ResourceContents, error) {
				return rs.readRecord(ctx, r, req)
			},
		)
	}
}

// readRecord calls the get tool of a record.
func (rs *Records) readRecord(
	ctx context.Context, r resourceTemplate, req mcp.ReadResourceRequest,
) ([]mcp.ResourceContents, error) {
	id := ""
	switch v := req.Params.Arguments[r.argument].(type) {
	case string:
		id = v
	case []string:
		if len(v) == 1 {
			id = v[0]
		}
	}
	res, refusal := rs.read(ctx, r.tool, map[string]any{r.argument: id})
	if refusal != nil {
		return nil, readError(ctx, req.Params.URI, refusal)
	}
	raw, err := jsonwrite.Marshal(res)
	if err != nil {
		return nil, fmt.Errorf("writing what %s answered: %w", r.tool, err)
	}
	return []mcp.ResourceContents{mcp.TextResourceContents{URI: req.Params.URI, MIMEType: jsonMIMEType, Text: string(raw)}}, nil
}
