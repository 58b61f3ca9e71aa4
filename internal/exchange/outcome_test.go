package exchange

import (
	"testing"

	"github.com/mark3labs/mcp-go/mcp"
)

func TestRefusedHasNothingButItsRefusal(t *testing.T) {
	t.Parallel()
	out := Refused(mcp.INVALID_PARAMS, "no", 1)
	if out.Refusal == nil || *out.Refusal != (Refusal{mcp.INVALID_PARAMS, "no", 1}) || out.Result != nil || out.Task != nil {
		t.Errorf("the outcome is %+v, want the refusal alone", out)
	}
}
