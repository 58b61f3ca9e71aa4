package finder

import (
	"errors"
	"net/http"
	"slices"
	"testing"
	"time"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/catalogue"
)

func TestAMarkIsReadAsItWasWritten(t *testing.T) {
	t.Parallel()
	for _, m := range []mark{{}, {0, "abc"}, {1, ""}, {1, "a:b"}} {
		if got := markOf(m.text()); got != m {
			t.Errorf("the mark %+v is read as %+v", m, got)
		}
	}
	if got := markOf("not a mark"); got != (mark{}) {
		t.Errorf("what is no mark is read as %+v, want the start", got)
	}
}

// A list that failed half-way is read on from there, and from the start where HeyGen no longer knows the token.
func TestAListIsReadOnFromWhereItEnded(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		then  int // the status for the token that was kept
		pages int
	}{
		{"the token is good", 0, 3 + 3},
		{"the token has expired", http.StatusBadRequest, 3 + 1 + 5},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			failing := true
			h := &fakeLists{rows: map[string][]map[string]any{ownLooks: looks("own", 5)}, size: 1}
			h.refuse = func(_, token string) int {
				switch {
				case failing && token == "2":
					return http.StatusUnprocessableEntity // which is not repeated
				case token == "2" && c.then != 0:
					status := c.then
					c.then = 0
					return status
				}
				return 0
			}
			e, f := h.start(t), New(nil)
			found := find(t, f, as(t, "a"), e, own())
			if found.Indexed != 2 || found.Complete || !found.Stopped {
				t.Errorf("%d rows are known, complete %t, stopped %t; want 2 of a list that HeyGen stopped", found.Indexed, found.Complete, found.Stopped)
			}
			h.with(func() { failing = false })
			h.pass(pauseAfterFailure)
			if found = find(t, f, as(t, "a"), e, own()); found.Total != 5 || !found.Complete {
				t.Errorf("%d rows are found, complete %t; want all of 5", found.Total, found.Complete)
			}
			if n := h.read(ownLooks); n != c.pages {
				t.Errorf("%d pages were asked for, want %d", n, c.pages)
			}
		})
	}
}

func TestAReaderSlowsDownWhenHeyGenAsksForIt(t *testing.T) {
	t.Parallel()
	h := &fakeLists{rows: map[string][]map[string]any{ownLooks: looks("own", 1)}}
	left := 6
	h.refuse = func(list, _ string) int {
		if list == ownLooks && left > 0 {
			left--
			return http.StatusTooManyRequests
		}
		return 0
	}
	e, f := h.start(t), New(nil)
	if found := find(t, f, as(t, "a"), e, own()); found.Total != 1 {
		t.Fatalf("%d rows are found, want 1", found.Total)
	}
	h.with(func() {
		want := []time.Duration{firstSlow, 2 * firstSlow, 4 * firstSlow, 8 * firstSlow, mostSlow, mostSlow}
		// Between refusals the client waits for what HeyGen says; what is left are the finder's own waits.
		if own := slices.DeleteFunc(slices.Clone(h.slept), func(d time.Duration) bool { return !slices.Contains(want, d) }); !slices.Equal(own, want) {
			t.Errorf("the waits between pages are %v, want %v", own, want)
		}
	})
}

func TestAListWhoseTokensLeadInACircleEnds(t *testing.T) {
	t.Parallel()
	passes := listKey{"account:a", catalogue.Looks}.passes()
	if len(passes) != 1 || *passes[0].Ownership != "private" || *passes[0].Limit != 50 {
		t.Fatalf("an account's looks are read by %+v, want one pass over private ones", passes)
	}
	h := &fakeLists{rows: map[string][]map[string]any{ownLooks: looks("own", 2)}, size: 1, circle: true}
	e, f := h.start(t), New(nil)
	// It is read here and not by a search, which waits for no more than a few seconds of it.
	l := listKey{"account:a", catalogue.Looks}
	if err := f.pages(as(t, "a"), e, l, &fill{}); err == nil || h.read(ownLooks) != maxPages {
		t.Errorf("a list without an end comes to %v after %d pages, want an error after %d", err, h.read(ownLooks), maxPages)
	}
}

func TestAReaderGivesUpWhereHeyGenKeepsAskingToSlowDown(t *testing.T) {
	t.Parallel()
	h := &fakeLists{refuse: func(string, string) int { return http.StatusTooManyRequests }}
	e, f := h.start(t), New(nil)
	l := listKey{"account:a", catalogue.Looks}
	err := f.pages(as(t, "a"), e, l, &fill{})
	if refused, ok := errors.AsType[*heygen.Error](err); !ok || refused.Status != http.StatusTooManyRequests || h.read(ownLooks) != maxRefusals {
		t.Errorf("the list comes to %v after %d pages, want HeyGen's own refusal after %d", err, h.read(ownLooks), maxRefusals)
	}
}
