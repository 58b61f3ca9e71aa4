package transport

import (
	"bytes"
	"context"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
	"github.com/rs/zerolog"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/transport/edge"
)

// sameForAll is how long a client may keep a list that does not depend on who asks.
const sameForAll = time.Hour

// registry is mcp-go's server, with what is known of the tools that are registered with it.
type registry struct {
	// handler answers everything but tools/call and tools/list.
	handler http.Handler
	lists   *lists
	// headerTools are those whose schemas name a header for an argument.
	headerTools map[string]mcp.Tool
}

// RegisterTools has the tools registered, where no request has needed that yet, and returns once they are. Their
// schemas are written for it and read by mcp-go, which is as much work as all else of a start: whoever serves does it
// after.
func (s *Server) RegisterTools() { s.registry() }

// newRegistry has the tools registered, and reads what was declared.
func newRegistry(cfg Config, parts Parts) *registry {
	handler, tools := newMCP(cfg, parts)
	r := &registry{
		handler: handler, lists: newLists(tools, parts.Visible),
		headerTools: withParamHeaders(tools),
	}
	if len(r.headerTools) > 0 && !parts.ParamHeaders {
		panic("transport: a schema names a header for an argument, and Parts.ParamHeaders does not say so")
	}
	return r
}

// newMCP builds mcp-go's server as a handler. It also gives the tools that were declared.
func newMCP(cfg Config, parts Parts) (http.Handler, []mcp.Tool) {
	hooks := &server.Hooks{}
	hooks.AddAfterSubscriptionsListen(func(ctx context.Context, _ any, _ *mcp.SubscriptionsListenRequest, _ *mcp.SubscriptionsListenResult) {
		edge.Acknowledged(ctx)
	})
	hooks.AddAfterReadResource(func(ctx context.Context, _ any, _ *mcp.ReadResourceRequest, res *mcp.ReadResourceResult) {
		if x := exchange.From(ctx); x.Modern && x.Shared() {
			res.SetCacheHints(sameForAll.Milliseconds(), mcp.CacheScopePublic)
		}
	})
	hooks.AddAfterListResources(func(ctx context.Context, _ any, _ *mcp.ListResourcesRequest, res *mcp.ListResourcesResult) {
		if !exchange.From(ctx).TakesApps() {
			res.Resources = slices.DeleteFunc(slices.Clone(res.Resources), isPage)
		}
	})
	options := []server.ServerOption{
		// A listen stream for changes of the list is left open because of this;
		// otherwise mcp-go would end it at once and its client open it again.
		server.WithToolCapabilities(true),
		server.WithInstructions(cfg.Instructions),
		server.WithHooks(hooks),
		// What a caller sees may depend on its path, its headers and its rights.
		server.WithCacheHints(0, mcp.CacheScopePrivate),
	}
	// What the server is, its prompts and templates are the same for everybody, for as long as this version runs.
	// Among the resources are pages, for those who show them.
	for _, method := range []mcp.MCPMethod{mcp.MethodServerDiscover, mcp.MethodPromptsList, mcp.MethodResourcesTemplatesList} {
		options = append(options, server.WithMethodCacheHints(method, sameForAll.Milliseconds(), mcp.CacheScopePublic))
	}
	if parts.Visible != nil {
		options = append(options, server.WithToolFilter(parts.Visible))
	}
	if parts.Tasks != nil {
		options = append(options, server.WithExtensions(map[string]any{exchange.TasksExtension: struct{}{}}))
	}
	f := failures{cfg.Log}
	options = append(options, f.options(hooks)...)
	options = append(options, shown(cfg)...)
	options = append(options, completions(parts.Complete, f)...)
	s := server.NewMCPServer(cfg.Name, cfg.Version, options...)
	parts.Register(s)
	handler := server.NewStreamableHTTPServer(s,
		server.WithStateLess(true),
		server.WithDisableStreaming(true),
		// We check Host ourselves: the check of mcp-go v1.2.1 refuses a proxy on the
		// same machine that keeps the public name.
		server.WithDisableLocalhostProtection(true),
		server.WithStreamableHTTPLogger(slog.New(zerolog.NewSlogHandler(cfg.Log))),
	)
	return handler, declared(s)
}

// Icon is a picture of the server's mark, at a path below the public URL. Size is as in 512x512, or any.
type Icon struct{ Path, Type, Size string }

// shown is what clients show of the server to people. It is told when a client connects; the results of calls carry no
// more than name and version.
func shown(cfg Config) []server.ServerOption {
	if cfg.Title == "" {
		return nil
	}
	options := []server.ServerOption{server.WithTitle(cfg.Title), server.WithWebsiteURL(cfg.PublicURL.String())}
	var icons []mcp.Icon
	for _, i := range cfg.Icons {
		icons = append(icons, mcp.Icon{Src: cfg.PublicURL.String() + i.Path, MIMEType: i.Type, Sizes: []string{i.Size}})
	}
	if len(icons) > 0 {
		options = append(options, server.WithIcons(icons...))
	}
	return options
}

// isPage tells the pages that a client may show in a conversation from what a model reads.
func isPage(r mcp.Resource) bool { return strings.HasPrefix(r.URI, "ui://") }

// declared are the tools of s in the order of their names, which is mcp-go's.
func declared(s *server.MCPServer) []mcp.Tool {
	byName := s.ListTools()
	tools := make([]mcp.Tool, 0, len(byName))
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		tools = append(tools, byName[name].Tool)
	}
	return tools
}

// withParamHeaders are the tools whose schemas name a header for an argument.
func withParamHeaders(tools []mcp.Tool) map[string]mcp.Tool {
	found := map[string]mcp.Tool{}
	for _, tool := range tools {
		if raw := tool.RawInputSchema; raw != nil && !bytes.Contains(raw, []byte(`"x-mcp-header"`)) {
			continue // mcp-go would read the whole schema to find that out
		}
		if len(mcp.ExtractParamHeaderBindings(&tool)) > 0 {
			found[tool.Name] = tool
		}
	}
	return found
}
