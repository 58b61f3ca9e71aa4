package records

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/exchange"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/refusals"
)

// unreadable is what a client may know of a record that could not be read, besides the words.
type unreadable struct {
	URI string `json:"uri"`
	*refusals.Refusal
}

// readError turns a tool's refusal into the error of a read. What is no affair of the client's stays a Go
// error, whose words go to the log.
func readError(ctx context.Context, uri string, refusal *refusals.Refusal) error {
	if refusal.Code == refusals.CodeInternal {
		return fmt.Errorf("reading a record: %w", refusal)
	}
	const longest = 300 // an id has 255 bytes at most
	if len(uri) > longest {
		uri = uri[:longest] + "…"
	}
	e := &exchange.Refusal{Code: mcp.INTERNAL_ERROR, Message: strings.TrimSpace(refusal.Message + " " + refusal.NextStep), Data: unreadable{uri, refusal}}
	failure, asked := errors.AsType[*heygen.Error](refusal)
	switch {
	case refusal.Code == refusals.CodeNotOffered || asked && failure.Status == http.StatusNotFound:
		e.Code = exchange.From(ctx).NotFound()
	case !asked && refusal.Code == heygen.CodeInvalidParameter, asked && (failure.Status == 0 && refusal.Code == heygen.CodeInvalidParameter || failure.Status == http.StatusBadRequest):
		e.Code = mcp.INVALID_PARAMS
	case refusal.Code == refusals.CodeScope:
		e.Code = mcp.INVALID_REQUEST
	}
	return e
}

// read calls a tool that reads, as far as it is within a request's reach.
func (rs *Records) read(ctx context.Context, tool string, in map[string]any) (map[string]any, *refusals.Refusal) {
	t, ok := rs.choice.Callable(ctx, tool)
	if !ok || t.Effect != engine.Reads {
		return nil, refusals.NotOffered()
	}
	raw, err := json.Marshal(in)
	if err != nil {
		return nil, refusals.Invalid("uri", "The id cannot be read.", "Send an id as a list tool shows it.")
	}
	out := t.Run(ctx, rs.engine, raw, nil)
	return out.Data, out.Refusal
}
