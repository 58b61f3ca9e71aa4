package tools_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"heygen-mcp/tools"
	"heygen-mcp/tools/toolstest"
)

// templateBatch are arguments of create_template_batch with n sets, and further members.
func templateBatch(t *testing.T, b *toolstest.Bench, n int, more string) string {
	t.Helper()
	sets := make([]any, n)
	for i := range sets {
		sets[i] = map[string]any{"variables": map[string]any{
			"product": fmt.Sprintf("Lamp %d", i), "audience": "everybody",
		}}
	}
	return templateBatchOf(t, b, sets, more)
}

func templateBatchOf(t *testing.T, b *toolstest.Bench, sets []any, more string) string {
	t.Helper()
	items, _ := b.CallTool(t, "list_templates", `{"limit":1}`)["items"].([]any)
	one, _ := items[0].(map[string]any)
	raw, err := json.Marshal(map[string]any{"template_id": one["template_id"], "sets": sets})
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(string(raw), "}") + more + "}"
}

// timed is a bench whose sleeps let the sandbox's time go on as ours.
func timed(t *testing.T) *toolstest.Bench {
	t.Helper()
	b := toolstest.New(t)
	b.Change(t, func(c *tools.Config) {
		c.Sleep = func(ctx context.Context, d time.Duration) error {
			b.Pass(t, fmt.Sprint(d.Seconds()))
			return ctx.Err()
		}
	})
	return b
}

// madeBy are the ids of the videos that an answer tells of, by the index of their sets.
func madeBy(t *testing.T, answer map[string]any) map[int]string {
	t.Helper()
	made := map[int]string{}
	items, _ := answer["items"].([]any)
	for _, it := range items {
		one, _ := it.(map[string]any)
		if id, ok := one["video_id"].(string); ok {
			made[int(one["index"].(float64))] = id
		}
	}
	return made
}

// distinct counts the videos of several sets.
func distinct(made map[int]string) int {
	ids := map[string]bool{}
	for _, id := range made {
		ids[id] = true
	}
	return len(ids)
}

// TestATemplateBatchIsFed holds that more sets than HeyGen lets run at once are all made, none twice, by
// going on with the key of each answer.
func TestATemplateBatchIsFed(t *testing.T) {
	t.Parallel()
	b := timed(t)
	const n = 25
	made, key, calls := map[int]string{}, "", 0
	last := 0.0
	report := func(done, total float64, message string) {
		if done < last || total != n || !strings.HasSuffix(message, "of 25 begun") {
			t.Errorf("progress %v of %v, %q, after %v", done, total, message, last)
		}
		last = done
	}
	for ; calls < n && len(made) < n; calls++ {
		more := ""
		if key != "" {
			more = `,"idempotency_key":"` + key + `"`
		}
		out, _ := b.Call(t.Context(), "create_template_batch", json.RawMessage(templateBatch(t, b, n, more)), report)
		res := toolstest.CheckedResult(t, "create_template_batch", out.Result)
		for i, id := range madeBy(t, res) {
			if made[i] != "" {
				t.Errorf("set %d was made by an earlier call too", i)
			}
			made[i] = id
		}
		key, _ = res["idempotency_key"].(string)
		if (key == "") != (len(made) == n) {
			t.Fatalf("%d of %d are made, and the key to go on is %q: %v", len(made), n, key, res)
		}
		step, _ := res["next_step"].(string)
		if key != "" && !strings.Contains(step, "Not started: sets ") {
			t.Errorf("got the step %q after %d sets", step, len(made))
		}
		b.Pass(t, "700") // beyond the ten minutes within which equal creates are one
	}
	if distinct(made) != n || b.Videos(t) != n {
		t.Errorf("%d videos of %d sets, of which %d are told; want %d", b.Videos(t), n, distinct(made), n)
	}
	if calls < 2 || calls > 5 || last != n {
		t.Errorf("it took %d calls and told of %v at last", calls, last)
	}
}

