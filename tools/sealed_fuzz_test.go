package tools

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"testing"
	"time"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/internal/seal"
)

// sealing is a catalogue that seals and opens, and calls nobody.
func sealing(f *testing.F) *Catalog {
	f.Helper()
	ring, err := seal.NewRing(seal.NewKey())
	if err != nil {
		f.Fatal(err)
	}
	return &Catalog{byName: map[string]int{"create_video_from_avatar": 0}, cfg: Config{Ring: ring, Clock: func() time.Time { return time.Unix(1_790_000_000, 0) }, Caller: func(context.Context) string { return "caller" }}}
}

// FuzzTaskID gives any text as the id of a task: only what was sealed is opened, and it says what was sealed.
func FuzzTaskID(f *testing.F) {
	c := sealing(f)
	own := &ticket{Kind: "video", Jobs: []string{"v1"}, Tool: "create_video_from_avatar", At: c.cfg.Clock().UnixMilli()}
	id, ok := c.sealed(f.Context(), own)
	if !ok {
		f.Fatal("it is not sealed")
	}
	for _, seed := range []string{id, id[:len(id)-1], id + "A", id + "=", ticketMark, "", ticketMark + "AAAA", id + "\n", "t2_" + id[len(ticketMark):], ticketMark + id} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, given string) {
		got, _, ok := c.opened(t.Context(), given)
		if !ok {
			if given == id {
				t.Error("the id of a task is not opened")
			}
			return
		}
		// Base64 lets a decoder skip line ends and the bits after the last byte, so a few other texts mean the same bytes.
		if got.Kind != own.Kind || len(got.Jobs) != 1 || got.Jobs[0] != "v1" || got.Tool != own.Tool || got.At != own.At {
			t.Errorf("%q opens as %+v", given, got)
		}
	})
}

// FuzzRequestState gives any text as the state of a call: only what was sealed for these arguments is remembered.
func FuzzRequestState(f *testing.F) {
	c := sealing(f)
	canonical := map[string]any{"video_id": "v1"}
	first := &call{Catalog: c, tool: "delete_video"}
	if err := first.recall(f.Context(), canonical); err != nil {
		f.Fatal(err)
	}
	raw, err := json.Marshal(state{Asked: sureQuestion, At: c.cfg.Clock().UnixMilli()})
	if err != nil {
		f.Fatal(err)
	}
	sealed, err := c.cfg.Ring.Seal(raw, statePurpose, "caller", "delete_video", first.about)
	if err != nil {
		f.Fatal(err)
	}
	own := base64.RawURLEncoding.EncodeToString(sealed)
	for _, seed := range []string{own, own[1:], own + "A", own + "\r\n", "AAAA", "{}", string(raw), base64.RawURLEncoding.EncodeToString(raw)} {
		f.Add(seed, "v1")
		f.Add(seed, "v2")
	}
	f.Fuzz(func(t *testing.T, given, video string) {
		x := &exchange.Exchange{Modern: true, RequestState: given}
		next := &call{Catalog: c, tool: "delete_video"}
		err := next.recall(exchange.With(t.Context(), x), map[string]any{"video_id": video})
		switch {
		case given == "" && (err != nil || next.state != nil):
			t.Errorf("no state: %v, %+v", err, next.state)
		case given == own && video == "v1" && next.state == nil:
			t.Errorf("the own state is refused: %v", err)
		case next.state != nil && (video != "v1" || next.state.Asked != sureQuestion || next.state.Made != nil):
			t.Errorf("%q for %q is taken: %+v", given, video, next.state)
		case err != nil && outcomeOf(err, attempt{}).rejection == nil:
			t.Errorf("the client is not told: %v", err)
		}
	})
}
