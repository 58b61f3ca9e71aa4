package tools

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/exchange"
	"heygen-mcp/tools/args"
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
		{"template", "A template", "heygen://templates/{template_id}", "template_id", "get_template"},
		{"avatar", "An avatar", "heygen://avatars/{group_id}", "group_id", "get_avatar_group"},
		{"asset", "An asset", "heygen://assets/{asset_id}", "asset_id", "get_asset"},
		{"brand kit", "A brand kit", "heygen://brand-kits/{brand_kit_id}", "brand_kit_id", "get_brand_kit"},
		{"brand glossary", "A brand glossary", "heygen://brand-glossaries/{brand_glossary_id}", "brand_glossary_id", "get_brand_glossary"},
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
		return nil, unread(ctx, req.Params.URI, refusal)
	}
	raw, err := args.Encode(res)
	if err != nil {
		return nil, fmt.Errorf("writing what %s answered: %w", r.tool, err)
	}
	return []mcp.ResourceContents{mcp.TextResourceContents{URI: req.Params.URI, MIMEType: jsonType, Text: string(raw)}}, nil
}

// unreadable is what a client may know of a record that could not be read, besides the words.
type unreadable struct {
	URI string `json:"uri"`
	*Refusal
}

// unread turns a tool's refusal into the error of a read. What is no affair of the client's stays a Go
// error, whose words go to the log.
func unread(ctx context.Context, uri string, refusal *Refusal) error {
	if refusal.Code == "internal" {
		return fmt.Errorf("reading a record: %w", refusal)
	}
	const longest = 300 // an id has 255 bytes at most
	if len(uri) > longest {
		uri = uri[:longest] + "…"
	}
	e := &exchange.Refusal{Code: mcp.INTERNAL_ERROR, Message: strings.TrimSpace(refusal.Message + " " + refusal.NextStep), Data: unreadable{uri, refusal}}
	failure, asked := errors.AsType[*heygen.Error](refusal.cause)
	switch {
	case refusal.Code == notOffered || asked && failure.Status == http.StatusNotFound:
		e.Code = exchange.From(ctx).NotFound()
	case !asked && refusal.Code == heygen.CodeInvalidParameter, asked && (failure.Status == 0 && refusal.Code == heygen.CodeInvalidParameter || failure.Status == http.StatusBadRequest):
		e.Code = mcp.INVALID_PARAMS
	case refusal.Code == codeScope:
		e.Code = mcp.INVALID_REQUEST
	}
	return e
}

// notOffered is the code of what a request may not reach.
const notOffered = "not_offered"

// read calls a tool that reads, as far as it is within a request's reach.
func (c *Catalog) read(ctx context.Context, tool string, args map[string]any) (map[string]any, *Refusal) {
	i, ok := c.byName[tool]
	if !ok || !c.chosen(ctx).reaches[i] || c.tools[i].info.Effect != Reads {
		return nil, &Refusal{IsError: true, Code: notOffered, Message: "This endpoint does not offer that.", NextStep: "Use what its tools/list shows."}
	}
	raw, err := json.Marshal(args)
	if err != nil {
		return nil, invalid("uri", "The id cannot be read.", "Send an id as a list tool shows it.")
	}
	out := c.tools[i].run(ctx, c, raw, nil)
	return out.data, out.refusal
}
