package consent

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
)

// offerQuestion is the name of the question whether a link is opened.
const offerQuestion = "link"

// Offer asks a client that can open links to offer the person the one that a result has: why says what it is for. What
// was made waits in the state of the call, so that the answer does not make it again.
func (c *Call) Offer(ctx context.Context, link, why string, res map[string]any) error {
	if link == "" || !canOpen(exchange.From(ctx)) || c.Resumed() {
		return nil
	}
	return c.question(ctx, offerQuestion, mcp.ElicitationParams{
		Mode: mcp.ElicitationModeURL, Message: why, URL: link, ElicitationID: c.argsHash,
	}, res)
}

// Resumed reports whether an earlier call with these arguments has done the work, and has offered the link in its
// result.
func (c *Call) Resumed() bool { return c.state != nil && c.state.Made != nil }

// EarlierResult is the result of that earlier call.
func (c *Call) EarlierResult(ctx context.Context) (map[string]any, error) {
	var res map[string]any
	if err := json.Unmarshal(c.state.Made, &res); err != nil {
		return nil, fmt.Errorf("reading what was made before: %w", err)
	}
	if answer := c.answered(ctx, offerQuestion); answer != nil && answer.Action == mcp.ElicitationResponseActionAccept {
		res["next_step"] = "The user took the link. " + offered
	}
	return res, nil
}

// offered is how to see what came of the one link that there is.
const offered = "get_avatar_group tells by consent_status whether the person shown has consented; the url can also " +
	"be given to them."
