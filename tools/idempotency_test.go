package tools

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// made asks the sandbox what was really made.
func (b *bench) made(t *testing.T) int {
	t.Helper()
	res := b.call(t, "list_videos", `{"limit":100}`)
	return int(res["count"].(float64))
}

// firstLook is a look to make videos of.
func (b *bench) firstLook(t *testing.T) string {
	t.Helper()
	res := b.call(t, "list_avatar_looks", `{"limit":1,"ownership":"public"}`)
	return res["items"].([]any)[0].(map[string]any)["id"].(string)
}

func (b *bench) fault(t *testing.T, fault string) {
	t.Helper()
	b.control(t, "faults", fmt.Sprintf(`{"method":"POST","path":"/v3/videos","fault":%q,"times":1}`, fault))
}

// TestOneVideo holds that a create never costs twice, whatever happens to its answer.
func TestOneVideo(t *testing.T) {
	t.Parallel()
	for _, fault := range []string{"", "lost", "html_502", "rate_limit", "slow"} {
		t.Run("fault "+fault, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			if fault != "" {
				b.fault(t, fault)
			}
			args := fmt.Sprintf(`{"avatar_id":%q,"script":"Hello there."}`, b.firstLook(t))
			one := b.call(t, "create_video_from_avatar", args)
			if one["video_id"] == nil {
				t.Fatalf("%v", one)
			}
			again := b.call(t, "create_video_from_avatar", args)
			if again["video_id"] != one["video_id"] {
				t.Errorf("the repeat made another: %v, %v", one, again)
			}
			if n := b.made(t); n != 1 {
				t.Errorf("%d videos", n)
			}
		})
	}
}

// TestSecondTake holds what does make another video: another key, another slot, another caller.
func TestSecondTake(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	look := b.firstLook(t)
	args := fmt.Sprintf(`{"avatar_id":%q,"script":"Hello there."}`, look)
	keyed := fmt.Sprintf(`{"avatar_id":%q,"script":"Hello there.","idempotencyKey":"take-2"}`, look)
	b.call(t, "create_video_from_avatar", args)
	b.call(t, "create_video_from_avatar", keyed)
	b.call(t, "create_video_from_avatar", keyed)
	if n := b.made(t); n != 2 {
		t.Errorf("%d videos after another key", n)
	}
	b.now = b.now.Add(slotLength)
	b.call(t, "create_video_from_avatar", args)
	if n := b.made(t); n != 3 {
		t.Errorf("%d videos after another slot", n)
	}
	b.cfg.Caller = func(context.Context) string { return "another" }
	b.call(t, "create_video_from_avatar", args)
	if n := b.made(t); n != 4 {
		t.Errorf("%d videos after another caller", n)
	}
}

// TestClientLeaves holds that a create once sent runs to its end, and that one not yet sent is not.
func TestClientLeaves(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	args := fmt.Sprintf(`{"avatar_id":%q,"script":"Hello there."}`, b.firstLook(t))
	b.fault(t, "rate_limit")
	ctx, leave := context.WithCancel(t.Context())
	// The client leaves between the first try and its repeat.
	b.cfg.Client = b.clientWhoseSleep(t, leave)
	res := b.callIn(ctx, t, "create_video_from_avatar", args)
	if res["video_id"] == nil || b.made(t) != 1 {
		t.Errorf("%v, %d videos", res, b.made(t))
	}
	res = b.callIn(ctx, t, "create_video_from_avatar", args)
	if res["error_code"] != "canceled" {
		t.Errorf("a call whose client had left: %v", res)
	}
}

// TestKeylessCreate holds that a create without a key is sent once, and that its unclear end says
// so and names the tool that tells.
func TestKeylessCreate(t *testing.T) {
	t.Parallel()
	for _, fault := range []string{"lost", "html_502"} {
		b := newBench(t)
		b.control(t, "faults", fmt.Sprintf(`{"method":"POST","path":"/v3/voices/clone","fault":%q,"times":1}`, fault))
		res := b.call(t, "clone_voice", `{"voice_name":"Mine","audio":"https://a.example/me.mp3"}`)
		if res["error"] != true || res["retryable"] != false || res["next_step"] != "Call list_voices with type private to see whether it happened before calling again." {
			t.Errorf("%s: %v", fault, res)
		}
		if n := b.calls(t, "POST", "/v3/voices/clone"); n != 1 {
			t.Errorf("%s: sent %d times", fault, n)
		}
	}
}

// TestPostThatLooks holds that a POST which makes nothing is not repeated on its own either, but that
// its unclear end is not taken for a create's: the agent may just call again.
func TestPostThatLooks(t *testing.T) {
	t.Parallel()
	for _, fault := range []string{"lost", "cut", "html_502"} {
		b := newBench(t)
		b.control(t, "faults", fmt.Sprintf(`{"method":"POST","path":"/v3/voices","fault":%q,"times":1}`, fault))
		res := b.call(t, "design_voice", `{"prompt":"warm"}`)
		step, _ := res["next_step"].(string)
		if res["error"] != true || res["retryable"] != true || !strings.HasPrefix(step, "Call again: this makes nothing") {
			t.Errorf("%s: %v", fault, res)
		}
		if n := b.calls(t, "POST", "/v3/voices"); n != 1 {
			t.Errorf("%s: sent %d times", fault, n)
		}
		one, two := b.call(t, "design_voice", `{"prompt":"warm"}`), b.call(t, "design_voice", `{"prompt":"warm"}`)
		if fmt.Sprint(one["voices"].([]any)[0].(map[string]any)["voice_id"]) != fmt.Sprint(two["voices"].([]any)[0].(map[string]any)["voice_id"]) {
			t.Errorf("%s: another search found others", fault)
		}
	}
}

// calls counts what HeyGen was asked.
func (b *bench) calls(t *testing.T, method, path string) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, b.url+"/_sandbox/calls", nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := b.http.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var calls []struct{ Method, Path string }
	if err := json.NewDecoder(res.Body).Decode(&calls); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, c := range calls {
		if c.Method == method && c.Path == path {
			n++
		}
	}
	return n
}

// TestCallsOfTheirOwn holds what equal arguments do not make one take: uploads of files that no checksum tells apart,
// and the replacement of a secret.
func TestCallsOfTheirOwn(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	file := `"filename":"a.mp3","content_type":"audio/mpeg","size_bytes":5`
	sum := `,"checksum_sha256":"` + strings.Repeat("ab", 32) + `"`
	endpoint := b.call(t, "create_webhook_endpoint", `{"url":"https://a.example/hook"}`)["endpoint_id"].(string)
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
		one, two := b.call(t, tc.tool, tc.args)[tc.tells], b.call(t, tc.tool, tc.args)[tc.tells]
		if one == nil || (one == two) != tc.same {
			t.Errorf("%s %s: %v, then %v", tc.tool, tc.args, one, two)
		}
	}
	// Our own repeat after a lost answer is one take all the same.
	b.control(t, "faults", `{"method":"POST","path":"/v3/webhooks/endpoints/{endpoint_id}/rotate-secret","fault":"lost","times":1}`)
	if res := b.call(t, "rotate_webhook_endpoint_secret", `{"endpoint_id":"`+endpoint+`"}`); res["secret"] == nil {
		t.Errorf("after a lost answer: %v", res)
	}
}
