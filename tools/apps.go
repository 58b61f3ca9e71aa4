package tools

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"heygen-mcp/internal/apps"
	"heygen-mcp/internal/exchange"
	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/choice"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/jobs"
	"heygen-mcp/tools/refusals"
)

// Pages that clients show within a conversation: which tool's answers each shows. A page is told of to clients that
// declare MCP's Apps extension and to no other, and no answer depends on it.

// appPages are the pages by the tools whose answers they show. What begins a job has the progress page besides.
func appPages() map[string]string {
	return map[string]string{
		"show_video": apps.Player, "get_video": apps.Player, jobs.WaitToolName: apps.Player,
		"get_video_translation": apps.Player, "get_lipsync": apps.Player,
		"list_avatar_looks": apps.Picker, "list_voices": apps.Picker, "cast_video": apps.Picker,
		"open_avatar_creator": apps.Avatar, "prepare_avatar_video": apps.Avatar, "get_avatar_creation_status": apps.Avatar,
		"video_agent_generate": apps.Progress,
	}
}

// alsoForPages are tools of other sets that the pages of these call.
func alsoForPages() []string {
	return []string{"create_asset_upload", "complete_asset_upload", "get_avatar_look", "get_voice"}
}

// pageOf is the page of a tool, "" for none.
func pageOf(t *engine.BoundTool) string {
	if uri := appPages()[t.Name]; uri != "" {
		return uri
	}
	if t.Job != "" && t.Effect == engine.Creates {
		return apps.Progress
	}
	return ""
}

// appTools are the tools that are there for their pages, and those that only pages call.
func appTools(ch *choice.Choice, j *jobs.Jobs) []engine.BoundTool {
	list := []engine.BoundTool{
		showVideoTool(ch),
		openAvatarCreatorTool(),
		prepareAvatarVideoTool(ch),
		avatarStatusTool(ch),
		agentGenerateTool(ch),
	}
	helpers := map[string][]string{
		"get_job_progress": {jobs.WaitToolName, "show_video", "open_avatar_creator", "get_video_translation", "get_lipsync"},
		"get_captions":     {"show_video", "get_video", jobs.WaitToolName, "get_video_translation", "get_lipsync"},
		"create_avatar":    {"open_avatar_creator"},
	}
	for _, t := range []engine.BoundTool{j.ProgressTool(), captionsTool(), createAvatarTool(ch)} {
		t.Helps = helpers[t.Name]
		list = append(list, t)
	}
	return list
}

// registerPages declares the pages to an MCP server.
func registerPages(s *server.MCPServer, origin string) error {
	for _, p := range apps.Pages() {
		html, err := p.HTML()
		if err != nil {
			return fmt.Errorf("tools: the page %s: %w", p.Name, err)
		}
		resource := mcp.NewResource(p.URI, p.Name, mcp.WithResourceTitle(p.Title), mcp.WithResourceDescription(p.About), mcp.WithMIMEType(apps.MIMEType))
		resource.Meta = mcp.NewMetaFromMap(p.Meta(origin))
		s.AddResource(resource, func(ctx context.Context, _ mcp.ReadResourceRequest) ([]mcp.ResourceContents, error) {
			exchange.From(ctx).Share()
			return []mcp.ResourceContents{mcp.TextResourceContents{URI: p.URI, MIMEType: apps.MIMEType, Text: html, Meta: p.Meta(origin)}}, nil
		})
	}
	return nil
}

// withPages ties tools to their pages, for clients that show these. Names that hosts had for the same before the
// standard stand beside: the flat one, and ChatGPT's.
func (c *Catalog) withPages(ctx context.Context, all []mcp.Tool) []mcp.Tool {
	if !exchange.From(ctx).TakesApps() {
		return all
	}
	for i := range all {
		t, _ := c.choice.Find(all[i].Name)
		meta := map[string]any{}
		if all[i].Meta != nil {
			maps.Copy(meta, all[i].Meta.AdditionalFields)
		}
		switch {
		case len(t.Helps) > 0:
			meta["ui"] = map[string]any{"visibility": []string{"app"}}
		case t.Page != "":
			meta["ui"] = map[string]any{"resourceUri": t.Page, "visibility": []string{"model", "app"}}
			meta["ui/resourceUri"], meta["openai/outputTemplate"] = t.Page, t.Page
		default:
			continue
		}
		all[i].Meta = mcp.NewMetaFromMap(meta)
	}
	return all
}

// passOn runs a tool that another passes its work on to, as far as this server has it at all.
func passOn(
	ctx context.Context, c *engine.Call, ch *choice.Choice, name string, arguments map[string]any,
) engine.Outcome {
	if callable, listed := ch.Allowed(name); !callable && !listed {
		return refusedOutcome(faults.Invalid("", "This server does not offer "+name+".", "Use what tools/list shows."))
	}
	raw, err := jsonwrite.Marshal(arguments)
	if err != nil {
		return refusedOutcome(err)
	}
	t, _ := ch.Find(name)
	return t.Run(ctx, c.Engine(), raw, c.Report)
}

// refusedOutcome is the outcome of a tool that passes its work on and cannot.
func refusedOutcome(err error) engine.Outcome {
	return engine.Refuse(refusals.From(err, refusals.Attempt{}))
}

// isForPages reports whether a tool is of the set of those that are there for their pages.
func isForPages(t *engine.BoundTool) bool { return slices.Contains(alsoForPages(), t.Name) }
