package engine

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"time"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/jsonread"
	"heygen-mcp/tools/consent"
	"heygen-mcp/tools/languages"
	"heygen-mcp/tools/refusals"
	"heygen-mcp/tools/spend"
	"heygen-mcp/tools/vocabulary"
)

// Call is one call of one tool, as its Run sees it.
type Call struct {
	// Report tells the client how far the call is; nil where it did not ask for it.
	Report Progress

	engine *Engine
	tool   *BoundTool
	begun  time.Time // zero of a call that is not run
	key    string    // of a create that v3 gives one, "" otherwise
	at     time.Time // when that was chosen
	takes  []take    // that the call may be, that of its own slot first; nil where v3 takes no key

	repeatKey  string   // tells equal creates apart for which v3 takes no key, "" where none was sent
	passedOver []string // names that the client put among the arguments by itself

	given    map[string]any  // the arguments, once they have been checked
	consent  consent.Call    // whether its user agrees
	estimate *spend.Estimate // of a paid call
	paid     *spend.Paid     // its record
	parts    partsState      // of a tool with Parts: what an earlier call has settled
	waits    Waits           // what its Run waits for, nil for nothing
}

// newCall is a call of a tool that has not begun.
func newCall(e *Engine, t *BoundTool) *Call {
	return &Call{engine: e, tool: t, at: e.Now(), consent: e.checker.Call(&t.reading().asked)}
}

// Engine is what runs the call.
func (c *Call) Engine() *Engine { return c.engine }

// RandomKey gives this call a key of its own, where equal arguments do not mean the same thing,
// unless the caller chose one or the user agreed to this very call. The repeats of the HeyGen
// client still travel under it, and a refusal names it.
func (c *Call) RandomKey(chosen *string) {
	if chosen == nil && c.consent.AgreedID() == "" {
		c.key = "mcp-" + rand.Text()
	}
}

// Languages is a list of HeyGen's names of languages, nil where it cannot be had.
func (c *Call) Languages(ctx context.Context, name string) *languages.List {
	return c.engine.lists.Of(ctx, name)
}

// Do makes one call to HeyGen without a key, and gives its data as an object: v3's own, or the page
// of a list as items, has_more and next_token.
func (e *Engine) Do(ctx context.Context, op heygen.Op, in any) (map[string]any, error) {
	return e.do(ctx, op, in, "", nil)
}

// do makes one call to HeyGen and gives its data as an object: v3's own, or the page of a list as
// items, has_more and next_token. verbatim are the members of the object that stay as they came.
func (e *Engine) do(
	ctx context.Context, op heygen.Op, in any, key string, verbatim []string,
) (map[string]any, error) {
	if op.Method != http.MethodGet {
		// What was sent may cost money or be final, so it runs to its end whatever the client
		// does. The HeyGen client's own time limits still bound it.
		ctx = context.WithoutCancel(ctx)
	}
	return e.send(ctx, op, in, key, verbatim)
}

// send is do within the time of ctx.
func (e *Engine) send(
	ctx context.Context, op heygen.Op, in any, key string, verbatim []string,
) (map[string]any, error) {
	if op.Access().KeyOnly && !e.hasKey(ctx) {
		return nil, refusals.KeyRequired("This", e.cfg.KeyHint)
	}
	res, err := e.cfg.Client.Do(ctx, op, in, key)
	if err != nil {
		return nil, err
	}
	data, err := jsonread.Decode(res.Data)
	if err != nil {
		return nil, fmt.Errorf("reading the answer of %s %s: %w", op.Method, op.Path, err)
	}
	data = withoutAdviceBut(data, verbatim)
	vocabulary.WithTimesBut(data, verbatim)
	object := objectOf(data, res)
	e.cfg.Vocabulary.Tell(op, object)
	e.cfg.Vocabulary.AddPages(op, object, e.cfg.PageURL)
	e.book.Settle(ctx, e.cfg.Vocabulary.Of(op), object)
	if op.Method != http.MethodGet && e.cfg.Wrote != nil {
		e.cfg.Wrote(ctx, e, op)
	}
	if op.Durable && res.Status == http.StatusOK { // a first answer has status 201
		object["replayed"] = true
	}
	return object, nil
}

// objectOf is v3's data as an object: its own, or the page of a list.
func objectOf(data any, res *heygen.Response) map[string]any {
	switch v := data.(type) {
	case map[string]any:
		return v
	case []any:
		page := map[string]any{"items": v, "count": len(v), "has_more": res.HasMore}
		if res.NextToken != "" {
			page["next_token"] = res.NextToken
		}
		return page
	case nil:
		return map[string]any{}
	default:
		return map[string]any{"value": v}
	}
}
