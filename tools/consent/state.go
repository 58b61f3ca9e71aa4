package consent

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/tools/agreed"
)

// A call may ask the person before it is done (multi-round trips, revision 2026-07-28): it answers with a question and
// with what it knows so far, and its client makes the same call again with the answer. What it knows is sealed to the
// caller, the tool, the arguments and the time, so that no client can make it up or carry it to another call.

const (
	// statePurpose keeps a state from being anything else that the same keys have sealed.
	statePurpose = "state"
)

// state is what a call knows that was begun before.
type state struct {
	ID    string          `json:"i"` // of its own: one that was acted upon is known by it
	Asked string          `json:"q"` // the question that it waits for an answer to
	At    int64           `json:"a"` // UTC milliseconds
	Made  json.RawMessage `json:"m,omitempty"`
}

// question is what a call asks the person.
func (c *Call) question(ctx context.Context, id string, about mcp.ElicitationParams, made map[string]any) error {
	raw, err := jsonwrite.Marshal(made)
	if made == nil {
		raw = nil
	}
	var sealed []byte
	if err == nil {
		raw, err = json.Marshal(state{ID: rand.Text(), Asked: id, At: c.checker.cfg.Clock().UnixMilli(), Made: raw})
	}
	if err == nil {
		sealed, err = c.checker.cfg.Seal(ctx, raw, statePurpose, c.tool.Name, c.argsHash)
	}
	if err != nil {
		return fmt.Errorf("sealing what %s knows: %w", c.tool.Name, err)
	}
	asks := server.NewInputRequestBuilder(base64.RawURLEncoding.EncodeToString(sealed)).Elicit(id, about).ToolResult()
	return &Question{about.Message, asks}
}

// Recall finds what this call knew when it last asked; nothing where it did not, or so long ago that it asks again.
// What was not sealed for this very call is refused.
func (c *Call) Recall(ctx context.Context, canonical map[string]any) error {
	raw, err := jsonwrite.Marshal(canonical)
	if err != nil {
		return fmt.Errorf("writing the arguments of %s: %w", c.tool.Name, err)
	}
	sum := sha256.Sum256(raw)
	c.argsHash = hex.EncodeToString(sum[:])
	x := exchange.From(ctx)
	if x.RequestState == "" {
		return nil
	}
	s := &state{}
	sealed, err := base64.RawURLEncoding.DecodeString(x.RequestState)
	if err == nil {
		sealed, err = c.checker.cfg.Open(ctx, sealed, statePurpose, c.tool.Name, c.argsHash)
	}
	if err == nil {
		err = json.Unmarshal(sealed, s)
	}
	if err != nil {
		const text = "the requestState is not of this call with these arguments; call again without it"
		return &exchange.Refusal{Code: mcp.INVALID_PARAMS, Message: text}
	}
	if s.Made != nil || c.checker.cfg.Clock().Sub(time.UnixMilli(s.At)) <= agreed.Patience {
		c.state = s // what was made stays made, however late the answer
	}
	return nil
}

// answered is what the person answered to a question, nil if that was not put or not answered.
func (c *Call) answered(ctx context.Context, id string) *mcp.ElicitationResult {
	if c.state == nil || c.state.Asked != id {
		return nil
	}
	return server.ElicitationResponse(exchange.From(ctx).InputResponses, id)
}

// canFill says whether the client can put a form to its person, canOpen whether it can offer them a link.
func canFill(x *exchange.Exchange) bool {
	e := x.Capabilities.Elicitation
	return x.Modern && e != nil && (e.Form != nil || e.URL == nil)
}

func canOpen(x *exchange.Exchange) bool {
	e := x.Capabilities.Elicitation
	return x.Modern && e != nil && e.URL != nil
}
