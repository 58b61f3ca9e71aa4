// Package engine owns how a tool is declared and run: the literal Tool, the check of a declaration,
// and the steps of every call, from the arguments to the one Outcome. It calls HeyGen through
// package heygen; whether a call may go on without its user is package consent's to say, and whether it
// was made before package repeats'. It does not know which tools there are, which of them a request may reach, or how
// jobs are waited for: a create that begins jobs becomes a task by a function that its maker gives
// it.
//
// Reading order: tool.go (the literal), bind.go (what it must hold), bound.go (a tool whose types are settled),
// reading.go (what they say), run.go (the steps of a call), call.go and events.go (what a Run may use), effect.go,
// takes.go (the key of a create), repeats.go (creates that come twice), parts.go (many creates by one call), several.go
// (many deletes by one call), output.go (results by their structs), empties.go (lists without items), hints.go and
// result.go (what is added to them), waits.go, paid.go (what calls cost, with package spend), outcome.go, elsewhere.go
// (tools that the session lacks), audit.go, engine.go.
package engine

import (
	"context"
	"errors"
	"time"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/clock"
	"heygen-mcp/internal/exchange"
	"heygen-mcp/internal/files"
	"heygen-mcp/internal/ledger"
	"heygen-mcp/internal/memo"
	"heygen-mcp/internal/seal"
	"heygen-mcp/tools/consent"
	"heygen-mcp/tools/languagelists"
	"heygen-mcp/tools/refusals"
	"heygen-mcp/tools/repeats"
	"heygen-mcp/tools/spend"
	"heygen-mcp/tools/vocabulary"
)

// Config is what calls need from whoever builds the server.
type Config struct {
	// Client calls HeyGen. Its http.Client finds the credential; tools never see one.
	Client *heygen.Client
	// Files reads the files that HeyGen's answers link to; nil reads from the open internet alone.
	Files *files.Client
	// Length says how long a media file is; nil reads it from the file's header through Files.
	Length func(ctx context.Context, link string) spend.Length
	// Caller names the caller of a request opaquely and stably; it separates the keys of callers.
	Caller func(context.Context) string
	// Credential names what the caller of a request shows HeyGen, as opaquely; nil names all of a caller's alike. What
	// two of them may see can differ.
	Credential func(context.Context) string
	// Secret keys the HMAC of derived idempotency keys, at least 16 bytes. Servers that share it
	// derive equal keys, so a repeat that reaches another replica is still the same create.
	Secret []byte
	// Ring seals what clients keep and bring back: the ids of tasks, and what is to be confirmed.
	// Servers that share it understand each other's.
	Ring *seal.Ring
	// Clock tells the time; nil is time.Now.
	Clock func() time.Time
	// Sleep waits between two polls; nil is a real timer.
	Sleep func(context.Context, time.Duration) error
	// Permits says whether the caller in ctx may do something of an effect; nil permits everything.
	// The transport refuses such calls before it answers at all; this holds where it could not tell.
	Permits func(ctx context.Context, e Effect) bool
	// HasKey says whether HeyGen's credential of the caller in ctx is an API key, and no OAuth token; nil
	// says so of everybody. KeyHint says how a user comes with a key here, "" where that is not known.
	HasKey  func(context.Context) bool
	KeyHint string
	// PageURL is where a person sees a job of a kind, in a browser; "" for a kind that is not shown. nil is for a
	// server that shows none.
	PageURL func(kind, id string) string
	// Tools are the tools that a refusal may name.
	Tools refusals.Tools
	// Elsewhere says how the request in ctx comes to the tools that texts name and that it does not
	// list, "" where it lists all; nil says nothing.
	Elsewhere func(ctx context.Context, texts ...string) string
	// Audit is told of every call of a tool; nil tells nobody.
	Audit func(context.Context, Event)
	// Confirm, ConfirmStrict, CallbackHosts and OwnHosts are those of consent.Config.
	Confirm                 string
	ConfirmStrict           bool
	CallbackHosts, OwnHosts []string
	// CallbackURL is where HeyGen is to tell this server that a job of a kind has ended which the caller in ctx begins,
	// "" for nowhere; nil is nowhere.
	CallbackURL func(ctx context.Context, kind string) string
	// CamelCase publishes the names of arguments in camelCase; both spellings are taken anyway.
	CamelCase bool
	// Stopping is closed when the server is about to end: what takes long then answers with what there is.
	Stopping <-chan struct{}
	// Vocabulary is how HeyGen's answers are told; nil tells them as they come, but for the times.
	Vocabulary *vocabulary.Vocabulary
	// Ledger records paid calls; nil records none.
	Ledger *ledger.Ledger
	// Spending says what the caller in ctx may spend; nil sets no limit. Where it cannot tell, nothing is spent.
	Spending func(context.Context) (spend.Limits, error)
	// Charged finds out what a job of a kind has cost that is done, where its record does not tell it; object is what
	// its get answers. nil finds nothing out.
	Charged func(ctx context.Context, e *Engine, kind string, object map[string]any) spend.Charge
	// Trouble is told of what went wrong beside a call that goes on all the same; nil tells nobody.
	Trouble func(context.Context, error)
	// LanguageLists are where HeyGen lists what it calls languages, by the names that tags of arguments give.
	LanguageLists map[string]LanguageSource
	// Resolve puts into a checked input what is looked up only as it is sent; nil leaves it as it is.
	Resolve func(ctx context.Context, e *Engine, in any) error
	// Wrote is told of every call to HeyGen that made, changed or deleted something; nil tells nobody.
	Wrote func(ctx context.Context, e *Engine, op heygen.Op)
	// JobStates is how far jobs of a kind are, by their ids; those that HeyGen does not know are
	// missing. nil tells of none.
	JobStates func(ctx context.Context, e *Engine, kind string, ids []string) (map[string]vocabulary.State, error)
	// Began makes a task of a call whose result began jobs of a kind, or gives nil where the client
	// is to have the result; nil makes none.
	Began func(ctx context.Context, e *Engine, begun Begun) *exchange.Task
}

