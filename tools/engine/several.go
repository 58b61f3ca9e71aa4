package engine

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"sync"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/text"
	"heygen-mcp/tools/refusals"
)

const (
	// severalAtOnce is how many of several deletions are under way at a time: HeyGen publishes no rate
	// for them.
	severalAtOnce = 4
	// maxQuotedChars is how much of HeyGen's words a row has, in characters: a hundred rows must be
	// readable.
	maxQuotedChars = 200
	// maxAsked is of how many ids that were not found HeyGen is asked whether they are of another kind: each is
	// some reads.
	maxAsked = 5
)

// oneToDelete is the argument in whose place a list may be given, "" for none. Tools that delete one
// thing by its id, and do nothing else, have it: v3 has no call that deletes several.
func (t *BoundTool) oneToDelete() string {
	params := t.Op.PathParams()
	if t.Effect != Deletes || t.Op.Method != http.MethodDelete || len(params) != 1 || t.steps.ownRun {
		return ""
	}
	return params[0]
}

// severalIn are the members of the list that canonical arguments have in place of one, nil where
// they have the one.
func (t *BoundTool) severalIn(canonical map[string]any) []any {
	if t.several == "" {
		return nil
	}
	list, _ := canonical[t.several].([]any)
	return list
}

// deletedRows is what is answered of several.
type deletedRows struct {
	Items []any `json:"items"`
}

// deletedRow is what became of one of several.
type deletedRow struct {
	ID            string `json:"id"`
	Deleted       bool   `json:"deleted,omitempty"`
	Code          string `json:"error_code,omitempty"`
	Message       string `json:"message,omitempty"`
	Retryable     bool   `json:"retryable,omitempty"`
	NextStep      string `json:"next_step,omitempty"`
	RetryAfter    int    `json:"retry_after_seconds,omitempty"`
	RequestID     string `json:"request_id,omitempty"`
	HeyGenMessage string `json:"heygen_message,omitempty"`
}

// Advice is what the row advises.
func (r deletedRow) Advice() string { return r.NextStep }

// deleteSeveral makes the call of the tool for each id and says of each what became of it, in the
// order of the ids. One that fails does not stop the others. When the caller leaves, what was begun
// runs to its end, and the rows of the rest say that it was not begun.
func (t *BoundTool) deleteSeveral(ctx context.Context, c *Call, ids []any) Outcome {
	s := &several{rows: make([]any, len(ids)), report: c.Report}
	next := make(chan int)
	var all sync.WaitGroup
	for range min(severalAtOnce, len(ids)) {
		all.Go(func() {
			for i := range next {
				id, _ := ids[i].(string)
				err := s.end(ctx)
				if err == nil {
					in := t.steps.newInput()
					if err = t.Input().Fill(reflect.ValueOf(in).Elem(), map[string]any{t.one: id}); err == nil {
						_, err = t.steps.run(ctx, c, in)
					}
				}
				s.tell(i, c.deletedRow(ctx, t.one, id, err, s.mayAsk(err)), err)
			}
		})
	}
	for i := range ids {
		next <- i
	}
	close(next)
	all.Wait()
	data := map[string]any{"items": s.rows}
	if s.failed > 0 {
		data["next_step"] = fmt.Sprintf("%d of %d were not deleted: their rows say why.", s.failed, len(ids))
	}
	return Outcome{Data: data}
}

// several collects what becomes of several.
type several struct {
	report Progress

	mu           sync.Mutex
	rows         []any
	done, failed int
	asked        int   // ids of which it was asked what else they are
	signedOut    error // HeyGen would answer it to all that are left
}

// end is why no further one is begun, nil where one is.
func (s *several) end(ctx context.Context) error {
	if ctx.Err() != nil {
		return &refusals.Refusal{IsError: true, Code: heygen.CodeCanceled, Retryable: true,
			Message: "The call was canceled before this one was tried.", NextStep: "Delete it in a further call if that " +
				"is still wanted."}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.signedOut
}

// mayAsk reports whether HeyGen is to be asked what else an id is that it has not found.
func (s *several) mayAsk(err error) bool {
	if e, ok := errors.AsType[*heygen.Error](err); !ok || e.Status != http.StatusNotFound {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	return s.asked <= maxAsked
}

// tell notes what became of one.
func (s *several) tell(i int, row deletedRow, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rows[i] = row
	if err != nil {
		s.failed++
	}
	if e, ok := errors.AsType[*heygen.Error](err); ok && e.Status == http.StatusUnauthorized {
		s.signedOut = err
	}
	if s.done++; s.report != nil {
		s.report(float64(s.done), float64(len(s.rows)), fmt.Sprintf("%d of %d", s.done, len(s.rows)))
	}
}

// deletedRow says what became of the one that an argument names: err is nil if it is deleted. With ask HeyGen is asked
// whether the id is of another kind.
func (c *Call) deletedRow(ctx context.Context, argument, id string, err error, ask bool) deletedRow {
	if err == nil {
		return deletedRow{ID: id, Deleted: true}
	}
	t := c.tool
	attempt := refusals.Attempt{
		VerifyWith: t.VerifyWith, Tools: c.engine.cfg.Tools,
		Given: map[string]any{argument: id}, OAuth: !c.engine.hasKey(ctx),
	}
	if ask {
		attempt.Known = c.engine.known(ctx)
	}
	r := refusals.From(err, attempt)
	if c.engine.cfg.CamelCase {
		r = r.Respelt(t.reading().names)
	}
	return deletedRow{
		ID: id, Code: r.Code, Message: r.Message, Retryable: r.Retryable, NextStep: r.NextStep,
		RetryAfter: r.RetryAfter, RequestID: r.RequestID,
		HeyGenMessage: text.OnOneLine(r.HeyGenMessage, maxQuotedChars),
	}
}
