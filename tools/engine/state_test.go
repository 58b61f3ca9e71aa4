package engine

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"testing"
	"time"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/internal/seal"
	"heygen-mcp/tools/refusals"
)

// sealing is an engine that seals and opens, and calls nobody.
func sealing(f *testing.F) *Engine {
	f.Helper()
	ring, err := seal.NewRing(seal.NewKey())
	if err != nil {
		f.Fatal(err)
	}
	return &Engine{cfg: Config{Ring: ring, Clock: func() time.Time { return time.Unix(1_790_000_000, 0) }, Caller: func(context.Context) string { return "caller" }}}
}

// FuzzRequestState gives any text as the state of a call: only what was sealed for these arguments is remembered.
func FuzzRequestState(f *testing.F) {
	e := sealing(f)
	tool := &BoundTool{Info: Info{Name: "delete_video"}}
	canonical := map[string]any{"video_id": "v1"}
	first := &Call{engine: e, tool: tool}
	if err := first.recall(f.Context(), canonical); err != nil {
		f.Fatal(err)
	}
	raw, err := json.Marshal(state{Asked: confirmQuestion, At: e.Now().UnixMilli()})
	if err != nil {
		f.Fatal(err)
	}
	sealed, err := e.Seal(f.Context(), raw, statePurpose, "delete_video", first.argsHash)
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
		next := &Call{engine: e, tool: tool}
		err := next.recall(exchange.With(t.Context(), x), map[string]any{"video_id": video})
		switch {
		case given == "" && (err != nil || next.state != nil):
			t.Errorf("no state: %v, %+v", err, next.state)
		case given == own && video == "v1" && next.state == nil:
			t.Errorf("the own state is refused: %v", err)
		case next.state != nil && (video != "v1" || next.state.Asked != confirmQuestion || next.state.Made != nil):
			t.Errorf("%q for %q is taken: %+v", given, video, next.state)
		case err != nil && outcomeOf(err, refusals.Attempt{}).Rejection == nil:
			t.Errorf("the client is not told: %v", err)
		}
	})
}
