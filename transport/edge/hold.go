package edge

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/mark3labs/mcp-go/mcp"
)

// Need is what a request takes of the server besides its place, until it ends.
type Need int

// What a request may need.
const (
	// Stream is an answer that stays open: the request is a stream and no longer a call.
	Stream Need = iota
	// LongBody is the memory of a message that is longer than most methods may have.
	LongBody
)

// Busy is the refusal of a request for which there is no room now.
type Busy struct {
	// Status is 429 where the caller has too much at once, 503 where all together have.
	Status int
	// Text says what the bound is.
	Text string
	// Limit names the bound for the operator.
	Limit string
	// RetryAfter, in seconds, is when to come back; 0 means after 5.
	RetryAfter int
}

// retryAfter, in seconds, is what a client is asked to wait: most requests take less.
const retryAfter = 5

// WriteBusy answers with a refusal that says when to come back. id may be nil.
func WriteBusy(w http.ResponseWriter, id json.RawMessage, b *Busy) {
	after := retryAfter
	if b.RetryAfter > 0 {
		after = b.RetryAfter
	}
	w.Header().Set("Retry-After", strconv.Itoa(after))
	code := mcp.INVALID_REQUEST
	if b.Status >= http.StatusInternalServerError {
		code = mcp.INTERNAL_ERROR
	}
	WriteError(w, b.Status, id, code, b.Text+"; try again in "+strconv.Itoa(after)+" seconds")
}

// hold asks for what a request needs.
func (e *Edge) hold(ctx context.Context, n Need) *Busy {
	if e.cfg.Hold == nil {
		return nil
	}
	return e.cfg.Hold(ctx, n)
}
