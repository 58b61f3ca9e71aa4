package engine_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"heygen-mcp/tools"
	"heygen-mcp/tools/repeats"
	"heygen-mcp/tools/toolstest"
)

// starfish is a voice that create_speech speaks with.
func starfish(t *testing.T, b *toolstest.Bench) string {
	t.Helper()
	items, _ := b.CallTool(t, "list_voices", `{"engine":"starfish","limit":1}`)["items"].([]any)
	return fmt.Sprint(items[0].(map[string]any)["voice_id"])
}

// TestCreatesWithoutAKey holds that a create for which HeyGen takes no key is made once for equal calls of one caller
// within a time, also at once, and what makes it again: another key, another caller, a later time, and that the first
// one came to nothing.
func TestCreatesWithoutAKey(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	speech := fmt.Sprintf(`{"voice_id":%q,"text":"Hello there."}`, starfish(t, b))
	made := func() int { return b.Asked(t, "POST", "/v3/voices/speech") }
	var all sync.WaitGroup
	urls := make([]any, 8)
	for i := range urls {
		all.Go(func() { urls[i] = b.CallTool(t, "create_speech", speech)["audio_url"] })
	}
	all.Wait()
	for _, url := range urls {
		if url != urls[0] || url == nil {
			t.Errorf("got %v, want one audio", urls)
		}
	}
	again := b.CallTool(t, "create_speech", speech)
	if note, _ := again["note"].(string); made() != 1 || again["replayed"] != true || !strings.Contains(note, "Nothing was made now") {
		t.Errorf("%d were made, and the answer is %v", made(), again)
	}
	for range 2 {
		b.CallTool(t, "create_speech", strings.TrimSuffix(speech, "}")+`,"idempotency_key":"another"}`)
	}
	if made() != 2 {
		t.Errorf("with another key %d were made, want 2", made())
	}
	b.Now = b.Now.Add(repeats.SlotLength + time.Second)
	if b.CallTool(t, "create_speech", speech); made() != 3 {
		t.Errorf("later %d were made, want 3", made())
	}
	other := b.With(t, func(c *tools.Config) { c.Caller = func(context.Context) string { return "another" } })
	if other.CallTool(t, "create_speech", speech); made() != 4 {
		t.Errorf("for another caller %d were made, want 4", made())
	}
}

// TestWhatCameToNothingIsMadeAgain holds that an equal call is made where the first one was refused, failed or was
// deleted.
func TestWhatCameToNothingIsMadeAgain(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	const clone = `{"voice_name":"Mia","audio":"https://files.example/a.mp3"}`
	b.Fault(t, "rate_limit")
	one := b.CallTool(t, "clone_voice", clone)
	if one["voice_id"] == nil {
		one = b.CallTool(t, "clone_voice", clone)
	}
	if two := b.CallTool(t, "clone_voice", clone); one["voice_id"] == nil || two["voice_id"] != one["voice_id"] {
		t.Fatalf("got %v and %v, want one voice", one, two)
	}
	b.Pass(t, "600")
	b.CallTool(t, "delete_voice", fmt.Sprintf(`{"voice_id":%q}`, one["voice_id"]))
	if three := b.CallTool(t, "clone_voice", clone); three["voice_id"] == nil || three["voice_id"] == one["voice_id"] || three["replayed"] != nil {
		t.Errorf("after it was deleted the answer is %v, want another voice", three)
	}
}

// TestAKeyOfAnotherCall holds that a key which comes with other arguments is refused before anything is sent, also
// across tools, and that it is free again where its first call was refused.
func TestAKeyOfAnotherCall(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	look := b.FirstLook(t)
	call := func(script, more string) map[string]any {
		return b.CallTool(t, "create_video_from_avatar", fmt.Sprintf(`{"avatar_id":%q,"script":%q,"idempotency_key":"k"%s}`, look, script, more))
	}
	if res := b.CallTool(t, "create_video_from_avatar", `{"avatar_id":"nothing","script":"One.","idempotency_key":"k"}`); res["error"] != true {
		t.Fatalf("got %v, want %v", res, true)
	}
	one := call("One.", "")
	if one["video_id"] == nil {
		t.Fatalf("the key of a call that was refused is not free: %v", one)
	}
	if two := call("Two.", ""); two["error_code"] != "idempotency_key_reused" || two["param"] != "idempotency_key" || b.Videos(t) != 1 {
		t.Errorf("got %v and %d videos, want a refusal of the key", two, b.Videos(t))
	}
	if same := call("One.", `,"max_cost_usd":5,"voice_id":""`); same["video_id"] != one["video_id"] {
		t.Errorf("got %v, want the first answer again", same)
	}
	image := fmt.Sprintf(`{"image":"https://files.example/a.png","script":"One.","voice_id":%q,"idempotency_key":"k"}`, starfish(t, b))
	if res := b.CallTool(t, "create_video_from_image", image); res["error_code"] != "idempotency_key_reused" {
		t.Errorf("for another tool of the same operation: %v", res)
	}
}

