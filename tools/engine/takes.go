package engine

import (
	"context"
	"fmt"
	"slices"

	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/tools/repeats"
)

// A create without a key of its caller's is one take with the equal ones of the last ten minutes, so that a client's
// repeat after a lost answer does not cost twice. Its key follows from what it means and from the slot of the clock in
// which it is first sent: whoever knows nothing of the call derives the same. An equal one that began in the slot
// before has another key, so what was sent and what is recorded is looked through for that too.

// take is a slot in which an equal call may have begun, and the key that it has then.
type take struct{ slot, key string }

// slots are those in which an equal call may have begun, its own first.
func (c *Call) slots() []string {
	if agreed := c.consent.AgreedID(); agreed != "" {
		// The agreement belongs to one call, however late that is repeated and on whatever replica.
		return []string{agreedSlot + agreed}
	}
	return repeats.Slots(c.at)
}

// takesOf are the takes that a call may be, by what it means: its caller's own alone where that sent a key.
func (c *Call) takesOf(ctx context.Context, given string, canonical map[string]any) ([]take, error) {
	if given != "" {
		return []take{{c.parts.Slot, given}}, nil
	}
	raw, err := jsonwrite.Marshal(c.tool.Input().Meaning(canonical))
	if err != nil {
		return nil, fmt.Errorf("writing the arguments of %s: %w", c.tool.Name, err)
	}
	slots := c.slots()
	takes := make([]take, len(slots))
	for i, key := range c.derivedKeys(ctx, slots, string(raw)) {
		if c.tool.parts {
			key = partsKey(slots[i], key)
		}
		takes[i] = take{slots[i], key}
	}
	return takes, nil
}

// use makes the call one of the takes that it may be.
func (c *Call) use(at int) {
	if c.tool.parts {
		c.parts.Slot = c.takes[at].slot
	} else {
		c.key = c.takes[at].key
	}
}

// useKey makes the call the take that has a key.
func (c *Call) useKey(key string) {
	if at := slices.IndexFunc(c.takes, func(one take) bool { return one.key == key }); at >= 0 {
		c.use(at)
	}
}

// keys are those of the takes that the call may be, that of its own slot first.
func (c *Call) keys() (own string, near []string) {
	for i, one := range c.takes {
		if i == 0 {
			own = one.key
		} else {
			near = append(near, one.key)
		}
	}
	return own, near
}

// chooseKey finds the call's idempotency key, where HeyGen takes one, and writes it into a body that has it: the
// caller's own, or one that follows from the agreement of a user, or else one that equal creates of one caller share.
// Where HeyGen keeps keys for good, the slot is what makes a later wish for the same a run of its own.
func (t *BoundTool) chooseKey(ctx context.Context, c *Call, in any, canonical map[string]any) error {
	if !t.Op.TakesKey() && !t.bodyKey && !t.parts {
		return nil
	}
	c.at = c.engine.Now()
	given, _ := canonical["idempotency_key"].(string)
	if t.bodyKey {
		if own := *t.steps.bodyKey(in); own != nil {
			given = *own
		}
	}
	var err error
	if c.takes, err = c.takesOf(ctx, given, canonical); err != nil {
		return err
	}
	c.use(0)
	if t.bodyKey {
		*t.steps.bodyKey(in) = &c.key
	}
	return nil
}

// KeyOf is the key of a call to HeyGen that follows from what it means. A tool whose own operation takes
// no key makes one of what it is about to send, so that a repeat does not make a second one.
func (c *Call) KeyOf(ctx context.Context, meaning ...string) string {
	return c.derivedKey(ctx, c.slots()[0], meaning...)
}

// derivedKey is the key of what a caller makes with a tool within a slot; meaning says what.
func (c *Call) derivedKey(ctx context.Context, slot string, meaning ...string) string {
	return c.derivedKeys(ctx, []string{slot}, meaning...)[0]
}

func (c *Call) derivedKeys(ctx context.Context, slots []string, meaning ...string) []string {
	return repeats.Keys(c.engine.cfg.Secret, c.engine.cfg.Caller(ctx), c.tool.Name, slots, meaning...)
}
