package transport

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"heygen-mcp/internal/exchange"
)

// Parts are what the transport serves without knowing it. Register and Call are needed.
type Parts struct {
	// Register declares what there is. The handlers of tools are never asked: Call is. Those of prompts and resources may
	// give an *exchange.Refusal, which is for the client; every other error is not.
	Register func(*server.MCPServer)
	// Call runs the tool of that name, if it is among those chosen in ctx; known is false if it is not. args is the raw
	// JSON of the arguments, nil for none, and progress is nil where the client asked for none. What goes wrong is a
	// result too; internal/exchange has what else can be known and answered.
	Call func(ctx context.Context, name string, args json.RawMessage, progress func(done, total float64, message string)) (out exchange.Outcome, known bool)
	// Authenticate gives the middleware that knows the caller, for the endpoint that offers OAuth and for the one that
	// does not; nil leaves both open. below tells what a request's path has after the endpoint's: each such URL is a
	// resource that clients look up by itself.
	Authenticate func(oauth bool, below func(*http.Request) string) func(http.Handler) http.Handler
	// IsTool says whether a tool of that name was declared, for Config.Watch; nil says so of none.
	IsTool func(name string) bool
	// ParamHeaders says that schemas name headers for arguments (x-mcp-header), by which each request is judged: the first
	// then waits until the tools are registered.
	ParamHeaders bool
	// Caller is an opaque id of the caller in ctx, of whom there is a share of what is in flight; nil means that there
	// are no shares.
	Caller func(ctx context.Context) string
	// Metadata is the description of the protected resource at the endpoint's URL and what below adds to it; nil means
	// that there is none.
	Metadata func(below func(*http.Request) string) http.Handler
	// Choose narrows what a request may list and call: each list of toolsets to what is in it, tools, if there are any,
	// to those names, readOnly to what only reads. Its error is for the client and names the choices. nil means that
	// there is nothing to choose.
	Choose func(ctx context.Context, toolsets [][]string, tools []string, readOnly bool) (context.Context, error)
	// Visible are those of all tools that were chosen for a request; nil means all. A tool is declared once: what is said
	// of it may not depend on the request.
	Visible func(ctx context.Context, all []mcp.Tool) []mcp.Tool
	// Complete suggests values of what a prompt or a resource template leaves open; nil suggests none.
	Complete CompleteFunc
	// Forbids says why the caller may not call a tool with these arguments: the challenge of a 403, which names the
	// scopes that are missing; "" where they may. nil forbids nothing.
	Forbids func(ctx context.Context, name string, args json.RawMessage) (challenge string)
	// Tasks tells of the work that calls left behind; nil leaves MCP's Tasks extension out.
	Tasks *Tasks
	// SignIn serves the pages and endpoints of an authorization server, and ServerMetadata describes it; nil means that
	// there is none here.
	SignIn, ServerMetadata http.Handler
	// Front serves people: the page at the public URL, what it consists of, and a page for each path that nothing is
	// at. nil answers people as programs.
	Front http.Handler
	// Endpoint tells people who open an endpoint in a browser what it is for; nil answers them as programs.
	Endpoint http.Handler
	// Player shows people what was made, on pages below the public URL + "/v/"; nil means that there are none.
	Player http.Handler
	// Waits says whether a tool waits for something by its nature, so that it is not slow; nil says so of none.
	Waits func(tool string) bool
	// Drain is called once when Serve is about to end, before calls that run are waited for; nil calls nobody.
	Drain func()
	// Documents are texts about the server that everybody may read, by their paths below the public URL.
	Documents map[string]Document
	// Hooks takes the calls that HeyGen makes to URLs below PublicURL + "/hooks/"; nil means that there are none.
	Hooks http.Handler
	// Ready says whether our own parts can serve; nil means that they can.
	Ready func(ctx context.Context) error
}

// Document is a text about the server.
type Document struct {
	Type string // of the media, as in application/json
	Body []byte
}
