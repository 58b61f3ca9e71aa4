package engine

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/fieldtags"
	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/refusals"
	"heygen-mcp/tools/repeats"
)

// A tool whose literal says Parts makes many things by one call, each by a create of its own under a
// key of its own. The keys follow from what is made and not from its place, so that no repeat makes a
// part twice: not that of the whole call, not one with some of the parts. A call that ran out of time
// answers with a key to go on with. It seals what the keys of the parts are made of, which parts are
// settled, and that the user has agreed to these arguments, so that one question is enough.

const (
	// partsPrefix begins a key to go on with.
	partsPrefix = "go1_"
	// partsSlotPrefix begins the key under which a call is recorded, and its slot follows.
	partsSlotPrefix = "at1_"
	// partsPurpose keeps such a key from being anything else that the same keys have sealed.
	partsPurpose = "parts"
	// partsLife is shorter than the 24 hours for which HeyGen remembers keys.
	partsLife = 23 * time.Hour
	// agreedSlot begins the slot of a call that the user has agreed to.
	agreedSlot = "yes "
	// maxSumBytes is how much of a hash a key to go on with has room for: HeyGen's keys are of 255
	// characters at the most.
	maxSumBytes = 16
)

// partsState is what a key to go on with seals. Its caller and its tool are bound to it from outside.
type partsState struct {
	Slot    string `json:"s"` // what the keys of the parts are made of
	Sum     []byte `json:"h"` // of the arguments
	Settled []byte `json:"m"` // a bit for each part
	At      int64  `json:"a"` // UTC milliseconds
}

// recallParts finds what an earlier call with these arguments has settled, where it gave a key to go
// on with. With other arguments the key is still the base of the same keys.
func (c *Call) recallParts(ctx context.Context, canonical map[string]any) error {
	meant := c.tool.Input().Meaning(canonical)
	for _, f := range c.tool.Input().Fields {
		if f.Place == fieldtags.Nowhere { // it changes nothing of what is made
			delete(meant, f.Name)
		}
	}
	raw, err := jsonwrite.Marshal(meant)
	if err != nil {
		return fmt.Errorf("writing the arguments of %s: %w", c.tool.Name, err)
	}
	sum := sha256.Sum256(raw)
	c.parts = partsState{Sum: sum[:maxSumBytes]}
	key, given := canonical["idempotency_key"].(string)
	sealed, ours := strings.CutPrefix(key, partsPrefix)
	slot, recorded, late := c.slotOf(key)
	switch {
	case !given:
		return nil
	case recorded && late:
		return keyHadItsTime()
	case recorded:
		c.parts.Slot = slot
		return nil
	case !ours:
		sum := sha256.Sum256([]byte(key))
		c.parts.Slot = "key " + hex.EncodeToString(sum[:maxSumBytes])
		return nil
	}
	var known partsState
	plain, err := base64.RawURLEncoding.DecodeString(sealed)
	if err == nil {
		plain, err = c.engine.Open(ctx, plain, partsPurpose, c.tool.Name)
	}
	if err == nil {
		err = json.Unmarshal(plain, &known)
	}
	if err != nil || c.engine.Now().Sub(time.UnixMilli(known.At)) > partsLife {
		return keyHadItsTime()
	}
	c.parts.Slot = known.Slot
	if bytes.Equal(known.Sum, c.parts.Sum) {
		c.parts.Settled = known.Settled
		if id, agreed := strings.CutPrefix(known.Slot, agreedSlot); agreed {
			c.consent.Resume(id)
		}
	}
	return nil
}

// keyHadItsTime refuses a key that no longer stands for what was made.
func keyHadItsTime() error {
	return faults.Invalid("idempotency_key", "idempotency_key is not one to go on with, or has had its time.",
		"Send it as the earlier answer has it. After a day, look at what was made before making more.")
}

// PartKey is the key of one part: part is all that it is made of.
func (c *Call) PartKey(ctx context.Context, part any) (string, error) {
	raw, err := jsonwrite.Marshal(part)
	if err != nil {
		return "", fmt.Errorf("writing a part of %s: %w", c.tool.Name, err)
	}
	slot := c.parts.Slot
	if slot == "" { // of a call that is not sent, or not yet
		slot = c.slots()[0]
	}
	return c.derivedKey(ctx, slot, string(raw)), nil
}

// partsKey is the key under which a call of many parts without a key of its caller's is recorded: whoever repeats the
// call with it makes no part twice.
func partsKey(slot, derived string) string {
	if strings.HasPrefix(slot, agreedSlot) {
		return "" // the user has agreed to one call, and not to whatever comes with its key
	}
	return partsSlotPrefix + slot + "_" + derived
}

// slotOf is the slot that a key names under which such a call is recorded.
func (c *Call) slotOf(key string) (slot string, ours, late bool) {
	rest, ours := strings.CutPrefix(key, partsSlotPrefix)
	slot, _, cut := strings.Cut(rest, "_")
	begins, named := repeats.Begins(slot)
	age := c.engine.Now().Sub(begins)
	return slot, ours && cut && named && age >= -repeats.SlotLength, age > partsLife // a replica's clock may go ahead
}

// Meant is what the arguments mean, as inputs.Spec.Meaning has it.
func (c *Call) Meant() map[string]any { return c.tool.Input().Meaning(c.given) }

// Settled reports whether an earlier call that this one goes on with was done with a part.
func (c *Call) Settled(part int) bool {
	at := part / 8
	return at < len(c.parts.Settled) && c.parts.Settled[at]&(1<<(part%8)) != 0
}

// GoOnKey is the key under which the same call goes on with the parts that are not settled.
func (c *Call) GoOnKey(ctx context.Context, settled []bool) (string, error) {
	state := c.parts
	state.Settled, state.At = make([]byte, (len(settled)+7)/8), c.engine.Now().UnixMilli()
	for i, done := range settled {
		if done {
			state.Settled[i/8] |= 1 << (i % 8)
		}
	}
	plain, err := json.Marshal(state)
	if err != nil {
		return "", fmt.Errorf("writing how far %s is: %w", c.tool.Name, err)
	}
	sealed, err := c.engine.Seal(ctx, plain, partsPurpose, c.tool.Name)
	return partsPrefix + base64.RawURLEncoding.EncodeToString(sealed), err
}

// CreatePart makes one part under its key. HeyGen is given so long to answer: the key brings a later
// answer to a repeat. An answer to slow down comes back at once, since whoever feeds parts waits for
// all of them.
func (c *Call) CreatePart(
	ctx context.Context, op heygen.Op, in any, key string, patience time.Duration,
) (map[string]any, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(heygen.Paced(ctx)), patience)
	defer cancel()
	return c.engine.send(ctx, op, in, key, nil)
}

// Refusal is what an agent is told of a part that could not be made.
func (c *Call) Refusal(err error) *refusals.Refusal {
	e := c.engine
	r := *refusals.From(err, refusals.Attempt{Tools: e.cfg.Tools, Given: c.given, OAuth: !e.hasKey(context.Background())})
	if e.cfg.CamelCase {
		r = *r.Respelt(c.tool.reading().names)
	}
	return &r
}