// LanguageSource is where a list of HeyGen's names of languages comes from, as languagelists.Source has it.
type LanguageSource struct {
	Tool string
	Ask  func(ctx context.Context, e *Engine) []string
}

// Begun is a call that has begun jobs.
type Begun struct {
	Tool string
	Kind string // of job
	// Jobs are HeyGen's ids of the jobs, sorted.
	Jobs []string
	// CostUSD is what they are likely to cost, nil where that is not known.
	CostUSD *float64
	// Note is what the result says of what was taken for what, "" for nothing.
	Note string
}

// Engine runs tools. From one call to the next it keeps what users have agreed to, what HeyGen calls
// languages, and the creates of the last day.
type Engine struct {
	cfg     Config
	checker *consent.Checker
	lists   *languagelists.Lists
	book    *spend.Book
	found   memo.Memo[string] // by Remember
	sent    repeats.Sent[facts]
	started time.Time
}

// New checks a Config, or says what is missing from it.
func New(cfg Config) (*Engine, error) {
	if cfg.Client == nil {
		return nil, errors.New("engine: a HeyGen client is needed")
	}
	if len(cfg.Secret) < 16 {
		return nil, errors.New("engine: the secret of idempotency keys needs at least 16 bytes")
	}
	if cfg.Ring == nil {
		return nil, errors.New("engine: a ring of keys is needed")
	}
	if cfg.Caller == nil {
		return nil, errors.New("engine: a function that names the caller is needed")
	}
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	if cfg.Sleep == nil {
		cfg.Sleep = clock.Sleep
	}
	if cfg.Files == nil {
		cfg.Files = files.New(files.Config{})
	}
	if cfg.Length == nil {
		cfg.Length = spend.LengthReader(cfg.Files)
	}
	e := &Engine{cfg: cfg, started: cfg.Clock()}
	sources := make(map[string]languagelists.Source, len(cfg.LanguageLists))
	for name, s := range cfg.LanguageLists {
		sources[name] = languagelists.Source{Tool: s.Tool, Ask: func(ctx context.Context) []string { return s.Ask(ctx, e) }}
	}
	e.lists = languagelists.New(sources, cfg.Caller, cfg.Clock)
	checker, err := consent.New(consent.Config{
		Confirm: cfg.Confirm, Strict: cfg.ConfirmStrict, CallbackHosts: cfg.CallbackHosts, OwnHosts: cfg.OwnHosts,
		Caller: cfg.Caller, Seal: e.Seal, Open: e.Open, Clock: cfg.Clock,
	})
	if err != nil {
		return nil, err
	}
	e.checker = checker
	money := spend.Config{Ledger: cfg.Ledger, Limits: cfg.Spending, Account: cfg.Caller, Now: cfg.Clock, Trouble: e.Trouble}
	if cfg.Charged != nil {
		money.Charged = func(ctx context.Context, kind string, object map[string]any) spend.Charge {
			return cfg.Charged(ctx, e, kind, object)
		}
	}
	e.book = spend.New(money)
	return e, nil
}

