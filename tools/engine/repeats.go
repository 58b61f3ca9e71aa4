package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"heygen-mcp/internal/jsonread"
	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/tools/args/spelling"
	"heygen-mcp/tools/refusals"
	"heygen-mcp/tools/repeats"
	"heygen-mcp/tools/spend"
	"heygen-mcp/tools/vocabulary"
)

// Keyed is the input of a create for which v3 takes an Idempotency-Key.
type Keyed struct {
	IdempotencyKey *string `json:"idempotency_key" in:"-" pattern:"^[A-Za-z0-9_:.-]{1,255}$" quiet:"true" doc:"Equal calls within ten minutes are one take, even failed or deleted; a new key makes another."`
}

// DurablyKeyed is the input of a create for which v3 demands an Idempotency-Key and keeps it for good.
type DurablyKeyed struct {
	IdempotencyKey *string `json:"idempotency_key" in:"-" pattern:"^[A-Za-z0-9_:.-]{1,255}$" quiet:"true" doc:"Equal calls within ten minutes are one run; a new key, kept for good, makes another."`
}

// keyName is the argument that has the key of a create.
func (t *BoundTool) keyName() string {
	if t.bodyKey {
		return "request_id"
	}
	return "idempotency_key"
}

// claimed is a create that this call is the first to send.
type claimed struct {
	end func(made bool, data map[string]any, f facts)
}

// remembers reports whether the answers of a create are kept here, because HeyGen takes no key for it.
func (t *BoundTool) remembers() bool {
	return t.Effect == Creates && t.Op.Path != "" && !t.Op.TakesKey() && !t.Op.Once && !t.bodyKey && !t.again
}

// claim remembers the call before it is sent. It refuses a key that belongs to another call, and gives the
// outcome of an equal one where HeyGen would make it twice. All are nil where nothing is remembered.
func (t *BoundTool) claim(ctx context.Context, c *Call, canonical map[string]any) (*claimed, *Outcome, error) {
	if t.Effect != Creates || t.Op.Durable || c.key == "" && !t.remembers() {
		return nil, nil, nil // of what HeyGen keeps for good, it refuses another body itself
	}
	meant := c.tool.Input().Meaning(canonical)
	delete(meant, t.keyName())
	raw, err := jsonwrite.Marshal(meant)
	if err != nil {
		return nil, nil, fmt.Errorf("writing the arguments of %s: %w", t.Name, err)
	}
	takes, lasts := c.takes, spend.KeyLasts
	switch {
	case c.key != "":
	case c.repeatKey != "":
		takes = []take{{key: "key " + c.repeatKey}}
	default:
		takes, lasts = []take{{key: c.derivedKey(ctx, "sent "+c.consent.AgreedID(), string(raw))}}, repeats.SlotLength
	}
	e := c.engine
	if t.steps.estimate != nil && e.cfg.Ledger != nil {
		takes = takes[:1] // which one it is, the ledger knows
	}
	var ids []repeats.ID
	for _, one := range takes {
		ids = append(ids, repeats.IDOf(e.cfg.Caller(ctx), t.Op.String(), one.key))
	}
	sum := repeats.SumOf(t.Name, raw)
	for {
		call, at, first := e.sent.Claim(ids, sum, e.Now(), lasts)
		if c.key != "" {
			c.use(at)
		}
		if first {
			return &claimed{end: func(made bool, data map[string]any, f facts) {
				var answer []byte
				if made && t.remembers() {
					answer, _ = jsonwrite.Marshal(data) // what cannot be written cannot be answered either
				}
				e.sent.End(call, made && (answer != nil || !t.remembers()), answer, f)
			}}, nil, nil
		}
		if !call.Asked(sum) {
			return nil, nil, refusals.KeyReused(t.keyName(), e.Now().Sub(call.At()))
		}
		if !t.remembers() {
			return nil, nil, nil // HeyGen knows it again
		}
		if err := call.Wait(ctx); err != nil {
			return nil, nil, err
		}
		if out := t.earlier(ctx, c, call); out != nil {
			return nil, out, nil
		}
		e.sent.Forget(call)
	}
}

// earlier is the outcome of an equal call that was made before; nil where that made nothing that is left, as
// when it failed or was deleted, so that this one is made.
func (t *BoundTool) earlier(ctx context.Context, c *Call, call *repeats.Call[facts]) *Outcome {
	e := c.engine
	answer, facts := call.Answer()
	var data map[string]any
	if v, err := jsonread.Decode(answer); err == nil {
		data, _ = v.(map[string]any)
	}
	if data == nil {
		return nil
	}
	if states, told := e.jobStates(ctx, t.Job, facts.jobs); told && !repeats.AnyLeft(states, facts.jobs) {
		return nil
	}
	data["replayed"] = true
	data["note"] = fmt.Sprintf("Nothing was made now: this is what an equal call made %s ago. "+
		"For another one, call with idempotency_key set to a new value.", refusals.Ago(e.Now().Sub(call.At())))
	return &Outcome{Data: data, facts: facts}
}

// withoutKey takes an idempotency_key out of the arguments of a create for which HeyGen takes none. It tells
// equal calls apart that are to be made twice.
func (t *BoundTool) withoutKey(c *Call, raw json.RawMessage) json.RawMessage {
	var members map[string]json.RawMessage
	if !t.remembers() || json.Unmarshal(raw, &members) != nil {
		return raw
	}
	for _, name := range []string{"idempotency_key", "idempotencyKey"} {
		var key string
		if members[name] == nil || json.Unmarshal(members[name], &key) != nil {
			continue
		}
		c.repeatKey = spelling.Trim(key)
		delete(members, name)
		if rest, err := json.Marshal(members); err == nil {
			raw = rest
		}
	}
	return raw
}

// replayTime is how long the answer of a repeated create waits to learn how far its jobs are.
const replayTime = 5 * time.Second

// jobStates is how far jobs are of an answer that was given before; told is false where there are none or nobody says.
func (e *Engine) jobStates(
	ctx context.Context, kind string, ids []string,
) (states map[string]vocabulary.State, told bool) {
	if e.cfg.JobStates == nil || len(ids) == 0 {
		return nil, false
	}
	ctx, cancel := context.WithTimeout(ctx, replayTime)
	defer cancel()
	states, err := e.cfg.JobStates(ctx, e, kind, ids)
	return states, err == nil
}

// tellReplay says in the answer of a create that HeyGen has answered before how far its jobs are now. Where HeyGen does
// not say, the answer stays as it is. What has a key for good is answered as it stands, and nobody can delete it.
func (e *Engine) tellReplay(ctx context.Context, t *BoundTool, data map[string]any, ids []string) {
	if data["replayed"] != true || t.Op.Durable {
		return
	}
	if states, told := e.jobStates(ctx, t.Job, ids); told {
		repeats.TellReplay(data, ids, states, t.keyName())
	}
}
