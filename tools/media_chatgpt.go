package tools

import (
	"context"
	"reflect"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/tools/args/inputs"
)

// ChatGPT hands over files that its user attached, in arguments that a tool names under fileParams. Its model can
// then put nothing else there, and its documentation wants an object of these members at the top of the arguments. So
// ChatGPT alone is shown an argument beside each that takes a file, and may still give URLs and ids in that.

// fileParams is the member of a tool's _meta.
const fileParams = "openai/fileParams"

// attachedFile is a file as ChatGPT hands it over.
type attachedFile struct {
	URL  string  `json:"download_url" required:"true" doc:"Its link."`
	ID   string  `json:"file_id" required:"true" doc:"Its id."`
	Type *string `json:"mime_type" doc:"Its type."`
	Name *string `json:"file_name" doc:"Its name."`
}

// isChatGPT reports whether a client is ChatGPT, by the name that it gives itself or its User-Agent, openai-mcp.
func isChatGPT(client string) bool {
	client = strings.ToLower(client)
	return strings.Contains(client, "chatgpt") || strings.Contains(client, "openai-mcp")
}

// withAttached shows ChatGPT the tools that take files in their other form.
func (c *Catalog) withAttached(ctx context.Context, all []mcp.Tool) []mcp.Tool {
	if !isChatGPT(exchange.From(ctx).Client) {
		return all
	}
	attached := c.attached()
	for i := range all {
		if other, ok := attached[all[i].Name]; ok {
			all[i] = other
		}
	}
	return all
}

// declareAttached are the tools in that form.
func (c *Catalog) declareAttached() map[string]mcp.Tool {
	file := inputs.SpecOf(reflect.TypeFor[attachedFile]())
	tools := map[string]mcp.Tool{}
	for t := range c.choice.AllListed() {
		if other, ok := c.engine.DeclareWithAttached(t, file, fileParams); ok {
			tools[t.Name] = other
		}
	}
	return tools
}

// Translate reads what ChatGPT gives for a file. The bytes of one, which are not taken here, become a URL of data,
// which is refused in words of its own.
func (Media) Translate(object map[string]any) {
	fromChatGPT(object)
	otherMediaNames(object)
	adoptName(object, "data", "base64")
	if data, ok := object["data"].(string); ok && object["url"] == nil && object["asset_id"] == nil {
		object["type"], object["url"] = "url", "data:;base64,"+data
		for _, name := range []string{"data", "media_type", "mediaType", "mime_type"} {
			delete(object, name)
		}
	}
}

// Translate reads what ChatGPT gives for a file.
func (InlineMedia) Translate(object map[string]any) {
	fromChatGPT(object)
	otherMediaNames(object)
}

// fromChatGPT reads a file of a conversation as ChatGPT gives it: a link that is good for some minutes, and words about
// it. Its documentation names the members under openai/fileParams.
func fromChatGPT(object map[string]any) {
	kind, _ := object["type"].(string)
	if name := map[string]string{"video": "video_id", "asset": "asset_id", "asset_id": "asset_id"}[strings.ToLower(kind)]; name != "" {
		adoptName(object, name, "id")
	}
	link, ok := object["download_url"].(string)
	if !ok {
		return
	}
	if object["url"] == nil && object["asset_id"] == nil {
		object["url"] = link
	}
	for _, name := range []string{"download_url", "file_id", "file_name", "mime_type"} {
		delete(object, name)
	}
}
