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

// idempotencyKey is the caller's own key, or one that follows from the agreement of a user, or else
// one that equal creates of one caller share within a slot, so that a client's repeat after a lost
// answer does not cost twice. Where HeyGen keeps keys for good, the slot is what makes a later wish
// for the same a run of its own.
func (c *Call) idempotencyKey(ctx context.Context, canonical map[string]any) (string, error) {
	if key, ok := canonical["idempotency_key"].(string); ok {
		return key, nil
	}
	raw, err := jsonwrite.Marshal(c.tool.Input.Meaning(canonical))
	if err != nil {
		return "", fmt.Errorf("writing the arguments of %s: %w", c.tool.Name, err)
	}
	return c.KeyOf(ctx, string(raw)), nil
}

// slot is that within which equal creates count as one.
func (c *Call) slot() string {
	if agreed := c.consent.AgreedID(); agreed != "" {
		// The agreement belongs to one call, however late that is repeated and on whatever replica.
		return agreedSlot + agreed
	}
	return repeats.Slot(c.engine.Now())
}

// KeyOf is the key of a call to HeyGen that follows from what it means. A tool whose own operation takes
// no key makes one of what it is about to send, so that a repeat does not make a second one.
func (c *Call) KeyOf(ctx context.Context, meaning ...string) string {
	return c.derivedKey(ctx, c.slot(), meaning...)
}

// derivedKey is the key of what a caller makes with a tool within a slot; meaning says what.
func (c *Call) derivedKey(ctx context.Context, slot string, meaning ...string) string {
	return repeats.Key(c.engine.cfg.Secret, c.engine.cfg.Caller(ctx), c.tool.Name, slot, meaning...)
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
	meant := c.tool.Input.Meaning(canonical)
	delete(meant, t.keyName())
	raw, err := jsonwrite.Marshal(meant)
	if err != nil {
		return nil, nil, fmt.Errorf("writing the arguments of %s: %w", t.Name, err)
	}
	key, lasts := c.key, spend.KeyLasts
	switch {
	case key != "":
	case c.repeatKey != "":
		key = "key " + c.repeatKey
	default:
		key, lasts = c.derivedKey(ctx, "sent "+c.consent.AgreedID(), string(raw)), repeats.SlotLength
	}
	e := c.engine
	id, sum := repeats.IDOf(e.cfg.Caller(ctx), t.Op.String(), key), repeats.SumOf(t.Name, raw)
	for {
		call, first := e.sent.Claim(id, sum, e.Now(), lasts)
		if first {
			return &claimed{end: func(made bool, data map[string]any, f facts) {
				var answer []byte
				if made && t.remembers() {
					answer, _ = jsonwrite.Marshal(data) // what cannot be written cannot be answered either
				}
				e.sent.End(id, call, made && (answer != nil || !t.remembers()), answer, f)
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
		e.sent.Forget(id, call)
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