// TestATemplateBatchWaitsForRoom holds that a call waits for as long as HeyGen says where its time allows
// for it, and not at all where it does not.
func TestATemplateBatchWaitsForRoom(t *testing.T) {
	t.Parallel()
	for seconds, want := range map[int]int{0: 4, 30: 10, 240: 13} {
		b := timed(t)
		args := templateBatch(t, b, 13, fmt.Sprintf(`,"timeout_seconds":%d`, seconds))
		start := b.Now
		out, _ := b.Call(t.Context(), "create_template_batch", json.RawMessage(args), func(float64, float64, string) {})
		if n := len(madeBy(t, toolstest.DecodeResult(t, out.Result))); n != want {
			t.Errorf("%d videos begun in %d s, want %d", n, seconds, want)
		}
		if took := b.Now.Sub(start); took > time.Duration(seconds)*time.Second {
			t.Errorf("it took %v of %d s", took, seconds)
		}
	}
}

// TestATemplateBatchMakesNothingTwice holds that whatever happens to single creates, each set is one video
// in the end, and what failed is told with its index and what to do.
func TestATemplateBatchMakesNothingTwice(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault string
		begun int // by the first call
	}{
		"500 after success": {`"fault":"failed"`, 6},
		"500 for good":      {`"fault":"failed","times":3`, 6},
		"lost":              {`"fault":"lost"`, 6},
		"429":               {`"fault":"rate_limit","retry_after_seconds":7`, 6},
		"429 for long":      {`"fault":"rate_limit","retry_after_seconds":700`, 3},
		"400":               {`"fault":"refuse","status":400,"code":"invalid_parameter"`, 5},
	} {
		b := timed(t)
		b.Control(t, "faults", `{"method":"POST","path":"/v3/templates/{id}",`+c.fault+`}`)
		args := templateBatch(t, b, 6, "")
		first := b.CallTool(t, "create_template_batch", args)
		made := madeBy(t, first)
		if name != "500 for good" && len(made) != c.begun { // its tries may be of several sets
			t.Errorf("%s: %d begun at first, want %d: %v", name, len(made), c.begun, first)
		}
		for _, it := range first["items"].([]any) {
			if one := it.(map[string]any); one["error"] == true && (one["error_code"] == "" || one["next_step"] == "") {
				t.Errorf("%s: an item failed with %v", name, one)
			}
		}
		again := madeBy(t, b.CallTool(t, "create_template_batch", args))
		if distinct(again) != 6 || b.Videos(t) != 6 {
			t.Errorf("%s: %d videos, of which the repeat tells %d; want 6", name, b.Videos(t), distinct(again))
		}
		for i, id := range made {
			if again[i] != id {
				t.Errorf("%s: set %d became another video", name, i)
			}
		}
	}
}

// TestATemplateBatchIsListed holds that list_jobs tells the videos of a batch and how far they are, and that a repeat,
// which makes nothing, is not among what was paid for.
func TestATemplateBatchIsListed(t *testing.T) {
	t.Parallel()
	b := timed(t)
	b.KeepLedger(t)
	args := templateBatch(t, b, 4, "")
	made := madeBy(t, b.CallTool(t, "create_template_batch", args))
	b.CallTool(t, "create_template_batch", args)
	row := func() map[string]any {
		res := b.CallTool(t, "list_jobs", `{"kind":"video"}`)
		items := res["items"].([]any)
		if len(items) != 1 {
			t.Fatalf("got %v, want one record", res)
		}
		return items[0].(map[string]any)
	}
	if got := row(); got["state"] != "running" || len(got["ids"].([]any)) != len(made) {
		t.Errorf("got %v, want the %d videos running", got, len(made))
	}
	b.Pass(t, "700")
	if got := row(); got["state"] != "done" || got["duration_seconds"] == nil {
		t.Errorf("got %v, want them done, and how long they are", got)
	}
}

