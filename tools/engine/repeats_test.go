package engine_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"heygen-mcp/tools"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/toolstest"
)

// starfish is a voice that create_speech speaks with.
func starfish(t *testing.T, b *toolstest.Bench) string {
	t.Helper()
	items, _ := b.CallTool(t, "list_voices", `{"engine":"starfish","limit":1}`)["items"].([]any)
	return fmt.Sprint(items[0].(map[string]any)["voice_id"])
}

// TestCreatesWithoutAKey holds that a create for which HeyGen takes no key is made once for equal calls of one caller
// within a time, also at once, and what makes it again: another key, another caller, a later time, and that the first one
// came to nothing.
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
	b.Now = b.Now.Add(engine.SlotLength + time.Second)
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

// TestAKeyOfAnotherCall holds that a key which comes with other arguments is refused before anything is sent, also across
// tools, and that it is free again where its first call was refused.
func TestAKeyOfAnotherCall(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	look := b.FirstLook(t)
	call := func(script, more string) map[string]any {
		return b.CallTool(t, "create_video_from_avatar", fmt.Sprintf(`{"avatar_id":%q,"script":%q,"idempotency_key":"k"%s}`, look, script, more))
	}
	if res := b.CallTool(t, "create_video_from_avatar", `{"avatar_id":"nothing","script":"One.","idempotency_key":"k"}`); res["error"] != true {
		t.Fatalf("%v", res)
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
