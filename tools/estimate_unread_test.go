package tools_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"heygen-mcp/internal/ledger"
	"heygen-mcp/tools"
	"heygen-mcp/tools/toolstest"
)

// TestLengthsThatCannotBeRead holds of every tool that charges by the length of a given file what becomes of one that
// cannot be read: its estimate says so, and under a cap or a limit it is refused with that reason and with what would
// tell the length.
func TestLengthsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	b.KeepLedger(t)
	var caps []ledger.Cap
	b.Change(t, func(c *tools.Config) {
		c.Spending = func(context.Context) (tools.Spending, error) {
			return tools.Spending{Caps: caps, Raise: "The operator can raise it."}, nil
		}
	})
	const (
		unread   = `"https://a.example/unknown"`
		language = `"output_languages":["German (Germany)"]`
	)
	look := fmt.Sprintf("%q", b.FirstLook(t))
	for tool, of := range map[string]struct { //nolint:paralleltest // the caps change from one to the next
		arguments string
		bounded   bool // by what HeyGen takes at the most, or by the arguments
	}{
		"create_video_translation":       {`{"video":` + unread + `,` + language + `}`, false},
		"create_video_translation_batch": {`{"video_translations":[{"video":` + unread + `,` + language + `}]}`, false},
		"create_lipsync":                 {`{"video":` + unread + `,"audio":` + unread + `,"end_time":700}`, false}, // which the audio may pass
		"create_lipsync_batch": {
			`{"lipsyncs":[{"video":` + unread + `,"audio":` + unread + `,"enable_dynamic_duration":false,"end_time":900}]}`, true,
		},
		"create_proofread":           {`{"video":` + unread + `,"title":"x",` + language + `}`, false},
		"create_filler_word_removal": {`{"video":` + unread + `}`, true},
		"create_video_from_avatar":   {`{"avatar_id":` + look + `,"audio_url":` + unread + `}`, true},
		"create_video_from_image":    {`{"image":{"type":"url","url":"https://a.example/face.png"},"audio_url":` + unread + `}`, true},
		"create_video_batch":         {`{"videos":[{"type":"avatar","avatar_id":` + look + `,"audio_url":` + unread + `}]}`, true},
		"create_video_from_studio": {
			`{"scenes":[{"type":"avatar_video","input":{"type":"avatar","avatar_id":` + look + `,"audio_url":` + unread + `}}]}`, true,
		},
		"reference_to_video": {`{"prompt":"x","reference_videos":[{"type":"url","url":` + unread + `},{"type":"base64","media_type":"video/mp4","data":"AAAA"}]}`, false},
	} {
		t.Run(tool, func(t *testing.T) {
			ask := func(limit string) (refused, estimate map[string]any) {
				t.Helper()
				arguments := strings.Replace(of.arguments, `{`, `{`+limit, 1)
				if limit != "" || len(caps) > 0 {
					refused = b.CallTool(t, tool, arguments)
				}
				return refused, b.CallTool(t, "estimate_cost", fmt.Sprintf(`{"tool":%q,"arguments":%s}`, tool, of.arguments))
			}
			tells := func(what string, said any) {
				t.Helper()
				text, _ := said.(string)
				for _, want := range []string{"length could not be read", "as an asset, or at a public https link"} {
					if !strings.Contains(text, want) {
						t.Errorf("%s is %q, want %q in it", what, text, want)
					}
				}
			}
			caps = nil
			_, estimate := ask("")
			tells("the basis", estimate["basis"])
			if estimate["error"] != nil || of.bounded != (estimate["estimated_cost_usd"] != nil) {
				t.Errorf("the estimate is %v", estimate)
			}
			refused, _ := ask(`"max_cost_usd":0.5,`)
			if code := map[bool]string{true: "cost_over_max", false: "cost_not_bounded"}[of.bounded]; refused["error_code"] != code {
				t.Errorf("under a limit it is answered with %v, want %s", refused, code)
			}
			tells("the step of a limit", refused["next_step"])
			caps = []ledger.Cap{{Most: ledger.Dollars(0.5)}}
			refused, estimate = ask("")
			if code := map[bool]string{true: "spend_cap_reached", false: "cost_not_bounded"}[of.bounded]; refused["error_code"] != code {
				t.Errorf("under a cap it is answered with %v, want %s", refused, code)
			}
			tells("the step of a cap", refused["next_step"])
			if estimate["sufficient"] != false || estimate["next_step"] != refused["next_step"] {
				t.Errorf("the estimate under a cap is %v", estimate)
			}
		})
	}
}
