package consent

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/internal/seal"
)

// sealing is a Checker that seals and opens.
func sealing(f *testing.F) *Checker {
	f.Helper()
	ring, err := seal.NewRing(seal.NewKey())
	if err != nil {
		f.Fatal(err)
	}
	d, err := New(Config{
		Clock: func() time.Time { return time.Unix(1_790_000_000, 0) },
		Seal: func(_ context.Context, plain []byte, purpose string, about ...string) ([]byte, error) {
			return ring.Seal(plain, append([]string{purpose, "caller"}, about...)...)
		},
		Open: func(_ context.Context, sealed []byte, purpose string, about ...string) ([]byte, error) {
			return ring.Open(sealed, append([]string{purpose, "caller"}, about...)...)
		},
	})
	if err != nil {
		f.Fatal(err)
	}
	return d
}

// FuzzRequestState gives any text as the state of a call: only what was sealed for these arguments is remembered.
func FuzzRequestState(f *testing.F) {
	d := sealing(f)
	tool := &Tool{Name: "delete_video"}
	canonical := map[string]any{"video_id": "v1"}
	first := d.Call(tool)
	if err := first.Recall(f.Context(), canonical); err != nil {
		f.Fatal(err)
	}
	raw, err := json.Marshal(state{Asked: confirmQuestion, At: d.cfg.Clock().UnixMilli()})
	if err != nil {
		f.Fatal(err)
	}
	sealed, err := d.cfg.Seal(f.Context(), raw, statePurpose, "delete_video", first.argsHash)
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
		next := d.Call(tool)
		err := next.Recall(exchange.With(t.Context(), x), map[string]any{"video_id": video})
		switch {
		case given == "" && (err != nil || next.state != nil):
			t.Errorf("no state: %v, %+v", err, next.state)
		case given == own && video == "v1" && next.state == nil:
			t.Errorf("the own state is refused: %v", err)
		case next.state != nil && (video != "v1" || next.state.Asked != confirmQuestion || next.state.Made != nil):
			t.Errorf("%q for %q is taken: %+v", given, video, next.state)
		}
		if _, told := errors.AsType[*exchange.Refusal](err); err != nil && !told {
			t.Errorf("the client is not told: %v", err)
		}
	})
}
