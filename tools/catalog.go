// Package tools owns the catalog: what each tool is called, what it takes and what it answers, one
// resource a file, and the kinds of jobs that they begin. It knows HeyGen's operations through package
// heygen and nothing of HTTP servers, credentials or settings; who is calling reaches it as an opaque
// name. How tools are checked, run, chosen and waited for, the packages below it know.
//
// Reading order: catalog.go (the list, and what cmd uses of it), toolsets.go (which tools are in which
// toolset, core among them), then any resource, such as videos.go. declarations_test.go has what must hold between
// them.
package tools

import (
	"context"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"heygen-mcp/internal/catalogue"
	"heygen-mcp/internal/exchange"
	"heygen-mcp/tools/choice"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/finder"
	"heygen-mcp/tools/jobs"
	"heygen-mcp/tools/prompts"
	"heygen-mcp/tools/records"
)

// jobsResource is the toolset of the tool that waits.
const jobsResource = "jobs"

// resource is the tools of one part of v3. Its name is that of their toolset.
type resource struct {
	name  string
	tools func() []engine.BoundTool
}

// resources is the catalog. Lists of tools have its order.
func resources(ch *choice.Choice, f *finder.Finder) []resource {
	return []resource{
		{"account", func() []engine.BoundTool { return accountTools(ch) }},
		{"avatars", func() []engine.BoundTool { return avatarTools(f) }},
		{"voices", func() []engine.BoundTool { return voiceTools(f) }},
		{"videos", func() []engine.BoundTool {
			return slices.Concat(videoTools(), videoBatchTools(), videoSceneTools(), modelVideoTools())
		}},
		{"templates", func() []engine.BoundTool { return templateTools(f) }},
		{"folders", folderTools},
		{"translations", translationTools},
		{"lipsyncs", lipsyncTools},
		{"brand", brandTools},
		{"assets", assetTools},
		{"editing", editingTools},
		{"agents", func() []engine.BoundTool { return agentTools(f) }},
		{"podcasts", podcastTools},
		{"webhooks", webhookTools},
		{"workflows", func() []engine.BoundTool { return slices.Concat(workflowTools(), workflowRunTools()) }},
		{"quality", videoQualityTools},
		{"realtime", realtimeTools},
	}
}

// jobKinds are the kinds that can be waited for, in the order that the schema shows them.
func jobKinds() []jobs.Kind {
	return []jobs.Kind{
		videoJob(),
		videoAgentJob(),
		videoBatchJob(),
		modelVideoJob(),
		translationJob(),
		translationBatchJob(),
		proofreadJob(),
		lipsyncJob(),
		lipsyncBatchJob(),
		assetJob(),
		assetBatchJob(),
		aiClippingJob(),
		backgroundRemovalJob(),
		fillerRemovalJob(),
		renderJob(),
		voiceCloneJob(),
		modelVoiceJob(),
		avatarLookJob(),
		brandKitJob(),
		podcastJob(),
		workflowRunJob(),
		videoQualityJob(),
		videoQualityBatchJob(),
		realtimeJob(),
	}
}

// Config is what a catalog needs from whoever builds it.
type Config struct {
	// CallConfig is what calls need. What New fills in itself is left empty: Tools, Elsewhere, Vocabulary, Names,
	// Began, JobStates, Charged, Resolve and Wrote.
	CallConfig
	// PollEvery is how long wait_for_jobs leaves between two polls; 0 is 5 s, which is as often as
	// HeyGen asks its clients to poll at the most.
	PollEvery time.Duration
	// Toolsets is the operator's limit: no request reaches a tool outside these sets. Empty sets no
	// limit, and a request that chooses nothing is then given Core.
	Toolsets []string
	// ReadOnly leaves out every tool that is not Reads.
	ReadOnly bool
	// FileOrigin is where the files come from that pages show, and where they put some; "" is HeyGen's own hosts.
	FileOrigin string
	// Index is where looks, voices and the like are searched; nil is one in memory.
	Index *catalogue.Catalogue
	// Polled is told of every request for the states of jobs of a kind, and Waiting how many more jobs a call waits
	// for, or fewer; nil tells nobody.
	Polled  func(kind string)
	Waiting func(change int)
}

// Catalog has every tool, bound to a client of HeyGen's API.
type Catalog struct {
	engine  *engine.Engine
	choice  *choice.Choice
	jobs    *jobs.Jobs
	records *records.Records
	// attached are the tools that take files as they are shown to ChatGPT, by their names.
	attached   func() map[string]mcp.Tool
	fileOrigin string
}

// New binds the catalog to its client, or says what is missing from cfg.
func New(cfg Config) (*Catalog, error) {
	c := &Catalog{choice: &choice.Choice{}, fileOrigin: cfg.FileOrigin}
	c.jobs = jobs.New(jobs.Config{
		Kinds: jobKinds(), Choice: c.choice, PollEvery: cfg.PollEvery, Clock: cfg.Clock, CostsUSD: jobCosts(cfg),
		Stopping: cfg.Stopping, Polled: cfg.Polled, Waiting: cfg.Waiting,
	})
	f := finder.New(cfg.Index)
	c.choice.Offer(declared(c.choice, c.jobs, f), Toolsets())
	results := &resultLinks{}
	var err error
	calls := cfg.CallConfig
	calls.Tools, calls.Elsewhere = toolsByOperation(c.choice.Tools()), c.choice.Elsewhere
	calls.Vocabulary, calls.LanguageLists = wordsOfAnswers(c.choice, c.jobs), languageSources()
	calls.Began, calls.JobStates, calls.Charged = c.jobs.Began, c.jobs.States, c.jobs.Charged
	calls.Resolve, calls.Wrote = results.resolve, f.Wrote
	c.engine, err = engine.New(calls)
	if err != nil {
		return nil, err
	}
	if err := c.choice.Limit(cfg.Toolsets, cfg.ReadOnly); err != nil {
		return nil, err
	}
	c.records = records.New(c.choice, c.engine)
	c.attached = sync.OnceValue(c.declareAttached)
	return c, nil
}