// hasKey says whether the caller in ctx has an API key of HeyGen's.
func (e *Engine) hasKey(ctx context.Context) bool { return e.cfg.HasKey == nil || e.cfg.HasKey(ctx) }

// known finds out for a refusal which of some gets knows an id.
func (e *Engine) known(ctx context.Context) func(gets []heygen.Op, id string) (heygen.Op, bool) {
	return refusals.KnownBy(ctx, e.cfg.Client, e.hasKey(ctx))
}

// Trouble tells the operator what went wrong beside a call that goes on all the same; nil is nothing.
func (e *Engine) Trouble(ctx context.Context, err error) {
	if err != nil && e.cfg.Trouble != nil {
		e.cfg.Trouble(ctx, err)
	}
}

// Ledger is where paid calls are recorded, nil where none are.
func (e *Engine) Ledger() *ledger.Ledger { return e.cfg.Ledger }

// Account is whose records and whose money the caller in ctx has.
func (e *Engine) Account(ctx context.Context) string { return e.cfg.Caller(ctx) }

// Credential names what the caller in ctx shows HeyGen.
func (e *Engine) Credential(ctx context.Context) string {
	if e.cfg.Credential == nil {
		return ""
	}
	return e.cfg.Credential(ctx)
}

// PageURL is where a person sees a job of a kind, "" for nowhere.
func (e *Engine) PageURL(kind, id string) string {
	if e.cfg.PageURL == nil || id == "" {
		return ""
	}
	return e.cfg.PageURL(kind, id)
}

// Started is when the engine was made.
func (e *Engine) Started() time.Time { return e.started }

// resolve completes a checked input.
func (e *Engine) resolve(ctx context.Context, in any) error {
	if e.cfg.Resolve == nil {
		return nil
	}
	return e.cfg.Resolve(ctx, e, in)
}

// Now is the time.
func (e *Engine) Now() time.Time { return e.cfg.Clock() }

// Files reads the files that HeyGen's answers link to.
func (e *Engine) Files() *files.Client { return e.cfg.Files }

// Sleep waits, or ends with ctx.
func (e *Engine) Sleep(ctx context.Context, d time.Duration) error { return e.cfg.Sleep(ctx, d) }

// UntilStop is a context that also ends when the server is about to.
func (e *Engine) UntilStop(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	if e.cfg.Stopping != nil {
		go func() {
			select {
			case <-e.cfg.Stopping:
				cancel()
			case <-ctx.Done():
			}
		}()
	}
	return ctx, cancel
}

// Seal seals what a client keeps for the caller in ctx. purpose keeps it from being anything else
// that the same keys have sealed.
func (e *Engine) Seal(ctx context.Context, plain []byte, purpose string, about ...string) ([]byte, error) {
	return e.cfg.Ring.Seal(plain, append([]string{purpose, e.cfg.Caller(ctx)}, about...)...)
}

// Open opens what Seal has sealed for the same caller, purpose and matter.
func (e *Engine) Open(ctx context.Context, sealed []byte, purpose string, about ...string) ([]byte, error) {
	return e.cfg.Ring.Open(sealed, append([]string{purpose, e.cfg.Caller(ctx)}, about...)...)
}

// Remember is what find has found once for the caller in ctx, or finds now. It is for what does not change; what cannot
// be found is asked for again.
func (e *Engine) Remember(ctx context.Context, what string, find func() (string, bool)) (string, bool) {
	of := e.cfg.Caller(ctx) + "\x00" + what
	if value, ok := e.found.Get(of); ok {
		return value, true
	}
	value, ok := find()
	if ok {
		e.found.Put(of, value)
	}
	return value, ok
}
