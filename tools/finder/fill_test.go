package finder

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/catalogue"
)

func own() catalogue.Query { return catalogue.Query{Ownership: catalogue.OwnOnly} }

func TestAnOwnListIsReadAgainWhenItIsOldOrChanged(t *testing.T) {
	t.Parallel()
	h := &fakeLists{rows: map[string][]map[string]any{ownLooks: looks("own", 1)}}
	e, f := h.start(t), New(nil)
	ctx := as(t, "a")
	find(t, f, ctx, e, own())
	h.with(func() { h.rows[ownLooks] = looks("own", 2) })
	h.pass(ownLifetime - time.Second)
	if found := find(t, f, ctx, e, own()); found.Total != 1 || h.read(ownLooks) != 1 {
		t.Errorf("a list that is new has %d rows after %d pages, want 1 after 1", found.Total, h.read(ownLooks))
	}
	h.pass(time.Second)
	if found := find(t, f, ctx, e, own()); found.Total != 2 {
		t.Errorf("a list that is too old has %d rows, want 2", found.Total)
	}
	h.with(func() { h.rows[ownLooks] = looks("own", 3) })
	f.Wrote(ctx, e, heygen.Op{Method: "DELETE", Path: "/v3/videos/{video_id}"})
	if found := find(t, f, ctx, e, own()); found.Total != 2 {
		t.Errorf("after a change of videos there are %d looks, want 2: nothing was to be read", found.Total)
	}
	f.Wrote(as(t, "b"), e, heygen.Op{Method: "POST", Path: "/v3/avatars"})
	if found := find(t, f, ctx, e, own()); found.Total != 2 {
		t.Errorf("after a change of another account's avatars there are %d looks, want 2: nothing was to be read", found.Total)
	}
	f.Wrote(ctx, e, heygen.Op{Method: "POST", Path: "/v3/avatars"})
	if found := find(t, f, ctx, e, own()); found.Total != 3 {
		t.Errorf("after a change of avatars there are %d looks, want 3", found.Total)
	}
}

func TestAPublicListIsSearchedWhileItIsReadAnew(t *testing.T) {
	t.Parallel()
	h := &fakeLists{rows: map[string][]map[string]any{publicLooks: looks("public", 3)}}
	e, f := h.start(t), New(nil)
	public := catalogue.Query{Ownership: catalogue.PublicOnly}
	find(t, f, as(t, "a"), e, public)
	h.with(func() { h.refuse = func(string, string) int { return http.StatusBadGateway } })
	h.pass(publicLifetime + time.Hour)
	found := find(t, f, as(t, "a"), e, public)
	if found.Total != 3 || !found.Complete {
		t.Errorf("of an old list %d rows are found, complete %t; want the 3 that are known", found.Total, found.Complete)
	}
}

func TestAFailureIsToldAndLeavesHeyGenAlone(t *testing.T) {
	t.Parallel()
	down := func(string, string) int { return http.StatusInternalServerError }
	h := &fakeLists{rows: map[string][]map[string]any{ownLooks: looks("own", 1)}, refuse: down}
	e, f := h.start(t), New(nil)
	for range 2 {
		_, err := f.Find(as(t, "a"), e, catalogue.Looks, own(), "", 0, 10)
		if refused, ok := errors.AsType[*heygen.Error](err); !ok || refused.Status != http.StatusInternalServerError {
			t.Fatalf("a search of what HeyGen does not give comes to %v, want its 500", err)
		}
	}
	tries := h.read(ownLooks)
	h.with(func() { h.refuse = nil })
	if _, err := f.Find(as(t, "a"), e, catalogue.Looks, own(), "", 0, 10); err == nil || h.read(ownLooks) != tries {
		t.Errorf("HeyGen is asked %d times more within the pause (%v), want none", h.read(ownLooks)-tries, err)
	}
	h.pass(pauseAfterFailure)
	if found := find(t, f, as(t, "a"), e, own()); found.Total != 1 || !found.Complete {
		t.Errorf("after the pause %d rows are found, complete %t; want all of 1", found.Total, found.Complete)
	}
}

// A caller whom HeyGen refuses must not see what others were shown, nor keep them from asking.
func TestARefusedCallerIsToldSoAndDelaysNobody(t *testing.T) {
	t.Parallel()
	h := &fakeLists{
		rows:   map[string][]map[string]any{publicLooks: looks("public", 1)},
		refuse: func(string, string) int { return http.StatusForbidden },
	}
	e, f := h.start(t), New(nil)
	public := catalogue.Query{Ownership: catalogue.PublicOnly}
	_, err := f.Find(as(t, "a"), e, catalogue.Looks, public, "", 0, 10)
	if refused, ok := errors.AsType[*heygen.Error](err); !ok || refused.Status != http.StatusForbidden {
		t.Errorf("a caller who is refused is told %v, want HeyGen's 403", err)
	}
	h.with(func() { h.refuse = nil })
	if found := find(t, f, as(t, "b"), e, public); found.Total != 1 {
		t.Errorf("the next caller finds %d, want 1 without a pause", found.Total)
	}
}

func TestTooManyNotesOfListsAreForgotten(t *testing.T) {
	t.Parallel()
	f := New(nil)
	running := listKey{"account:running", catalogue.Looks}
	f.fills[running] = &fill{running: make(chan struct{})}
	for i := range maxFills {
		f.fills[listKey{"account:" + string(rune(i+0x4e00)), catalogue.Looks}] = &fill{}
	}
	f.makeRoom()
	if len(f.fills) != 1 || f.fills[running] == nil {
		t.Errorf("%d notes are left, want the one of the list that is being read", len(f.fills))
	}
}