// jobCosts tells what jobs have cost by the ledger, if there is one.
func jobCosts(cfg Config) func(ctx context.Context, kind string, ids []string) map[string]float64 {
	if cfg.Ledger == nil {
		return nil
	}
	return func(ctx context.Context, kind string, ids []string) map[string]float64 {
		jobs, err := cfg.Ledger.Jobs(ctx, cfg.Caller(ctx), kind, ids)
		if err != nil {
			return nil // a wait that does not tell costs is better than none
		}
		known := map[string]float64{}
		for id, j := range jobs {
			if j.CostBasis != "" {
				known[id] = j.Cost.USD()
			}
		}
		return known
	}
}

// Declared are all tools, bound to no client.
func Declared() []engine.BoundTool {
	ch := &choice.Choice{}
	return declared(ch, jobs.New(jobs.Config{Kinds: jobKinds(), Choice: ch}), finder.New(nil))
}

// Describe lists every tool; no credential is needed for it.
func Describe() []Info {
	var infos []Info
	for _, t := range Declared() {
		infos = append(infos, t.Described())
	}
	return infos
}

// Offered lists every tool that the catalog has, without schemas.
func (c *Catalog) Offered() []Info {
	var infos []Info
	for _, t := range c.choice.Tools() {
		infos = append(infos, t.Info)
	}
	return infos
}

// IsListed reports whether any request may list a tool of that name.
func (c *Catalog) IsListed(name string) bool { return c.choice.IsListed(name) }

// Register declares the tools that any request may reach to an MCP server, which must ask Visible
// what one request is shown. They have no handlers there: calls come through Call.
func (c *Catalog) Register(s *server.MCPServer) {
	listed := slices.Collect(c.choice.AllListed())
	engine.Read(listed)
	for _, t := range listed {
		s.AddTool(c.engine.Declare(t), nil)
	}
	c.records.Register(s)
	prompts.Register(s, c.choice)
	if err := registerPages(s, c.fileOrigin); err != nil {
		panic(err) // a page is missing in the program itself
	}
}

// Call runs the tool of that name, or of an alias, if it is among those chosen in ctx; known is
// false if it is not. raw is the JSON of the arguments. progress is nil where the client asked for
// none. A result that says that something went wrong is a result too: there is no Go error. Where known is
// false, the refusal of out says where the tool is, or which one may be meant.
func (c *Catalog) Call(
	ctx context.Context, name string, raw json.RawMessage, progress func(done, total float64, message string),
) (out exchange.Outcome, known bool) {
	t, ok := c.choice.Listed(ctx, name)
	if !ok {
		return exchange.Refused(mcp.INVALID_PARAMS, c.choice.WhyUnknown(ctx, name), nil), false
	}
	return t.Run(ctx, c.engine, raw, progress).Sent(), true
}

// EffectOf is what a call may do to the account; choice.Choice says how.
func (c *Catalog) EffectOf(name string, raw json.RawMessage) Effect {
	return c.choice.EffectOf(name, raw)
}

// Choose narrows what a request may list and call; choice.Choice says how.
func (c *Catalog) Choose(
	ctx context.Context, toolsets [][]string, tools []string, readOnly bool,
) (context.Context, error) {
	return c.choice.Choose(ctx, toolsets, tools, readOnly)
}

// Visible leaves of all tools those that were chosen for a request, in the order of the catalog.
func (c *Catalog) Visible(ctx context.Context, all []mcp.Tool) []mcp.Tool {
	return c.withPages(ctx, c.withAttached(ctx, c.choice.Visible(ctx, all)))
}

// Complete suggests values of an argument of a prompt or of a variable of a resource template.
func (c *Catalog) Complete(ctx context.Context, of, argument, typed string) (*mcp.Completion, error) {
	return c.records.Complete(ctx, of, argument, typed)
}

// Poke has a job of an account looked at soon if somebody waits for it: it is said to have ended.
func (c *Catalog) Poke(account, kind, id string) { c.jobs.Poke(account, kind, id) }

// Task tells how far a task is.
func (c *Catalog) Task(ctx context.Context, id string) (out exchange.Outcome, known bool) {
	return c.jobs.Task(ctx, c.engine, id)
}

// UpdateTask takes answers to what a task asks.
func (c *Catalog) UpdateTask(
	ctx context.Context, id string, answers mcp.InputResponses,
) (out exchange.Outcome, known bool) {
	return c.jobs.UpdateTask(ctx, c.engine, id, answers)
}

// CancelTask stops what HeyGen can stop.
func (c *Catalog) CancelTask(ctx context.Context, id string) (out exchange.Outcome, known bool) {
	return c.jobs.CancelTask(ctx, c.engine, id)
}