// TestATemplateBatchThatWasCutOff holds that a repeat, also by another server, finds what a call has
// begun whose answer nobody got, and makes the rest.
func TestATemplateBatchThatWasCutOff(t *testing.T) {
	t.Parallel()
	b := timed(t)
	args := templateBatch(t, b, 12, "")
	ctx, cancel := context.WithCancel(t.Context())
	b.Change(t, func(c *tools.Config) {
		sleep := c.Sleep
		c.Sleep = func(ctx context.Context, d time.Duration) error {
			cancel()
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return sleep(ctx, d)
		}
	})
	// The limit of jobs at once is met, and while the call waits its client leaves.
	b.Control(t, "faults", `{"method":"POST","path":"/v3/templates/{id}","fault":"rate_limit","times":2}`)
	res := toolstest.DecodeResult(t, b.Result(ctx, t, "create_template_batch", args))
	begun := b.Videos(t)
	if begun == 0 || begun == 12 {
		t.Fatalf("%d videos begun before the client left, want some: %v", begun, res)
	}
	other := b.With(t, func(c *tools.Config) {
		c.Ring = toolstest.NewRing(t) // a server that knows nothing of the first but its secret
		c.Sleep = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	})
	b.Pass(t, "100")
	other.CallTool(t, "create_template_batch", args) // as many as there is room for
	b.Pass(t, "100")
	made := madeBy(t, other.CallTool(t, "create_template_batch", args))
	if distinct(made) != 12 || b.Videos(t) != 12 {
		t.Errorf("%d videos, of which the repeats tell %d; want 12", b.Videos(t), distinct(made))
	}
}

// TestATemplateBatchEndsWithTheServer holds that a batch does not keep a server that is about to end: it
// tells what it has begun.
func TestATemplateBatchEndsWithTheServer(t *testing.T) {
	t.Parallel()
	b := timed(t)
	stopping := make(chan struct{})
	close(stopping)
	b.Change(t, func(c *tools.Config) {
		c.Stopping = stopping
		c.Sleep = func(ctx context.Context, _ time.Duration) error {
			<-ctx.Done()
			return ctx.Err()
		}
	})
	res := b.CallTool(t, "create_template_batch", templateBatch(t, b, 12, ""))
	if n := len(madeBy(t, res)); n == 0 || n == 12 || res["idempotency_key"] == nil {
		t.Errorf("%d begun: %v", n, res)
	}
}

// TestATemplateBatchWithoutCredits holds that what every further create would meet too ends the feeding:
// as a refusal where nothing was begun, and told of one set where something was.
func TestATemplateBatchWithoutCredits(t *testing.T) {
	t.Parallel()
	b := timed(t)
	b.Control(t, "credits", `{"account":"test","wallet_usd":0}`)
	args := templateBatch(t, b, 9, "")
	if res := b.CallTool(t, "create_template_batch", args); res["error_code"] != "insufficient_credit" {
		t.Errorf("nothing can be paid: %v", res)
	}
	b.Control(t, "credits", `{"account":"test","wallet_usd":3}`)
	res := b.CallTool(t, "create_template_batch", args)
	made := madeBy(t, res)
	step, _ := res["next_step"].(string)
	if len(made) == 0 || len(made) == 9 || !strings.Contains(step, "Not started: sets ") {
		t.Fatalf("some can be paid: %v", res)
	}
	b.Control(t, "credits", `{"account":"test","wallet_usd":90}`)
	more := fmt.Sprintf(`,"idempotency_key":%q`, res["idempotency_key"])
	rest := madeBy(t, b.CallTool(t, "create_template_batch", templateBatch(t, b, 9, more)))
	if len(made)+len(rest) != 9 || b.Videos(t) != 9 {
		t.Errorf("%d and then %d of %d videos; want 9", len(made), len(rest), b.Videos(t))
	}
}