// TestOneVideo holds that a create never costs twice, whatever happens to its answer.
func TestOneVideo(t *testing.T) {
	t.Parallel()
	for _, fault := range []string{"", "lost", "html_502", "rate_limit", "slow"} {
		t.Run("fault "+fault, func(t *testing.T) {
			t.Parallel()
			b := toolstest.New(t)
			if fault != "" {
				b.Fault(t, fault)
			}
			args := fmt.Sprintf(`{"avatar_id":%q,"script":"Hello there."}`, b.FirstLook(t))
			one := b.CallTool(t, "create_video_from_avatar", args)
			if one["video_id"] == nil {
				t.Fatalf("got %v, want video_id not nil", one)
			}
			again := b.CallTool(t, "create_video_from_avatar", args)
			if again["video_id"] != one["video_id"] {
				t.Errorf("the repeat made another: %v, %v", one, again)
			}
			if n := b.Videos(t); n != 1 {
				t.Errorf("%d videos", n)
			}
		})
	}
}

// TestSecondTake holds what does make another video: another key, another slot, another caller.
func TestSecondTake(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	look := b.FirstLook(t)
	args := fmt.Sprintf(`{"avatar_id":%q,"script":"Hello there."}`, look)
	keyed := fmt.Sprintf(`{"avatar_id":%q,"script":"Hello there.","idempotencyKey":"take-2"}`, look)
	b.CallTool(t, "create_video_from_avatar", args)
	b.CallTool(t, "create_video_from_avatar", keyed)
	b.CallTool(t, "create_video_from_avatar", keyed)
	if n := b.Videos(t); n != 2 {
		t.Errorf("%d videos after another key", n)
	}
	b.Now = b.Now.Add(repeats.SlotLength)
	b.CallTool(t, "create_video_from_avatar", args)
	if n := b.Videos(t); n != 3 {
		t.Errorf("%d videos after another slot", n)
	}
	b.Change(t, func(c *tools.Config) { c.Caller = func(context.Context) string { return "another" } })
	b.CallTool(t, "create_video_from_avatar", args)
	if n := b.Videos(t); n != 4 {
		t.Errorf("%d videos after another caller", n)
	}
}

// TestADurableCreate holds that a create whose key HeyGen demands needs none of the agent's: equal
// calls are one run, one that HeyGen cannot confirm says under which key to repeat it, and that key
// still names the same run once the slot is over.
func TestADurableCreate(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	create := b.Creates(t)["workflow_run"]
	flow := strings.TrimSuffix(create[1], "}")
	b.Control(t, "faults", `{"method":"POST","path":"/v3/workflow-runs","fault":"unavailable","times":3}`)
	refused := b.CallTool(t, create[0], create[1])
	step, _ := refused["next_step"].(string)
	_, rest, _ := strings.Cut(step, `idempotency_key "`)
	key, _, _ := strings.Cut(rest, `"`)
	if refused["retryable"] != true || key == "" {
		t.Fatalf("an unconfirmed run is refused with %v, want it retryable and its key told", refused)
	}
	b.Now = b.Now.Add(repeats.SlotLength)
	again := b.CallTool(t, create[0], fmt.Sprintf(`%s,"idempotency_key":%q}`, flow, key))
	if again["id"] == nil || b.Asked(t, "POST", "/v3/workflow-runs") != 4 {
		t.Errorf("under the key it gave %v, want the run", again)
	}
	one, two := b.CallTool(t, create[0], create[1]), b.CallTool(t, create[0], create[1])
	if one["id"] == nil || one["id"] != two["id"] || one["id"] == again["id"] {
		t.Errorf("equal calls of another slot gave %v and %v, want one run that is not %v", one["id"], two["id"], again["id"])
	}
	if list := b.CallTool(t, "list_workflow_runs", flow+"}"); list["count"] != 2.0 {
		t.Errorf("there are %v runs, want 2", list["count"])
	}
	other := b.CallTool(t, create[0], fmt.Sprintf(`%s,"version_number":1,"idempotency_key":%q}`, flow, key))
	if step, _ := other["next_step"].(string); other["error_code"] != "conflict" || !strings.Contains(step, "leave it out") {
		t.Errorf("other arguments under the key gave %v, want a conflict that says to leave the key out", other)
	}
}

// TestClientLeaves holds that a create once sent runs to its end, and that one not yet sent is not.
func TestClientLeaves(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	args := fmt.Sprintf(`{"avatar_id":%q,"script":"Hello there."}`, b.FirstLook(t))
	b.Fault(t, "rate_limit")
	ctx, leave := context.WithCancel(t.Context())
	// The client leaves between the first try and its repeat.
	b.BeforeRepeats(t, leave)
	res := b.CallToolIn(ctx, t, "create_video_from_avatar", args)
	if res["video_id"] == nil || b.Videos(t) != 1 {
		t.Errorf("%v, %d videos", res, b.Videos(t))
	}
	res = b.CallToolIn(ctx, t, "create_video_from_avatar", args)
	if res["error_code"] != "canceled" {
		t.Errorf("a call whose client had left: %v", res)
	}
}

