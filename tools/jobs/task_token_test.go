package jobs

import (
	"context"
	"fmt"
	"testing"
	"time"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/seal"
	"heygen-mcp/tools/choice"
	"heygen-mcp/tools/engine"
)

// sealing is Jobs and an engine that seal and open, and call nobody.
func sealing(t testing.TB) (*Jobs, *engine.Engine) {
	t.Helper()
	ring, err := seal.NewRing(seal.NewKey())
	if err != nil {
		t.Fatal(err)
	}
	client, err := heygen.New(heygen.Config{})
	if err != nil {
		t.Fatal(err)
	}
	e, err := engine.New(engine.Config{
		Client: client, Secret: make([]byte, 16), Ring: ring,
		Clock:  func() time.Time { return time.Unix(1_790_000_000, 0) },
		Caller: func(context.Context) string { return "caller" },
	})
	if err != nil {
		t.Fatal(err)
	}
	ch := &choice.Choice{}
	ch.Offer([]engine.BoundTool{{Info: engine.Info{Name: "create_video_from_avatar"}}}, nil)
	return New(Config{Kinds: []Kind{{Name: "video"}}, Choice: ch}), e
}

// An id that cannot be a header is worse than none.
func TestTooManyJobsAreNoTask(t *testing.T) {
	t.Parallel()
	_, e := sealing(t)
	many := &taskToken{Kind: "video_translation", Tool: "create_video_translation"}
	for i := range 100 {
		many.Jobs = append(many.Jobs, fmt.Sprintf("%032d", i))
	}
	if id, ok := sealTaskID(t.Context(), e, many); ok {
		t.Errorf("an id of %d characters", len(id))
	}
	if _, ok := sealTaskID(t.Context(), e, &taskToken{Kind: "video"}); ok {
		t.Error("a task of no job")
	}
}

// FuzzTaskID gives any text as the id of a task: only what was sealed is opened, and it says what
// was sealed.
func FuzzTaskID(f *testing.F) {
	j, e := sealing(f)
	own := &taskToken{Kind: "video", Jobs: []string{"v1"}, Tool: "create_video_from_avatar", At: e.Now().UnixMilli()}
	id, ok := sealTaskID(f.Context(), e, own)
	if !ok {
		f.Fatal("it is not sealed")
	}
	for _, seed := range []string{id, id[:len(id)-1], id + "A", id + "=", taskIDPrefix, "", taskIDPrefix + "AAAA", id + "\n", "t2_" + id[len(taskIDPrefix):], taskIDPrefix + id} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, given string) {
		got, _, ok := j.openTaskID(t.Context(), e, given)
		if !ok {
			if given == id {
				t.Error("the id of a task is not opened")
			}
			return
		}
		// Base64 lets a decoder skip line ends and the bits after the last byte, so a few other texts
		// mean the same bytes.
		if got.Kind != own.Kind || len(got.Jobs) != 1 || got.Jobs[0] != "v1" || got.Tool != own.Tool || got.At != own.At {
			t.Errorf("%q opens as %+v", given, got)
		}
	})
}
