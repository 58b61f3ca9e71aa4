package exchange

import (
	"testing"

	"github.com/mark3labs/mcp-go/mcp"
)

func TestFromGivesTheExchangeOfTheContext(t *testing.T) {
	t.Parallel()
	x := &Exchange{Client: "probe"}
	if got := From(With(t.Context(), x)); got != x {
		t.Errorf("From gave %+v, want the exchange that With took", got)
	}
	empty := From(t.Context())
	empty.Notify("notifications/message", nil) // must not panic
	if empty.Modern || empty.TakesTasks() || empty.Refusal() != nil || empty.Failure() != 0 || empty.Shared() {
		t.Errorf("outside of a request there is %+v, want an empty exchange", empty)
	}
}

func TestARefusalDecidesTheFailure(t *testing.T) {
	t.Parallel()
	x := &Exchange{}
	x.Fail(mcp.INTERNAL_ERROR)
	if got := x.Failure(); got != mcp.INTERNAL_ERROR {
		t.Errorf("the failure is %d, want the %d that was noted", got, mcp.INTERNAL_ERROR)
	}
	x.Refuse(mcp.INVALID_PARAMS, "no such prompt", "data")
	if got := x.Failure(); got != mcp.INVALID_PARAMS {
		t.Errorf("the failure is %d, want the refusal's %d", got, mcp.INVALID_PARAMS)
	}
	if r := x.Refusal(); r == nil || r.Error() != "no such prompt" || r.Data != "data" {
		t.Errorf("the refusal is %+v, want the one that was given", r)
	}
}

func TestTheCodeOfAMissingResourceDependsOnTheRevision(t *testing.T) {
	t.Parallel()
	for modern, want := range map[bool]int{true: mcp.INVALID_PARAMS, false: mcp.RESOURCE_NOT_FOUND} {
		if got := (&Exchange{Modern: modern}).NotFound(); got != want {
			t.Errorf("where Modern is %t the code is %d, want %d", modern, got, want)
		}
	}
}

func TestShareIsRemembered(t *testing.T) {
	t.Parallel()
	x := &Exchange{}
	x.Share()
	if !x.Shared() {
		t.Error("an answer that is for everybody is not said to be shared")
	}
}
