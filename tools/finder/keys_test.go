package finder

import (
	"errors"
	"net/http"
	"testing"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/catalogue"
)

// Two keys of one account may see different things: what the wider one has read is not shown to the other.
func TestAKeyIsShownWhatItReadItself(t *testing.T) {
	t.Parallel()
	h := &fakeLists{rows: map[string][]map[string]any{ownLooks: looks("own", 3), publicLooks: looks("public", 2)}}
	e, f := h.start(t), New(nil)
	wide, narrow, refused := by(as(t, "a"), "wide"), by(as(t, "a"), "narrow"), by(as(t, "a"), "refused")
	if found := find(t, f, wide, e, catalogue.Query{}); found.Total != 5 {
		t.Fatalf("the wider key finds %d rows, want 5", found.Total)
	}
	h.with(func() { h.rows[ownLooks] = looks("own", 1) })
	if found := find(t, f, narrow, e, catalogue.Query{}); found.Total != 3 || h.read(publicLooks) != 1 {
		t.Errorf("the narrower key finds %d rows after %d pages of public ones, want 3 after 1", found.Total, h.read(publicLooks))
	}
	h.with(func() {
		h.refuse = func(list, _ string) int {
			if list == ownLooks {
				return http.StatusForbidden
			}
			return 0
		}
	})
	found, err := f.Find(refused, e, catalogue.Looks, own(), "", 0, 10)
	if is, ok := errors.AsType[*heygen.Error](err); !ok || is.Status != http.StatusForbidden {
		t.Errorf("a key that HeyGen refuses the list finds %d rows and the error %v, want HeyGen's refusal", found.Total, err)
	}
	if found := find(t, f, wide, e, own()); found.Total != 3 {
		t.Errorf("the wider key then finds %d rows, want its 3", found.Total)
	}
	for key, knows := range map[string]bool{"wide": true, "narrow": false, "refused": false, "": false} {
		if _, known := f.Row(by(as(t, "a"), key), e, catalogue.Looks, "own2"); known != knows {
			t.Errorf("the key %q knows a row of the wider one: %t, want %t", key, known, knows)
		}
	}
}
