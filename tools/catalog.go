// Package tools owns the catalogue: what each tool is called, what it takes, what it answers, and
// the one handler that runs them all. It knows HeyGen's operations through package heygen and
// nothing of HTTP servers, credentials or settings; who is calling reaches it as an opaque name.
package tools

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/clock"
	"heygen-mcp/internal/exchange"
	"heygen-mcp/internal/seal"
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
	// Ring seals what clients keep and bring back: the ids of tasks, and what is to be confirmed. Servers that share
	// it understand each other's.
	Ring *seal.Ring
	// Clock tells the time; nil is time.Now.
	Clock func() time.Time
	// Sleep waits between two polls; nil is a real timer.
	Sleep func(context.Context, time.Duration) error
	// PollEvery is how long wait_for_jobs leaves between two polls; 0 is 5 s, which is as often as
	// HeyGen asks its clients to poll at the most.
	PollEvery time.Duration
	// Stopping is closed when the server is about to end: waits then answer with what they know.
	Stopping <-chan struct{}
	// Toolsets is the operator's limit: no request reaches a tool outside these sets. Empty sets no
	// limit, and a request that chooses nothing is then given core.
	Toolsets []string
	// ReadOnly leaves out every tool that is not Reads.
	ReadOnly bool
	// Permits says whether the caller in ctx may do something of an effect; nil permits everything.
	// The transport refuses such calls before it answers at all; this holds where it could not tell.
	Permits func(ctx context.Context, e Effect) bool
	// Audit is told of every call of a tool; nil tells nobody.
	Audit func(context.Context, Event)
	// Confirm says which calls a person must agree to: ConfirmNever, which "" is too, ConfirmDeletes or ConfirmAll.
	Confirm string
	// CamelCase publishes the names of arguments in camelCase; both spellings are taken anyway.
	CamelCase bool
}

// Catalog is every tool, bound to a client.
type Catalog struct {
	cfg     Config
	tools   []entry
	byName  map[string]int // names and aliases
	limit   *selection     // what the operator allows
	initial *selection     // what a request gets that chooses nothing
}

// New binds the catalogue to its client, or says what is missing from cfg.
func New(cfg Config) (*Catalog, error) {
	if cfg.Client == nil {
		return nil, errors.New("tools: a HeyGen client is needed")
	}
	if len(cfg.Secret) < 16 {
		return nil, errors.New("tools: the secret of idempotency keys needs at least 16 bytes")
	}
	if cfg.Ring == nil {
		return nil, errors.New("tools: a ring of keys is needed")
	}
	if cfg.Caller == nil {
		return nil, errors.New("tools: a function that names the caller is needed")
	}
	if !slices.Contains([]string{"", ConfirmNever, ConfirmDeletes, ConfirmAll}, cfg.Confirm) {
		return nil, errors.New("tools: Confirm is never, deletes or all")
	}
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	if cfg.Sleep == nil {
		cfg.Sleep = clock.Sleep
	}
	if cfg.PollEvery <= 0 {
		cfg.PollEvery = pollEvery
	}
	c := &Catalog{cfg: cfg, tools: all()}
	c.byName = index(c.tools)
	if err := c.settleLimit(); err != nil {
		return nil, err
	}
	return c, nil
}

// resource is the tools of one part of v3. Its name is that of their toolset.
type resource struct {
	name  string
	tools func() []entry
}

// resources is the catalogue. Lists of tools have its order.
func resources() []resource {
	return []resource{
		{"account", accountTools},
		{"avatars", avatarTools},
		{"voices", voiceTools},
		{"videos", func() []entry { return slices.Concat(videoTools(), videoBatchTools(), videoSceneTools()) }},
		{"templates", templateTools},
		{"folders", folderTools},
		{"translations", translationTools},
		{"lipsyncs", lipsyncTools},
		{"brand", brandTools},
		{"assets", assetTools},
		{"editing", editingTools},
		{"agents", agentTools},
		{"webhooks", webhookTools},
		{"jobs", jobTools},
		{discover, discoverTools},
	}
}

// all is every tool with its toolsets.
func all() []entry {
	var list []entry
	for _, r := range resources() {
		for _, e := range r.tools() {
			e.info.Toolsets = append([]string{r.name}, e.alsoIn...)
			if isCore(e.info.Name) {
				e.info.Toolsets = append([]string{Core}, e.info.Toolsets...)
			}
			list = append(list, e)
		}
	}
	return list
}

// index finds a tool by its name or by one it had. Two tools of one name are a fault in the
// catalogue.
func index(tools []entry) map[string]int {
	at := make(map[string]int, 2*len(tools))
	for i, e := range tools {
		for _, name := range append([]string{e.info.Name}, e.aliases...) {
			if _, twice := at[name]; twice {
				panic("tools: " + name + " is the name of two tools")
			}
			at[name] = i
		}
	}
	return at
}

// Register declares the tools that any request may reach to an MCP server, which must ask Visible
// what one request is shown. They have no handlers there: calls come through Call.
func (c *Catalog) Register(s *server.MCPServer) {
	for i, e := range c.tools {
		if c.limit.lists[i] {
			s.AddTool(c.declare(e), nil)
		}
	}
	registerGuides(s)
	c.registerRecords(s)
	c.registerPrompts(s)
}

// declare is a tool as tools/list shows it.
func (c *Catalog) declare(e entry) mcp.Tool {
	return mcp.Tool{
		Name:            e.info.Name,
		Title:           e.info.Title,
		Description:     e.info.Description,
		RawInputSchema:  c.schemaOf(&e),
		RawOutputSchema: e.info.OutputSchema,
		Annotations:     e.info.Annotations,
	}
}

// Call runs the tool of that name, or of an alias, if it is among those chosen in ctx; known is
// false if it is not. args is the raw JSON of the arguments. progress is nil where the client asked
// for none. A result that says that something went wrong is a result too: there is no Go error.
func (c *Catalog) Call(ctx context.Context, name string, raw json.RawMessage, progress func(done, total float64, message string)) (out exchange.Outcome, known bool) {
	i, ok := c.byName[name]
	if !ok || !c.chosen(ctx).lists[i] {
		return exchange.Outcome{}, false
	}
	return c.tools[i].run(ctx, c, raw, progress).sent(), true
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
	// Variant is the kind of body where one endpoint takes several.
	Variant string `json:"-"`
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
