// Package tools owns the catalogue: what each tool is called, what it takes, what it answers, and
// the one handler that runs them all. It knows HeyGen's operations through package heygen and
// nothing of HTTP servers, credentials or settings; who is calling reaches it as an opaque name.
package tools

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"heygen-mcp/heygen"
)

// Config is what a catalogue needs from whoever builds it.
type Config struct {
	// Client calls HeyGen. Its http.Client finds the credential; tools never see one.
	Client *heygen.Client
	// Caller names the caller of a request opaquely and stably; it separates the keys of callers.
	Caller func(context.Context) string
	// Secret keys the HMAC of derived idempotency keys, at least 16 bytes. Servers that share it
	// derive equal keys, so a repeat that reaches another replica is still the same create.
	Secret []byte
	// Clock tells the time; nil is time.Now.
	Clock func() time.Time
	// Sleep waits between two polls; nil is a real timer.
	Sleep func(context.Context, time.Duration) error
	// ReadOnly leaves out every tool that is not Reads.
	ReadOnly bool
}

// Catalog is every tool, bound to a client.
type Catalog struct {
	cfg   Config
	tools []entry
}

// entry is a tool whose types are settled.
type entry struct {
	info    Info
	plan    *plan
	handler func(c *Catalog) server.ToolHandlerFunc
}

// New binds the catalogue to its client, or says what is missing from cfg.
func New(cfg Config) (*Catalog, error) {
	if cfg.Client == nil {
		return nil, errors.New("tools: a HeyGen client is needed")
	}
	if len(cfg.Secret) < 16 {
		return nil, errors.New("tools: the secret of idempotency keys needs at least 16 bytes")
	}
	if cfg.Caller == nil {
		return nil, errors.New("tools: a function that names the caller is needed")
	}
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	if cfg.Sleep == nil {
		cfg.Sleep = sleep
	}
	return &Catalog{cfg: cfg, tools: all()}, nil
}

// all is the catalogue in the order that tools/list shows it.
func all() []entry {
	var list []entry
	for _, resource := range [][]entry{userTools(), avatarTools(), voiceTools(), videoTools(), jobTools()} {
		list = append(list, resource...)
	}
	return list
}

// Register adds the tools to an MCP server.
func (c *Catalog) Register(s *server.MCPServer) {
	for _, e := range c.tools {
		if c.cfg.ReadOnly && e.info.Effect != Reads {
			continue
		}
		s.AddTool(mcp.Tool{
			Name:            e.info.Name,
			Title:           e.info.Title,
			Description:     e.info.Description,
			RawInputSchema:  e.info.InputSchema,
			RawOutputSchema: e.info.OutputSchema,
			Annotations:     e.info.Annotations,
		}, e.handler(c))
	}
}

// Info is what can be said of a tool without calling it.
type Info struct {
	Name         string             `json:"name"`
	Title        string             `json:"title"`
	Description  string             `json:"description"`
	Effect       Effect             `json:"effect"`
	Annotations  mcp.ToolAnnotation `json:"annotations"`
	InputSchema  json.RawMessage    `json:"inputSchema"`
	OutputSchema json.RawMessage    `json:"outputSchema"`
	Toolsets     []string           `json:"toolsets"`
	Operations   []Operation        `json:"operations"`
}

// Operation is an endpoint of v3 that a tool calls.
type Operation struct {
	Method string `json:"method"`
	Path   string `json:"path"`
}

// Describe lists every tool; no credential is needed for it.
func Describe() []Info {
	list := all()
	infos := make([]Info, len(list))
	for i, e := range list {
		infos[i] = e.info
	}
	return infos
}

// sleep waits for d or until ctx ends.
func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
