package records

import (
	"errors"
	"testing"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/tools/refusals"
)

// TestOurFaultsStayInside holds that what is no affair of a client's is a Go error, which transport keeps.
func TestOurFaultsStayInside(t *testing.T) {
	t.Parallel()
	err := readError(t.Context(), "heygen://videos/x", refusals.From(errors.New("the secret"), refusals.Attempt{}))
	if _, ours := errors.AsType[*exchange.Refusal](err); ours || err == nil {
		t.Errorf("got %v, want ours false and an error", err)
	}
}
