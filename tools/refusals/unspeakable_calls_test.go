package refusals_test

import (
	"strings"
	"testing"

	"heygen-mcp/tools/toolstest"
)

// TestTextsThatCannotBeSpoken holds that the four causes of HeyGen's one code are told apart.
func TestTextsThatCannotBeSpoken(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	items, _ := b.CallTool(t, "list_voices", `{"engine":"starfish","limit":1}`)["items"].([]any)
	voice := items[0].(map[string]any)["voice_id"].(string)
	for name, c := range map[string]struct {
		text, message, step string
		ssml                bool
	}{
		"a bare &":       {"Research at R&D today.", `text has a bare & in "R&D"`, "&amp;", true},
		"a long break":   {`Wait <break time="15s"/> here.`, `a break of "15s"`, "at most 10 s", true},
		"an open tag":    {"Say <emphasis>this.", "no well-formed SSML", "Close every tag", true},
		"no word":        {"... !!! 🙂", "text has no letter and no digit", "Send words", false},
		"no word inside": {`<break time="1s"/>`, "text has no letter and no digit", "Send words", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			kind := "text"
			if c.ssml {
				kind = "ssml"
			}
			res := b.CallTool(t, "create_speech", toJSON(t, map[string]any{"text": c.text, "voice_id": voice, "input_type": kind}))
			message, _ := res["message"].(string)
			step, _ := res["next_step"].(string)
			if !strings.Contains(message, c.message) || !strings.Contains(step, c.step) || res["param"] != "text" {
				t.Errorf("got %q of %v, %q; want %q and %q of text", message, res["param"], step, c.message, c.step)
			}
		})
	}
}