// TestKeylessCreate holds that a create without a key is sent once, and that its unclear end says
// so and names the tool that tells.
func TestKeylessCreate(t *testing.T) {
	t.Parallel()
	for _, fault := range []string{"lost", "html_502"} {
		b := toolstest.New(t)
		b.Control(t, "faults", fmt.Sprintf(`{"method":"POST","path":"/v3/voices/clone","fault":%q,"times":1}`, fault))
		res := b.CallTool(t, "clone_voice", `{"voice_name":"Mine","audio":"https://a.example/me.mp3"}`)
		if res["error"] != true || res["retryable"] != false || res["next_step"] != "Call list_voices with type private to see whether it happened before calling again." {
			t.Errorf("%s: got %v, want error %v, retryable %v and next_step %q", fault, res, true, false, "Call list_voices with type private to see whether it happened before calling again.")
		}
		if n := b.Asked(t, "POST", "/v3/voices/clone"); n != 1 {
			t.Errorf("%s: sent %d times", fault, n)
		}
	}
}

// TestPostThatLooks holds that a POST which makes nothing is not repeated on its own either, but that
// its unclear end is not taken for a create's: the agent may just call again.
func TestPostThatLooks(t *testing.T) {
	t.Parallel()
	for _, fault := range []string{"lost", "cut", "html_502"} {
		b := toolstest.New(t)
		b.Control(t, "faults", fmt.Sprintf(`{"method":"POST","path":"/v3/voices","fault":%q,"times":1}`, fault))
		res := b.CallTool(t, "design_voice", `{"prompt":"warm"}`)
		step, _ := res["next_step"].(string)
		if res["error"] != true || res["retryable"] != true || !strings.HasPrefix(step, "Call again: this makes nothing") {
			t.Errorf("%s: got %v, want error %v, retryable %v and %q at its beginning", fault, res, true, true, "Call again: this makes nothing")
		}
		if n := b.Asked(t, "POST", "/v3/voices"); n != 1 {
			t.Errorf("%s: sent %d times", fault, n)
		}
		one, two := b.CallTool(t, "design_voice", `{"prompt":"warm"}`), b.CallTool(t, "design_voice", `{"prompt":"warm"}`)
		if fmt.Sprint(one["voices"].([]any)[0].(map[string]any)["voice_id"]) != fmt.Sprint(two["voices"].([]any)[0].(map[string]any)["voice_id"]) {
			t.Errorf("%s: another search found others", fault)
		}
	}
}

// TestCallsOfTheirOwn holds what equal arguments do not make one take: uploads of files that no checksum tells apart,
// and the replacement of a secret.
func TestCallsOfTheirOwn(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	file := `"filename":"a.mp3","content_type":"audio/mpeg","size_bytes":5`
	sum := `,"checksum_sha256":"` + strings.Repeat("ab", 32) + `"`
	endpoint := b.CallTool(t, "create_webhook_endpoint", `{"url":"https://a.example/hook"}`)["endpoint_id"].(string)
	for _, tc := range []struct {
		tool, args, tells string
		same              bool
	}{
		{"create_asset_upload", `{` + file + `}`, "asset_id", false},
		{"create_asset_upload", `{` + file + sum + `}`, "asset_id", true},
		{"create_asset_upload", `{` + file + `,"idempotency_key":"mine"}`, "asset_id", true},
		{"create_asset_upload_batch", `{"files":[{` + file + sum + `},{` + file + `}]}`, "batch_id", false},
		{"create_asset_upload_batch", `{"files":[{` + file + sum + `},{` + file + sum + `}]}`, "batch_id", true},
		{"rotate_webhook_endpoint_secret", `{"endpoint_id":"` + endpoint + `"}`, "secret", false},
		{"rotate_webhook_endpoint_secret", `{"endpoint_id":"` + endpoint + `","idempotency_key":"ours"}`, "secret", true},
	} {
		one, two := b.CallTool(t, tc.tool, tc.args)[tc.tells], b.CallTool(t, tc.tool, tc.args)[tc.tells]
		if one == nil || (one == two) != tc.same {
			t.Errorf("%s %s: %v, then %v", tc.tool, tc.args, one, two)
		}
	}
	// Our own repeat after a lost answer is one take all the same.
	b.Control(t, "faults", `{"method":"POST","path":"/v3/webhooks/endpoints/{endpoint_id}/rotate-secret","fault":"lost","times":1}`)
	if res := b.CallTool(t, "rotate_webhook_endpoint_secret", `{"endpoint_id":"`+endpoint+`"}`); res["secret"] == nil {
		t.Errorf("after a lost answer: %v", res)
	}
}
