package exchange

// AppsExtension is the name of MCP's Apps extension (SEP-1865), by which a client shows pages of the
// server's in a conversation. AppsMIMEType is the type of such a page.
const (
	AppsExtension = "io.modelcontextprotocol/ui"
	AppsMIMEType  = "text/html;profile=mcp-app"
)

// TakesApps says whether the client shows pages. It must have declared the type of page that this
// server has.
func (x *Exchange) TakesApps() bool {
	declared, _ := x.Capabilities.Extensions[AppsExtension].(map[string]any)
	types, _ := declared["mimeTypes"].([]any)
	for _, one := range types {
		if one == AppsMIMEType {
			return true
		}
	}
	return false
}
