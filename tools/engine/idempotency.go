package engine

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"time"

	"heygen-mcp/internal/jsonwrite"
)

// slotLength is how long equal creates count as one. Ten minutes outlast every client's own time
// limit and repeat, and are short enough that a wanted second take is rarely swallowed.
const slotLength = 10 * time.Minute

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
	if c.agreedID != "" {
		// The agreement belongs to one call, however late that is repeated and on whatever replica.
		return agreedSlot + c.agreedID
	}
	return strconv.FormatInt(c.engine.Now().Unix()/int64(slotLength.Seconds()), 10)
}

// KeyOf is the key of a call to HeyGen that follows from what it means. A tool whose own operation takes
// no key makes one of what it is about to send, so that a repeat does not make a second one.
func (c *Call) KeyOf(ctx context.Context, meaning ...string) string {
	return c.derivedKey(ctx, c.slot(), meaning...)
}

// derivedKey is the key of what a caller makes with a tool within a slot; meaning says what.
func (c *Call) derivedKey(ctx context.Context, slot string, meaning ...string) string {
	mac := hmac.New(sha256.New, c.engine.cfg.Secret)
	for _, part := range append([]string{c.engine.cfg.Caller(ctx), c.tool.Name, slot}, meaning...) {
		// Lengths keep two different lists of parts from reading as one.
		mac.Write([]byte(strconv.Itoa(len(part)) + ":" + part))
	}
	return "mcp-" + hex.EncodeToString(mac.Sum(nil))
}
